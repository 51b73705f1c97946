// The visitor's token: made here, kept here, said only to the desk, in a header or a socket's first frame.

import { randomText } from "../../wire/ids.ts";
import { keysWith, storage } from "../../wire/storage.ts";

export const store = storage();
/** Of this tab alone. */
export const session = storage("sessionStorage");

const PREFIX = "frontdesk-chat:";
const TOKEN = `${PREFIX}token`;
let held: string | null = null;

export const OUTBOX = `${PREFIX}outbox`;

/** Read anew each time, because another tab may have changed it. */
export function token(): string {
  held = store.getItem(TOKEN) ?? held ?? randomText(32);
  if (store.getItem(TOKEN) !== held) become(held);
  return held;
}

export function become(next: string): void {
  held = next;
  keep("token", next);
}

/** Tells when another tab proved who the visitor is, or forgot them. */
export function onOtherTab(changed: () => void): void {
  addEventListener("storage", ({ key, newValue }) => {
    if (key !== TOKEN || newValue === held) return;
    held = newValue;
    changed();
  });
}

export function recall(name: string, where = store): string {
  return where.getItem(PREFIX + name) ?? "";
}

/** An empty value forgets. A browser without room keeps nothing, and nothing breaks. */
export function keep(name: string, value: string, where = store): void {
  try {
    if (value) where.setItem(PREFIX + name, value);
    else where.removeItem(PREFIX + name);
  } catch {
    // The chat works from memory until the page goes.
  }
}

/** Leaves no trace of this visitor in the browser. */
export function wipe(): void {
  held = null;
  for (const key of keysWith(PREFIX, store)) store.removeItem(key);
}
