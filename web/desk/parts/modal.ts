import { useEffect, useRef } from "preact/hooks";

/** For the dialog that gets it: it stands above everything for as long as it is there. */
export function useModal() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return dialog;
}
