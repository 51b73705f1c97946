// How the chat speaks: settled once, before anything is drawn.

import { spoken, type Words } from "./words.ts";

export let words: Words = spoken.en;
let locale = "";

/** The page's language leads; times are written as in the reader's own country, where it speaks that language. */
export function speak(wanted: readonly string[]): Words {
  words = spoken[wanted[0]?.slice(0, 2).toLowerCase() ?? ""] ?? spoken.en;
  locale = wanted.find((one) => one.startsWith(`${words.language}-`)) ?? words.locale;
  return words;
}

export function written(at: number, how: Intl.DateTimeFormatOptions): string {
  return new Date(at).toLocaleString(locale, how);
}
