import type { HistoryAnswer } from "../../../wire/customers.ts";
import { isNote, type Row, type TimelineItem } from "../../../wire/types.ts";

/** A stretch of the history that is held, oldest first. A null end is the end of all. */
export type Telling = { items: readonly TimelineItem[]; rows: Readonly<Record<string, Row>>; older: string | null; newer: string | null };

export function keyOf(item: TimelineItem): string {
  return isNote(item) ? item.id : `${item.conversation_id}:${item.position}`;
}

export function toldBy({ items, conversations, older, newer }: HistoryAnswer): Telling {
  return { items, rows: Object.fromEntries(conversations.map((row) => [row.id, row])), older, newer };
}

/** With what was said before. */
export function withOlder(have: Telling, answer: HistoryAnswer): Telling {
  const page = toldBy(answer);
  return { items: union(page.items, have.items), rows: { ...page.rows, ...have.rows }, older: page.older, newer: have.newer };
}

/** With what was said after, or since. What is in both is taken from the newer answer. */
export function withNewer(have: Telling, answer: HistoryAnswer): Telling {
  const page = toldBy(answer);
  return { items: union(have.items, page.items), rows: { ...have.rows, ...page.rows }, older: have.older, newer: page.newer };
}

function union(first: readonly TimelineItem[], second: readonly TimelineItem[]): TimelineItem[] {
  const later = new Map(second.map((item) => [keyOf(item), item]));
  const before = first.filter((item) => !later.has(keyOf(item)));
  return [...before, ...second].sort((a, b) => a.at - b.at || place(a, b));
}

// Of one moment: by conversation, then as they stand there.
function place(a: TimelineItem, b: TimelineItem): number {
  if (a.conversation_id !== b.conversation_id) return a.conversation_id < b.conversation_id ? -1 : 1;
  return a.position - b.position || Number(isNote(a)) - Number(isNote(b));
}

export type Chapter = { key: string; row: Row | undefined; items: TimelineItem[] };

/** Stretches of one conversation each, in the order of time. */
export function chaptersOf({ items, rows }: Telling): Chapter[] {
  const chapters: Chapter[] = [];
  for (const item of items) {
    const last = chapters.at(-1);
    if (last && last.items[0]?.conversation_id === item.conversation_id) last.items.push(item);
    else chapters.push({ key: keyOf(item), row: rows[item.conversation_id], items: [item] });
  }
  return chapters;
}

/** The id of the first that somebody said from a moment on; null: nobody did. */
export function spokenFrom(items: readonly TimelineItem[], at: number): string | null {
  const found = items.find((item) => item.at >= at && "id" in item);
  return found && "id" in found ? found.id : null;
}
