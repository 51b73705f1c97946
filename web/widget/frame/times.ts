// Times as the visitor reads them.

import { sameDay } from "./rows.ts";
import type { Words } from "./words.ts";

export class Times {
  private readonly locale: string;
  private readonly words: Words;

  constructor(locale: string, words: Words) {
    this.locale = locale;
    this.words = words;
  }

  clock(at: number): string {
    return this.write(at, { hour: "2-digit", minute: "2-digit" });
  }

  full(at: number): string {
    return this.write(at, { dateStyle: "medium", timeStyle: "short" });
  }

  day(at: number, now: number): string {
    return this.near(at, now) ?? this.write(at, { weekday: "long", day: "numeric", month: "long", ...thisYear(at, now) });
  }

  /** Short, for a list: 14:13, Yesterday, 3 Sep, Sep 2024. */
  age(at: number, now: number): string {
    if (sameDay(at, now)) return this.clock(at);
    const near = this.near(at, now);
    if (near) return near;
    const year = thisYear(at, now);
    return this.write(at, year.year ? { month: "short", ...year } : { day: "numeric", month: "short" });
  }

  private near(at: number, now: number): string | null {
    if (sameDay(at, now)) return this.words.today;
    return sameDay(at, new Date(now).setDate(new Date(now).getDate() - 1)) ? this.words.yesterday : null;
  }

  private write(at: number, how: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(this.locale, how).format(at);
  }
}

function thisYear(at: number, now: number): { year?: "numeric" } {
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? {} : { year: "numeric" };
}
