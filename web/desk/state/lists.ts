import type { Order, Row } from "../../wire/types.ts";
import { type Edge, type Filters, inPlace, type List, passes, type Place, type State } from "./state.ts";

export function listKey(place: Place, closed: boolean, order: Order, { team, label, channel }: Filters = {}): string {
  return [place, closed ? "closed" : "open", order, team, label, channel].join(":");
}

/** Negative when `a` stands above `b`. The id decides between rows of the same moment. */
export function compare(order: Order, a: Edge, b: Edge): number {
  const older = a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  return order === "oldest" ? older : -older;
}

/** Takes one row out of every list and puts it where it now belongs. */
export function relist(state: State, before: Row | undefined, after: Row): State["lists"] {
  let lists = state.lists;
  for (const [key, list] of Object.entries(lists)) {
    const ids = moved(state, list, before, after);
    if (ids !== list.ids) lists = { ...lists, [key]: { ...list, ids } };
  }
  return lists;
}

function moved(state: State, list: List, before: Row | undefined, after: Row): readonly string[] {
  const was = before !== undefined && belongs(state, list, before);
  const is = belongs(state, list, after);
  if (was && is && momentOf(list.place, before) === momentOf(list.place, after)) return list.ids;
  const ids = was ? without(list.ids, after.id) : list.ids;
  return is ? withId(state, list, ids, edgeOf(list.place, after)) : ids;
}

function belongs(state: State, list: List, row: Row): boolean {
  if (row.closed !== list.closed || !inPlace(list.place, state.me.id, row) || !passes(list.filters, row)) return false;
  return list.edge === null || compare(list.order, edgeOf(list.place, row), list.edge) <= 0;
}

function withId(state: State, list: List, ids: readonly string[], edge: Edge): readonly string[] {
  const at = firstAfter(state, list, ids, edge);
  return ids[at - 1] === edge.id ? ids : [...ids.slice(0, at), edge.id, ...ids.slice(at)];
}

// The lists are sorted, so halves are enough even with a hundred thousand rows.
function firstAfter(state: State, list: List, ids: readonly string[], edge: Edge): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = state.conversations[ids[middle] ?? ""];
    if (row && compare(list.order, edgeOf(list.place, row), edge) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function without(ids: readonly string[], id: string): readonly string[] {
  const at = ids.indexOf(id);
  return at < 0 ? ids : [...ids.slice(0, at), ...ids.slice(at + 1)];
}

/** What a place is sorted by: when I was called, when it wakes, else what happened last. */
function momentOf(place: Place, row: Row): number {
  if (place === "mentions") return row.mention?.at ?? 0;
  return place === "snoozed" ? (row.snoozed_until ?? 0) : row.last_at;
}

export function edgeOf(place: Place, row: Row): Edge {
  return { at: momentOf(place, row), id: row.id };
}

/** A page that was fetched: its rows are already in `state.conversations`. */
export function withPage(state: State, page: Omit<List, "ids" | "edge">, rows: readonly Row[]): State {
  const last = rows.at(-1);
  const edge = page.next === null || !last ? null : edgeOf(page.place, last);
  const list: List = { ...page, ids: [], edge };
  const key = listKey(page.place, page.closed, page.order, page.filters);
  return { ...state, lists: { ...state.lists, [key]: { ...list, ids: settled(state, list) } } };
}

// From everything known, not from the page: rows may have come or moved by facts while it was on its way.
function settled(state: State, list: List): string[] {
  return Object.values(state.conversations)
    .filter((row) => belongs(state, list, row))
    .sort((a, b) => compare(list.order, edgeOf(list.place, a), edgeOf(list.place, b)))
    .map((row) => row.id);
}
