// All that the screens show. Changed by desk.ts and by what the visitor does; never by a screen's drawing.

import type { Item } from "../../wire/outbox.ts";
import type { LiveState } from "../../wire/socket.ts";
import type { File } from "../../wire/types.ts";
import type { Said } from "./rows.ts";
import { empty, find } from "./state.ts";
import { keep, recall, session } from "./token.ts";
import { signal } from "./view/signals.ts";

export const state = signal(empty);
export const items = signal<readonly Item<Said>[]>([]);
export const line = signal<LiveState>("connecting");
/** The first greeting failed, and nothing can be shown yet. */
export const unreachable = signal(false);
/** Which conversation is on screen, by its id or by the start it was made with; null: the home screen. */
export const screen = signal(recall("screen", session) || null);
/** The page shows the chat; the page itself may still be out of sight. */
export const shown = signal(parent === window);
export const sound = signal(recall("sound") !== "");
export const enlarged = signal<File | null>(null);
export const announced = signal("");

/** The screen outlives a reload and a change of page, in this tab. */
export function open(key: string | null): void {
  screen.value = key;
  keep("screen", key ?? "", session);
}

/** Messages of one conversation wait in one lane, from its first word on. */
export function laneOf(key: string): string {
  return find(state.value, key)?.start ?? key;
}

export function pendingIn(key: string): Item<Said>[] {
  const lane = laneOf(key);
  return items.value.filter((item) => item.lane === lane);
}

/** Conversations that so far exist only in this browser. */
export function unsentStarts(): string[] {
  return [...new Set(items.value.map((item) => item.lane))].filter((lane) => !find(state.value, lane));
}
