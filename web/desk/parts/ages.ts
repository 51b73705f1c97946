import { locale, words } from "../words.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const A_NIGHT = 6 * HOUR;

const clockTime = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat(locale, { weekday: "short" });
const longDay = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
const longDate = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric" });
const longMonth = new Intl.DateTimeFormat(locale, { month: "long" });
const monthAndYear = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric" });
const whole = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" });

/** How long ago, in the fewest letters: 2 min, 1 h, Yesterday, Tue, 3 Sep, 2025. */
export function age(at: number, now: number): string {
  const passed = Math.max(0, now - at);
  if (passed < MINUTE) return words.ages.now;
  if (passed < HOUR) return words.ages.minutes(Math.floor(passed / MINUTE));
  const days = daysBetween(at, now);
  if (days === 0 || passed < A_NIGHT) return words.ages.hours(Math.floor(passed / HOUR));
  if (days === 1) return words.ages.yesterday;
  if (days < 7) return weekday.format(at);
  return sameYear(at, now) ? dayAndMonth(new Date(at)) : String(new Date(at).getFullYear());
}

function dayAndMonth(date: Date): string {
  return words.ages.dayAndMonth(date.getDate(), words.ages.months[date.getMonth()] ?? "");
}

/** 3 Nov; of another year, 3 Nov 2025. */
export function shortDate(at: number, now: number): string {
  const date = new Date(at);
  return sameYear(at, now) ? dayAndMonth(date) : `${dayAndMonth(date)} ${date.getFullYear()}`;
}

/** September; of another year, September 2025. */
export function monthOf(at: number, now: number): string {
  return (sameYear(at, now) ? longMonth : monthAndYear).format(at);
}

/** Of what is over: today's hour, Yesterday, the month, or the year. */
export function pastDate(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days === 0) return clock(at);
  if (days < 7) return age(at, now);
  return sameYear(at, now) ? (days < 60 ? dayAndMonth(new Date(at)) : longMonth.format(at)) : String(new Date(at).getFullYear());
}

/** How long someone has waited, within a sentence. */
export function longAge(at: number, now: number): string {
  const passed = Math.max(0, now - at);
  if (passed < MINUTE) return words.ages.lessThanAMinute;
  if (passed < HOUR) return words.ages.longMinutes(Math.floor(passed / MINUTE));
  if (passed < 2 * DAY) return words.ages.longHours(Math.floor(passed / HOUR));
  return words.ages.days(Math.floor(passed / DAY));
}

export function clock(at: number): string {
  return clockTime.format(at);
}

export function exactly(at: number): string {
  return whole.format(at);
}

/** The line above the messages of one day. */
export function dayLine(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days === 0) return words.ages.today;
  if (days === 1) return words.ages.yesterday;
  return sameYear(at, now) ? longDay.format(at) : longDate.format(at);
}

export function sameDay(a: number, b: number): boolean {
  return midnight(a) === midnight(b);
}

// Midnights, not lengths: where clocks change, a day has 23 or 25 hours.
function daysBetween(at: number, now: number): number {
  return Math.round((midnight(now) - midnight(at)) / DAY);
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function sameYear(a: number, b: number): boolean {
  return new Date(a).getFullYear() === new Date(b).getFullYear();
}
