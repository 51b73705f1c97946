import type { Fact } from "../../wire/facts.ts";
import { merged, withOpen, withWorn } from "./labels.ts";
import { withOwnRow } from "./rows.ts";
import { withOne, type State } from "./state.ts";

const KINDS = [
  "OwnLabelled", "OwnUnlabelled", "Starred", "Unstarred", "OwnCountChanged", "LabelSaved", "LabelsMerged", "ReadyReplySaved",
  "ReadyReplyRemoved",
] as const;
type Kind = (typeof KINDS)[number];
type Kept = Extract<Fact, { kind: Kind }>;

export function isKept(fact: Fact): fact is Kept {
  return (KINDS as readonly string[]).includes(fact.kind);
}

/** What is kept to find things again: stars, labels, ready replies. */
export function kept(state: State, fact: Kept): State {
  switch (fact.kind) {
    case "OwnLabelled":
    case "OwnUnlabelled":
      return withWorn(withOwnRow(state, fact.data.row), fact.data.row.id, fact);
    case "Starred":
    case "Unstarred":
      return withStars(withOwnRow(state, fact.data.row), fact.data.open);
    case "OwnCountChanged":
      return fact.data.label_id === null ? withStars(state, fact.data.open) : withOpen(state, fact.data.label_id, fact.data.open);
    case "LabelSaved":
      return { ...state, labels: withOne(state.labels, fact.data.label) };
    case "LabelsMerged":
      return merged(state, fact.data.from_id, fact.data.label, fact.data.open);
    case "ReadyReplySaved":
      return { ...state, ready: withOne(state.ready, fact.data.ready) };
    case "ReadyReplyRemoved":
      return { ...state, ready: state.ready.filter(({ id }) => id !== fact.data.id) };
  }
}

function withStars(state: State, starred: number): State {
  return { ...state, counts: { ...state.counts, starred } };
}
