// Lays a timeline out: days, groups of one writer within three minutes, grey lines. Pure.

import type { Item } from "../../wire/outbox.ts";
import type { File, Happening, SaidItem } from "../../wire/types.ts";

const TOGETHER = 3 * 60_000;

/** What leaves through the outbox. `browser` and `language` stay as they were at the first try: the desk
    takes the same id only with the same body. */
export type Said = {
  to: { conversation_id: string } | { start: string };
  text: string;
  files: readonly File[];
  browser?: string | undefined;
  language?: string | undefined;
};

export type Bubble = {
  key: string;
  at: number;
  position: number;
  text: string;
  files: readonly File[];
  /** Not yet on the desk. */
  item: Item<Said> | null;
};

export type Row =
  | { row: "day"; key: string; at: number }
  | { row: "happening"; key: string; happening: Happening }
  | { row: "group"; key: string; agent: string | null; mine: boolean; bubbles: Bubble[] };

export function rows(items: readonly SaidItem[], pending: readonly Item<Said>[]): Row[] {
  const all: Row[] = [];
  const arrived = new Set(items.map((item) => ("client_id" in item ? item.client_id : "")));
  for (const item of items) {
    day(all, item.at);
    if ("what" in item) all.push({ row: "happening", key: `h${item.position}`, happening: item });
    else join(all, item.by === "customer", item.agent_id, { ...item, key: item.client_id || item.id, item: null });
  }
  for (const item of pending) {
    if (arrived.has(item.id)) continue;
    day(all, item.at);
    const { text, files } = item.body;
    join(all, true, null, { key: item.id, at: item.at, position: Infinity, text, files, item });
  }
  return all;
}

function day(all: Row[], at: number): void {
  const last = all.at(-1);
  if (!last || !sameDay(newestOf(last), at)) all.push({ row: "day", key: `d${at}`, at });
}

function newestOf(row: Row): number {
  if (row.row === "day") return row.at;
  return row.row === "happening" ? row.happening.at : (row.bubbles.at(-1)?.at ?? 0);
}

export function sameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

function join(all: Row[], mine: boolean, agent: string | null, bubble: Bubble): void {
  const last = all.at(-1);
  if (last?.row === "group" && last.mine === mine && last.agent === agent && bubble.at - newestOf(last) < TOGETHER) {
    last.bubbles.push(bubble);
  } else {
    all.push({ row: "group", key: `g${bubble.key}`, agent, mine, bubbles: [bubble] });
  }
}
