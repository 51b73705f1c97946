import { storage } from "../../../wire/storage.ts";

// What the list is narrowed to stands in the address, so that it can be sent to a colleague; which columns it
// has is kept on the device.

const NAMES = ["q", "company", "country", "city", "label", "field", "value", "seen", "named", "order"] as const;
export type Narrowing = Partial<Record<(typeof NAMES)[number], string>>;

export function narrowingOf(query: string | undefined): Narrowing {
  const given = new URLSearchParams(query ?? "");
  return Object.fromEntries(NAMES.flatMap((name) => { const value = given.get(name); return value ? [[name, value]] : []; }));
}

export function queryOf(narrowing: Narrowing): string {
  return new URLSearchParams(NAMES.flatMap((name) => { const value = narrowing[name]; return value ? [[name, value]] : []; })).toString();
}

const DAY = 24 * 60 * 60 * 1000;
const SEEN: Record<string, number> = { day: DAY, week: 7 * DAY, month: 30 * DAY };

/** The same as the desk wants it asked. */
export function asked({ seen, named, ...rest }: Narrowing, now: number): URLSearchParams {
  const query = new URLSearchParams(queryOf(rest));
  const span = SEEN[seen ?? ""];
  if (span) query.set("seen_after", String(now - span));
  if (seen === "older") query.set("seen_before", String(now - 30 * DAY));
  if (named) query.set("named", String(named === "yes"));
  return query;
}

/** What narrows it, beside what is typed and how it is ordered. */
export function filtersOf({ q: _, order: __, value: ___, ...filters }: Narrowing): (keyof Narrowing)[] {
  return Object.keys(filters) as (keyof Narrowing)[];
}

const KEY = "frontdesk:customer-columns";
export const USUAL = ["email", "company", "place", "seen"];

export function keptColumns(): string[] {
  try {
    const kept: unknown = JSON.parse(storage().getItem(KEY) ?? "null");
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === "string") : USUAL;
  } catch {
    return USUAL;
  }
}

export function keepColumns(columns: readonly string[]): void {
  try {
    storage().setItem(KEY, JSON.stringify(columns));
  } catch {
    // Then they last as long as the page.
  }
}
