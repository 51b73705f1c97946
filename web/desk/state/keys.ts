import { signal } from "@preact/signals";

export const keysShown = signal(false);

type Key = "j" | "k" | "r" | "n" | "c" | "?" | "1" | "2" | "3" | "e" | "x" | "z" | "/" | "s" | "h" | "l";

const held = new Map<Key, () => void>();

/** What a key does while something is on screen. Answers how to let go of it. */
export function onKey(key: Key, run: () => void): () => void {
  held.set(key, run);
  return () => {
    if (held.get(key) === run) held.delete(key);
  };
}

export function followKeys(isTyping: (target: EventTarget | null) => boolean): () => void {
  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const run = held.get(event.key as Key);
    if (!run) return;
    event.preventDefault();
    run();
  };
  addEventListener("keydown", press);
  return () => removeEventListener("keydown", press);
}
