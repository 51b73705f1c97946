import type { Answer, LanguageModel, Proposal, Source } from "../../wire/knowing.ts";
import type {
  Agent, Bell, Company, Counts, Label, Labelling, Me, Mention, Order, OwnField, ReadyReply, Row, Team, ThreadAnswer,
  TimelineItem,
} from "../../wire/types.ts";

/** "all": the open (or closed) conversations under a label, whoever has them. */
export type Place = "mine" | "unassigned" | "mentions" | "starred" | "snoozed" | "all";

/** What narrows a list; absent: nothing. */
export type Filters = { team?: string; label?: string; channel?: string };

/** Where a list ends for us: rows beyond it are known to the desk only. */
export type Edge = { at: number; id: string };

export type List = {
  place: Place;
  closed: boolean;
  order: Order;
  filters: Filters;
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
  /** The retired too: old lines carry their names. */
  teams: readonly Team[];
  /** The team's and my own. The retired too: what wore them wears them. */
  labels: readonly Label[];
  ready: readonly ReadyReply[];
  counts: Counts;
  notices: Bell;
  /** What the company wants to know of customers beside the usual, in order. The retired too. */
  own_fields: readonly OwnField[];
  conversations: Readonly<Record<string, Row>>;
  timelines: Readonly<Record<string, readonly TimelineItem[]>>;
  older: Readonly<Record<string, boolean>>;
  /** The answers under a note, by note. Absent: not opened. */
  threads: Readonly<Record<string, readonly ThreadAnswer[]>>;
  /** How far I have read a thread, by note. */
  thread_read: Readonly<Record<string, number>>;
  /** What wears which label, by conversation. Absent: not opened. */
  labelled: Readonly<Record<string, readonly Labelling[]>>;
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

type Asked = "own_fields" | "labelled" | "threads" | "thread_read" | "proposals" | "knowledge" | "seq";
export type Snapshot = Omit<State, "older" | "lists" | Asked> & Partial<Pick<State, Asked>>;

export function fromSnapshot(snapshot: Snapshot): State {
  const { me, company, counts, notices, conversations, timelines } = snapshot;
  return {
    seq: snapshot.seq ?? 0,
    me,
    agents: byId(snapshot.agents),
    company,
    teams: byId(snapshot.teams),
    labels: byId(snapshot.labels),
    ready: byId(snapshot.ready),
    counts,
    notices,
    own_fields: snapshot.own_fields ?? [],
    conversations,
    timelines,
    older: {},
    threads: snapshot.threads ?? {},
    thread_read: snapshot.thread_read ?? {},
    labelled: snapshot.labelled ?? {},
    lists: {},
    proposals: snapshot.proposals ?? {},
    knowledge: snapshot.knowledge ?? UNKNOWN,
  };
}

export function byId<One extends { id: string }>(ones: readonly One[]): One[] {
  return [...ones].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The list with this one in it, in place of an older one of the same id. */
export function withOne<One extends { id: string }>(ones: readonly One[], one: One): One[] {
  return byId([...ones.filter(({ id }) => id !== one.id), one]);
}

export function agentById(state: State, id: string | null): Agent | undefined {
  return state.agents.find((agent) => agent.id === id);
}

export function teamById(state: State, id: string | null): Team | undefined {
  return state.teams.find((team) => team.id === id);
}

/** What is mine alone of a conversation. */
export type Own = { read_position: number; mention: Mention | null; starred: boolean; own_labels: string[] };

export function ownOf({ read_position, mention, starred, own_labels }: Row): Own {
  return { read_position, mention, starred, own_labels };
}

/** Of a conversation that nobody asked for until now. */
export function ownFrom(read_position: number): Own {
  return { read_position, mention: null, starred: false, own_labels: [] };
}

export function labelById(state: State, id: string): Label | undefined {
  return state.labels.find((label) => label.id === id);
}

/** How a place is sorted for me: two I choose, the others follow. */
export function orderOf({ preferences: { order } }: Me, place: Place): Order {
  if (place === "snoozed") return "oldest";
  return place === "unassigned" ? order.unassigned : order.mine;
}

/** Whether a row stands in a place, closed or not. */
export function inPlace(place: Place, me: string, row: Row): boolean {
  switch (place) {
    case "mine": return row.owner_id === me && row.snoozed_until === null;
    case "unassigned": return row.owner_id === null;
    case "mentions": return row.mention !== null;
    case "starred": return row.starred;
    case "snoozed": return row.owner_id === me && row.snoozed_until !== null;
    case "all": return true;
  }
}

export function passes({ team, label, channel }: Filters, row: Row): boolean {
  return (team === undefined || row.team_id === team)
    && (label === undefined || row.labels.includes(label) || row.own_labels.includes(label))
    && (channel === undefined || row.channel === channel);
}

export function isUnread(row: Row): boolean {
  return row.asked_position > row.read_position;
}
