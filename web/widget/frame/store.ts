// All that the screens show. Changed by desk.ts and by what the visitor does; never by a screen's drawing.

import type { Item } from "../../wire/outbox.ts";
import type { LiveState } from "../../wire/socket.ts";
import type { File } from "../../wire/types.ts";
import type { Said } from "./rows.ts";
import { empty, find } from "./state.ts";
import { Times } from "./times.ts";
import { recall } from "./token.ts";
import { signal } from "./view/signals.ts";
import { type Language, words } from "./words.ts";

const SCREEN = "frontdesk-chat:screen";

export const state = signal(empty);
export const items = signal<readonly Item<Said>[]>([]);
export const line = signal<LiveState>("connecting");
/** The first greeting failed, and nothing can be shown yet. */
export const unreachable = signal(false);
/** Which conversation is on screen, by its id or by the start it was made with; null: the home screen. */
export const screen = signal<string | null>(null);
export const inView = signal({ open: false, visible: document.visibilityState === "visible" });
export const sound = signal(recall("sound") !== "");
export const enlarged = signal<File | null>(null);
export const announced = signal("");

type Manner = { words: (typeof words)[Language]; times: Times };

/** How the chat speaks: fixed before the first drawing. */
export const manner: Manner = { words: words.en, times: new Times("en-GB", words.en) };

export function speak(language: Language, locale: string): void {
  manner.words = words[language];
  manner.times = new Times(locale, words[language]);
}

/** The screen outlives a reload and a change of page, in this tab. */
export function open(key: string | null): void {
  screen.value = key;
  try {
    sessionStorage.setItem(SCREEN, key ?? "");
  } catch {
    // Then the chat begins at its home screen.
  }
}

export function reopen(): void {
  try {
    screen.value = sessionStorage.getItem(SCREEN) || null;
  } catch {
    screen.value = null;
  }
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
