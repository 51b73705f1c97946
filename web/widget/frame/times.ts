// Times as the visitor reads them.

import { sameDay } from "./rows.ts";
import { words, written } from "./speech.ts";

export const clock = (at: number): string => written(at, { hour: "2-digit", minute: "2-digit" });

export function day(at: number): string {
  return near(at) ?? written(at, { weekday: "long", day: "numeric", month: "long", ...year(at) });
}

/** Short, for a list: 14:13, Yesterday, 3 Sep, Sep 2024. */
export function age(at: number): string {
  if (sameDay(at, Date.now())) return clock(at);
  return near(at) ?? written(at, { month: "short", ...(year(at) ?? { day: "numeric" }) });
}

function near(at: number): string | null {
  if (sameDay(at, Date.now())) return words.today;
  return sameDay(at, new Date().setDate(new Date().getDate() - 1)) ? words.yesterday : null;
}

/** The year, where it is not this one. */
function year(at: number): { year: "numeric" } | null {
  return new Date(at).getFullYear() === new Date().getFullYear() ? null : { year: "numeric" };
}
