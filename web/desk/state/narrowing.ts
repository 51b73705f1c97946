import { effect, signal } from "@preact/signals";
import { storage } from "../../wire/storage.ts";
import { type Listed, listed } from "./route.ts";
import type { Filters, Place } from "./state.ts";

// What a place was narrowed to stays so when one comes back to it by the rail. Queues and labels are places of
// their own.

type Kept = Partial<Record<Place, Filters>>;

const KEY = "frontdesk:narrowed";
const LASTING: readonly Place[] = ["mine", "mentions", "starred", "snoozed"];

const kept = signal<Kept>({});

export function narrowedTo(place: Place): Filters {
  return kept.value[place] ?? {};
}

export function keepNarrowing(): () => void {
  kept.value = read();
  return effect(() => {
    const { place, team, channel } = listed.value;
    if (!LASTING.includes(place)) return;
    const now = { ...(team && { team }), ...(channel && { channel }) };
    if (same(kept.peek()[place] ?? {}, now)) return;
    kept.value = { ...kept.peek(), [place]: now };
    write(kept.value);
  });
}

function same(a: Filters, b: Filters): boolean {
  return a.team === b.team && a.channel === b.channel;
}

function read(): Kept {
  try {
    return (JSON.parse(storage().getItem(KEY) ?? "{}") ?? {}) as Kept;
  } catch {
    return {};
  }
}

function write(now: Kept): void {
  try {
    storage().setItem(KEY, JSON.stringify(now));
  } catch {
    // Then it lasts as long as the page.
  }
}

/** What a list is narrowed by, beside what makes it the place it is. */
export function narrowingOf({ place, team, label, channel }: Listed): Filters {
  return {
    ...(team && place !== "unassigned" && { team }), ...(label && place !== "all" && { label }), ...(channel && { channel }),
  };
}
