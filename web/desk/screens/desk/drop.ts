import { useEffect, useState } from "preact/hooks";

/** Whether files hang over the element; dropped, they are given on. */
export function useDrop(target: { current: HTMLElement | null }, take: (files: FileList) => void): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const element = target.current;
    if (!element) return;
    const listen = new AbortController();
    const on = (name: "dragover" | "dragleave" | "drop", run: (event: DragEvent) => void) =>
      element.addEventListener(name, run, { signal: listen.signal });
    on("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setOver(true);
    });
    on("dragleave", (event) => {
      if (!element.contains(event.relatedTarget as Node | null)) setOver(false);
    });
    on("drop", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setOver(false);
      take(event.dataTransfer.files);
    });
    return () => listen.abort();
  });
  return over;
}
