import type { Label, Labelling } from "../../wire/types.ts";
import { byId, type State } from "./state.ts";

type Many = Record<string, number>;

/** Only where there is something is held. */
export function counted(counts: Many, id: string, by: number): Many {
  return countedAs(counts, id, (counts[id] ?? 0) + by);
}

export function countedAs(counts: Many, id: string, many: number): Many {
  const { [id]: _, ...others } = counts;
  return many === 0 ? others : { ...others, [id]: many };
}

export function withOpen(state: State, label: string, open: number): State {
  return { ...state, counts: { ...state.counts, labels: countedAs(state.counts.labels, label, open) } };
}

type Wearing = { kind: string; data: { message_id: string | null; label_id: string; open: number } };

/** A label was put on a conversation or a message of it, or taken off. */
export function withWorn(state: State, id: string, { kind, data: { message_id, label_id, open } }: Wearing): State {
  const next = withOpen(state, label_id, open);
  const before = state.labelled[id];
  if (!before) return next;
  const others = before.filter((one) => one.message_id !== message_id || one.label_id !== label_id);
  const on = kind === "Labelled" || kind === "OwnLabelled";
  return withLabelling(next, id, on ? [...others, { message_id, label_id }] : others);
}

export function withLabelling(state: State, id: string, worn: readonly Labelling[]): State {
  return { ...state, labelled: { ...state.labelled, [id]: sorted(worn) } };
}

function sorted(worn: readonly Labelling[]): Labelling[] {
  const key = ({ message_id, label_id }: Labelling) => `${message_id ?? ""} ${label_id}`;
  return [...new Map(worn.map((one) => [key(one), one])).values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Two labels are one: everything that wore the one wears the other. */
export function merged(state: State, from: string, label: Label, open: number): State {
  const into = label.id;
  const conversations = { ...state.conversations };
  for (const row of Object.values(conversations)) {
    const next = { ...row, labels: renamed(row.labels, from, into), own_labels: renamed(row.own_labels, from, into).sort() };
    if (row.labels.includes(from) || row.own_labels.includes(from)) conversations[row.id] = next;
  }
  const labelled = Object.fromEntries(Object.entries(state.labelled).map(([id, worn]) =>
    [id, sorted(worn.map((one) => (one.label_id === from ? { ...one, label_id: into } : one)))]));
  const labels = byId([...state.labels.filter(({ id }) => id !== from && id !== into), label]);
  return withOpen(withOpen({ ...state, labels, conversations, labelled, lists: relabelled(state, from, into) }, from, 0), into, open);
}

function renamed(ids: readonly string[], from: string, into: string): string[] {
  return ids.includes(into) ? ids.filter((id) => id !== from) : ids.map((id) => (id === from ? into : id));
}

// Lists of either label are fetched anew: what stands there now is not all known here.
function relabelled(state: State, from: string, into: string): State["lists"] {
  return Object.fromEntries(Object.entries(state.lists).filter(([, { filters: { label } }]) => label !== from && label !== into));
}
