// Until when a conversation can sleep. Everything in the agent's own time.

import { words, locale } from "../words.ts";
import { clock, sameDay, shortDate } from "./ages.ts";

export type Wake = { key: "later" | "tomorrow" | "monday"; at: number };

const MORNING = 9;
const EVENING = 18;
const HOUR = 3_600_000;
const LATER = 3 * HOUR;
const YEAR = 366 * 24 * HOUR;
const weekday = new Intl.DateTimeFormat(locale, { weekday: "short" });

/** What is offered: later today while there is a later today, tomorrow morning, and Monday's, where that is another day. */
export function wakesFrom(now: number): Wake[] {
  const later = laterToday(now);
  const tomorrow = morningIn(now, 1);
  const monday = morningIn(now, (8 - new Date(now).getDay()) % 7 || 7);
  return [
    ...(later === null ? [] : [{ key: "later" as const, at: later }]),
    { key: "tomorrow", at: tomorrow },
    ...(monday === tomorrow ? [] : [{ key: "monday" as const, at: monday }]),
  ];
}

// Six in the evening while that is some hours away, else three hours from now, on the full hour.
function laterToday(now: number): number | null {
  const evening = new Date(now).setHours(EVENING, 0, 0, 0);
  if (evening - now >= LATER) return evening;
  const later = new Date(now + LATER).setMinutes(0, 0, 0);
  return sameDay(later, now) && later > now ? later : null;
}

function morningIn(now: number, days: number): number {
  const date = new Date(now);
  date.setDate(date.getDate() + days);
  return date.setHours(MORNING, 0, 0, 0);
}

/** What an input of date and time says; null when that is no moment to wake at. */
export function momentOf(value: string, now: number): number | null {
  const at = new Date(value).getTime();
  return at > now && at <= now + YEAR ? at : null;
}

/** As such an input wants it: local, to the minute. */
export function valueOf(at: number): string {
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The same where there is little room: 18:00, Tue 09:00, 3 Dec 09:00. */
export function shortWhen(at: number, now: number): string {
  return sameDay(at, morningIn(now, 1)) ? `${weekday.format(at)} ${clock(at)}` : whenOf(at, now);
}

/** 18:00, Tomorrow 09:00, Mon 09:00, 3 Dec 09:00. */
export function whenOf(at: number, now: number): string {
  if (sameDay(at, now)) return clock(at);
  if (sameDay(at, morningIn(now, 1))) return words.snooze.tomorrowAt(clock(at));
  const soon = at < morningIn(now, 7) - MORNING * HOUR;
  return `${soon ? weekday.format(at) : shortDate(at, now)} ${clock(at)}`;
}
