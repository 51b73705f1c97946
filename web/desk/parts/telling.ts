import { useEffect } from "preact/hooks";

const AGAIN = 3000;

/** Tells the desk what is due, once for each `due`; what it did not hear is told again. Empty: nothing is. */
export function useTelling(due: string, tell: () => Promise<boolean>): void {
  useEffect(() => {
    if (due === "") return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const go = () => void tell().then((told) => { if (!told && !over) timer = setTimeout(go, AGAIN); });
    go();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [due]);
}
