// People and conversations for the tests of this folder.

import type { Fact } from "../../wire/facts.ts";
import type { Agent, Counts, Happening, Me, Message, Row } from "../../wire/types.ts";
import { fromSnapshot, type State } from "./state.ts";

export const MAJA: Agent = { id: "maja", name: "Maja Ekström", role: "admin", picture: null, colour: "teal", disabled: false };
export const OSKAR: Agent = { id: "oskar", name: "Oskar Lund", role: "agent", picture: null, colour: "blue", disabled: false };

export const ME: Me = {
  ...MAJA,
  email: "maja@kvarnochkanna.example",
  preferences: { enter_sends: true, sound: true, theme: "system", order: { mine: "newest", unassigned: "oldest" } },
};

export function row(id: string, changes: Partial<Row> = {}): Row {
  return {
    id, customer: { id: `of-${id}`, called: "Stockholm lead", named: false, proven: false }, channel: "widget", owner_id: null, team_id: null, snoozed_until: null, labels: [],
    closed: false, started_at: 1000, last_at: 1000, last: null, last_position: 1, asked_position: 1, customer_saw: 1, team_saw: 0,
    read_position: 0, mention: null, starred: false, own_labels: [], customer_unread: 0, start: null, ...changes,
  };
}

export function message(conversation: string, position: number, changes: Partial<Message> = {}): Message {
  return {
    id: `${conversation}-${position}`, conversation_id: conversation, position, at: 1000 + position, by: "customer", agent_id: null,
    text: `words ${position}`, files: [], client_id: `c-${conversation}-${position}`, ...changes,
  };
}

export function happening(conversation: string, position: number, what: Happening["what"], agent: string | null): Happening {
  return { conversation_id: conversation, position, at: 1000 + position, what, agent_id: agent, other_id: null };
}

export function countsOf(changes: Partial<Counts>): Counts {
  return { mine: 0, unassigned: 0, mentions: 0, starred: 0, snoozed: 0, teams: {}, labels: {}, ...changes };
}

export function stateOf(rows: readonly Row[], changes: Partial<State> = {}): State {
  const snapshot = {
    seq: 10, me: ME, agents: [MAJA, OSKAR], teams: [], labels: [], ready: [], counts: countsOf({}), notices: { unseen: 0, items: [] }, timelines: {},
    company: { name: "Kvarn & Kanna", website: "", colour: "#12695c", greeting: "Hello", allowed_sites: [] },
    conversations: Object.fromEntries(rows.map((one) => [one.id, one])),
  };
  return { ...fromSnapshot(snapshot), ...changes };
}

type Kind = Fact["kind"];
type DataOf<K extends Kind, F = Fact> = F extends { kind: infer All; data: infer Data } ? (K extends All ? Data : never) : never;

export function fact<K extends Kind>(seq: number, kind: K, data: DataOf<K>): Fact {
  return { is: "fact", seq, at: 2000, kind, conversation_id: null, customer_id: null, data } as unknown as Fact;
}

/** The conversation without what is mine alone, as a fact carries it. */
export function shared({ read_position: _, mention: _mention, ...conversation }: Row) {
  return conversation;
}
