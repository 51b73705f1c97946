import { useEffect, useRef } from "preact/hooks";

const REPEAT = 3000;
const IDLE = 5000;

/** Says that I type, at most every three seconds, and that I stopped. */
export function useTyping(say: (on: boolean) => void) {
  const said = useRef(0);
  const idle = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const stop = () => {
    clearTimeout(idle.current);
    if (said.current === 0) return;
    said.current = 0;
    say(false);
  };
  const wrote = (text: string) => {
    if (text.trim() === "") {
      stop();
      return;
    }
    clearTimeout(idle.current);
    idle.current = setTimeout(stop, IDLE);
    if (Date.now() - said.current < REPEAT) return;
    said.current = Date.now();
    say(true);
  };
  useEffect(() => stop, []);
  return { wrote, stop };
}
