import type { Answer, LanguageModel, Proposal, Source } from "../../wire/knowing.ts";
import type { Agent, Company, Conversation, Me, Order, Row, TimelineItem } from "../../wire/types.ts";

export type Place = "mine" | "unassigned";
export type Counts = { mine: number; unassigned: number };

/** Where a list ends for us: rows beyond it are known to the desk only. */
export type Edge = { at: number; id: string };

export type List = {
  place: Place;
  closed: boolean;
  order: Order;
  /** In the order shown. */
  ids: readonly string[];
  /** The last row of the last page; null when the list is here to its end. */
  edge: Edge | null;
  next: string | null;
};

/** A timeline is held from its newest item back to some position; `older` says whether there is more. */
export type State = {
  seq: number;
  me: Me;
  agents: readonly Agent[];
  company: Company;
  counts: Counts;
  conversations: Readonly<Record<string, Row>>;
  timelines: Readonly<Record<string, readonly TimelineItem[]>>;
  older: Readonly<Record<string, boolean>>;
  lists: Readonly<Record<string, List>>;
  /** What is suggested, by conversation. Absent: not asked for, or overtaken. */
  proposals: Readonly<Record<string, Proposal>>;
  knowledge: Knowledge;
};

/** What the Knowledge and Evaluation pages hold; null until they were opened. */
export type Knowledge = {
  sources: readonly Source[] | null;
  model: LanguageModel | null;
  /** The desk's disk is; nobody can tell us when it is not, so it is asked for. */
  full: boolean;
  answers: readonly Answer[] | null;
  /** Where the next page of answers begins. */
  next: string | null;
  /** Moves when the evaluation has to be fetched anew. */
  evaluated: number;
};

export const UNKNOWN: Knowledge = { sources: null, model: null, full: false, answers: null, next: null, evaluated: 0 };

type Held = "older" | "lists" | "seq" | "agents" | "proposals" | "knowledge";
export type Snapshot = Omit<State, Held> & { proposals?: State["proposals"]; knowledge?: Knowledge; seq?: number; agents: readonly Agent[] };

export function fromSnapshot(snapshot: Snapshot): State {
  const { me, company, counts, conversations, timelines } = snapshot;
  return {
    seq: snapshot.seq ?? 0,
    me,
    agents: sortedAgents(snapshot.agents),
    company,
    counts,
    conversations,
    timelines,
    older: {},
    lists: {},
    proposals: snapshot.proposals ?? {},
    knowledge: snapshot.knowledge ?? UNKNOWN,
  };
}

export function sortedAgents(agents: readonly Agent[]): Agent[] {
  return [...agents].sort((a, b) => (a.id < b.id ? -1 : 1));
}

export function agentById(state: State, id: string | null): Agent | undefined {
  return state.agents.find((agent) => agent.id === id);
}

export function inPlace(place: Place, me: string, conversation: Pick<Conversation, "owner_id">): boolean {
  return conversation.owner_id === (place === "mine" ? me : null);
}

export function isUnread(row: Row): boolean {
  return row.asked_position > row.read_position;
}
