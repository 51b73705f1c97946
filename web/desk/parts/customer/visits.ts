import type { CustomerEvent } from "../../../wire/customers.ts";
import { sameDay } from "../ages.ts";

export type Stretch = { key: string; visit: string | null; events: CustomerEvent[] };

const APART = 30 * 60_000;

/** Events, newest first, by visit. What was not seen on the site stands with the visit around it, or by itself. */
export function stretchesOf(events: readonly CustomerEvent[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const event of events) {
    const last = stretches.at(-1);
    const before = last?.events.at(-1);
    if (last && before && goesOn(last, before, event)) {
      last.visit ??= event.visit;
      last.events.push(event);
    } else stretches.push({ key: event.id, visit: event.visit, events: [event] });
  }
  return stretches;
}

// What has no visit goes with the one it stands close to, else with the rest of its day.
function goesOn(last: Stretch, before: CustomerEvent, event: CustomerEvent): boolean {
  if (last.visit !== null && event.visit !== null) return last.visit === event.visit;
  if (last.visit === null && event.visit === null && sameDay(before.at, event.at)) return true;
  return before.at - event.at < APART;
}

/** How long they stayed and on how many pages; of a stretch without a page: null. */
export function lengthOf({ events }: Stretch): { pages: number; seconds: number; from: string | null } | null {
  const pages = events.filter(({ kind }) => kind === "page");
  const first = pages.at(-1);
  const last = pages[0];
  if (!first || !last) return null;
  return { pages: pages.length, seconds: Math.round((last.at - first.at) / 1000) + (last.seconds ?? 0), from: first.referrer || null };
}

const SEARCHES = /(^|\.)(google|bing|duckduckgo|ecosia|qwant|yahoo|startpage|baidu|yandex)\./i;

/** Where somebody came from: a search, another site, or nowhere that was told. */
export function comingFrom(referrer: string | null, here: string | null): { is: "search" } | { is: "site"; host: string } | null {
  const host = hostOf(referrer);
  if (!host || host === hostOf(here)) return null;
  return SEARCHES.test(host) ? { is: "search" } : { is: "site", host: host.replace(/^www\./, "") };
}

function hostOf(url: string | null): string | null {
  return url && URL.canParse(url) ? new URL(url).hostname : null;
}

/** One list of what was fetched and of what came since, newest first. */
export function joinedEvents(fetched: readonly CustomerEvent[], live: readonly CustomerEvent[]): CustomerEvent[] {
  const newest = fetched[0];
  const fresh = live.filter((one) => !fetched.some(({ id }) => id === one.id) && (!newest || one.at >= newest.at));
  return [...fresh, ...fetched].sort((a, b) => b.at - a.at);
}
