import type { Hit, SearchAnswer } from "../../../wire/schema.ts";
import type { Command } from "../../state/bar.ts";
import { go, listed } from "../../state/route.ts";
import { openSearch } from "../../state/searching.ts";
import { words } from "../../words.ts";

export type Entry = { key: string; run: () => void } & ({ hit: Hit } | { command: Command });
export type Group = { key: string; title: string; many: number | null; entries: Entry[] };

const ORDER = ["messages", "conversations", "notes", "customers", "files"] as const;

export function entriesOf(answer: SearchAnswer | null): Group[] {
  if (!answer) return [];
  return ORDER.filter((key) => answer.groups[key].length > 0).map((key) => ({
    key,
    title: words.search.groups[key],
    many: answer.counts[key],
    entries: answer.groups[key].map((hit) => ({ key: `${hit.kind}-${hit.id}`, hit, run: () => openHit(hit) })),
  }));
}

export function shownEntries(groups: readonly Group[]): Entry[] {
  return groups.flatMap((group) => group.entries);
}

/** At the very message; a customer at what they said last. */
function openHit(hit: Hit): void {
  if (hit.conversation_id === null) {
    openSearch(hit.customer.called);
    return;
  }
  const message = hit.kind === "customer" || hit.kind === "conversation" ? null : hit.item_id;
  go({ at: "conversation", id: hit.conversation_id, ...(message && { message }), ...listed.peek() });
}
