// The visitor's token: made here, kept here, said only to the desk, in a header or a socket's first frame.

import { randomText } from "../../wire/ids.ts";
import { keysWith, storage } from "../../wire/storage.ts";

const PREFIX = "frontdesk-chat:";
const kept = storage();
const TOKEN = `${PREFIX}token`;
let held: string | null = null;

export const store = kept;
export const OUTBOX = `${PREFIX}outbox`;

/** Read anew each time, because another tab may have changed it. */
export function token(): string {
  held = kept.getItem(TOKEN) ?? held ?? randomText(32);
  if (kept.getItem(TOKEN) !== held) become(held);
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

export function recall(name: string): string {
  return kept.getItem(PREFIX + name) ?? "";
}

/** An empty value forgets. A browser without room keeps nothing, and nothing breaks. */
export function keep(name: string, value: string): void {
  try {
    if (value) kept.setItem(PREFIX + name, value);
    else kept.removeItem(PREFIX + name);
  } catch {
    // The chat works from memory until the page goes.
  }
}

/** Leaves no trace of this visitor in the browser. */
export function wipe(): void {
  held = null;
  for (const key of keysWith(PREFIX, kept)) kept.removeItem(key);
}
