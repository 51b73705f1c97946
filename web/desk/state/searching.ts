import { signal } from "@preact/signals";
import { request } from "../../wire/fetch.ts";
import type { SearchAnswer } from "../../wire/schema.ts";
import type { Channel } from "../../wire/types.ts";

/** What stands in the search box when it opens; null while it is closed. */
export const sought = signal<string | null>(null);

export function openSearch(text = ""): void {
  sought.value = text;
}

export function closeSearch(): void {
  sought.value = null;
}

/** Ctrl-K and Cmd-K, also while typing. Answers how to let go of them. */
export function followCall(): () => void {
  const press = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (sought.peek() === null && document.querySelector("dialog[open]")) return;
    event.preventDefault();
    sought.value = sought.peek() === null ? "" : null;
  };
  addEventListener("keydown", press);
  return () => removeEventListener("keydown", press);
}

export type Time = "day" | "week" | "month" | "year";
export type Narrowed = {
  label?: string;
  agent?: string;
  team?: string;
  channel?: Channel;
  state?: "open" | "closed";
  by?: "customer" | "agent";
  time?: Time;
  file?: boolean;
};

const DAY = 24 * 60 * 60 * 1000;
const DAYS: Record<Time, number> = { day: 1, week: 7, month: 30, year: 365 };

/** The question as the desk wants it asked. `now` is the moment of asking. */
export function question(text: string, narrowed: Narrowed, now: Date): string {
  const query = new URLSearchParams({ q: text, limit: "20", offset: String(-now.getTimezoneOffset()) });
  for (const key of ["label", "agent", "team", "channel", "state", "by"] as const) {
    const value = narrowed[key];
    if (value) query.set(key, value);
  }
  if (narrowed.file) query.set("file", "true");
  if (narrowed.time) query.set("since", String(since(narrowed.time, now)));
  return query.toString();
}

function since(time: Time, now: Date): number {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  return time === "day" ? midnight : now.getTime() - DAYS[time] * DAY;
}

export function ask(text: string, narrowed: Narrowed, signal: AbortSignal): Promise<SearchAnswer> {
  return request<SearchAnswer>("GET", `/api/search?${question(text, narrowed, new Date())}`, undefined, { signal });
}
