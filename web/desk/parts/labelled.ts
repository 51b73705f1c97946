// Which labels there are to see, in the order they are seen: by name, the team's before one's own.

import type { Label, Labelling } from "../../wire/types.ts";
import { findIn, fold } from "./folding.ts";

export function inOrder(labels: readonly Label[]): Label[] {
  return [...labels].sort((a, b) => Number(a.own) - Number(b.own) || a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
}

/** Those of these ids that are known, in order. */
export function labelsOf(labels: readonly Label[], ids: readonly string[]): Label[] {
  return inOrder(labels.filter(({ id }) => ids.includes(id)));
}

/** Those whose names hold the query; names that begin with it first. */
export function labelsFound(labels: readonly Label[], query: string): Label[] {
  const wanted = fold(query.trim()).text;
  const ranks: Label[][] = [[], [], []];
  for (const one of inOrder(labels)) {
    const found = findIn(fold(one.name), wanted);
    if (found) ranks[found.rank]?.push(one);
  }
  return ranks.flat();
}

/** What a message wears, or, with null, the conversation itself. */
export function wornBy(worn: readonly Labelling[], message: string | null): string[] {
  return worn.filter(({ message_id }) => message_id === message).map(({ label_id }) => label_id);
}
