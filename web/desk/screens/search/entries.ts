import type { CompanyHit, Hit, SearchAnswer } from "../../../wire/schema.ts";
import type { Command } from "../../state/bar.ts";
import { go, listed } from "../../state/route.ts";
import { words } from "../../words.ts";

export type Entry = { key: string; run: () => void } & ({ hit: Hit } | { company: CompanyHit } | { command: Command });
export type Group = { key: string; title: string; many: number | null; entries: Entry[] };

const ORDER = ["messages", "conversations", "notes", "customers", "files"] as const;

export function entriesOf(answer: SearchAnswer | null): Group[] {
  if (!answer) return [];
  const found = ORDER.filter((key) => answer.groups[key].length > 0).map((key): Group => ({
    key,
    title: words.search.groups[key],
    many: answer.counts[key],
    entries: answer.groups[key].map((hit) => ({ key: `${hit.kind}-${hit.id}`, hit, run: () => openHit(hit) })),
  }));
  const companies = answer.groups.companies.map((company): Entry => ({ key: `company-${company.id}`, company, run: () => go({ at: "company", id: company.id }) }));
  return companies.length === 0 ? found : [...found, { key: "companies", title: words.search.groups.companies, many: answer.counts.companies, entries: companies }];
}

export function shownEntries(groups: readonly Group[]): Entry[] {
  return groups.flatMap((group) => group.entries);
}

/** At the very message; a customer at what they said last. */
function openHit(hit: Hit): void {
  if (hit.conversation_id === null) {
    go({ at: "customer", id: hit.customer.id });
    return;
  }
  const message = hit.kind === "customer" || hit.kind === "conversation" ? null : hit.item_id;
  go({ at: "conversation", id: hit.conversation_id, ...(message && { message }), ...listed.peek() });
}
