// What the chat knows, and how it changes. Pure: a fact may come twice, late, or beside a fresh answer.

import type { VisitorHello, VisitorSent, VisitorTimeline } from "../../wire/answers.ts";
import type { VisitorFact, Whisper } from "../../wire/facts.ts";
import type { AgentFace, SaidItem, VisitorConversation } from "../../wire/types.ts";

/** `more`: older items are on the desk. Until `loaded`, only what came by fact is here. */
export type Timeline = { items: readonly SaidItem[]; more: boolean; loaded: boolean };

export type State = {
  seq: number;
  greeted: boolean;
  company: VisitorHello["company"];
  agents: readonly AgentFace[];
  here: readonly string[];
  answers_in: number | null;
  known: boolean;
  conversations: readonly VisitorConversation[];
  timelines: Readonly<Record<string, Timeline>>;
  /** Which agent types in which conversation. */
  typing: Readonly<Record<string, string>>;
};

export const empty: State = {
  seq: 0,
  greeted: false,
  company: { name: "", colour: "", greeting: "" },
  agents: [],
  here: [],
  answers_in: null,
  known: false,
  conversations: [],
  timelines: {},
  typing: {},
};

const unopened: Timeline = { items: [], more: true, loaded: false };

/** Everything afresh. Timelines go, because there may be gaps in them now. */
export function greet(state: State, hello: VisitorHello): State {
  const { customer, conversations, ...said } = hello;
  return { ...empty, ...said, greeted: true, known: customer !== null, conversations: byAge(conversations), typing: state.typing };
}

/** By what a fact carries, so that a kind to come is taken in for what it shows. */
export function apply(state: State, { seq, kind, data }: VisitorFact): State {
  let next = { ...state, seq: Math.max(state.seq, seq) };
  if ("conversation" in data) next = put(next, data.conversation);
  if ("message" in data) next = add(next, data.message);
  if ("happening" in data) next = add(next, data.happening);
  if ("position" in data) next = saw(next, data.conversation_id, kind === "AgentSaw" ? "team_saw" : "customer_saw", data.position);
  if (kind === "AgentReplied") next = silence(next, data.conversation.id);
  return next;
}

/** What the desk answered to a message of ours: the same as its fact, only sooner. */
export function sent(state: State, { message, conversation }: VisitorSent): State {
  const next = put({ ...state, known: true }, conversation);
  if (next.timelines[conversation.id]) return add(next, message);
  return withTimeline(next, conversation.id, { items: [message], more: message.position > 1, loaded: true });
}

/** From now on facts for this conversation are kept, so that none falls between the asking and the answer. */
export function opening(state: State, id: string): State {
  return state.timelines[id] ? state : withTimeline(state, id, unopened);
}

export function page(state: State, id: string, answer: VisitorTimeline): State {
  const old = state.timelines[id] ?? unopened;
  return withTimeline(state, id, { items: merged(old.items, answer.items), more: answer.more, loaded: true });
}

export function hear(state: State, whisper: Whisper): State {
  if (whisper.kind === "here") return { ...state, here: whisper.agents };
  if (whisper.kind !== "typing" || whisper.agent_id === null) return state;
  if (whisper.on) return { ...state, typing: { ...state.typing, [whisper.conversation_id]: whisper.agent_id } };
  return silence(state, whisper.conversation_id);
}

/** The socket is gone, and with it everything that was only whispered. */
export function forgetWhispers(state: State): State {
  return { ...state, here: [], typing: {} };
}

export function find(state: State, key: string): VisitorConversation | undefined {
  return state.conversations.find((one) => one.id === key || one.start === key);
}

export function face(state: State, id: string | null): AgentFace | undefined {
  return state.agents.find((agent) => agent.id === id);
}

export function unread(state: State): number {
  return state.conversations.reduce((sum, one) => sum + one.unread, 0);
}

export function newestAnswer(state: State, id: string): number {
  return state.timelines[id]?.items.filter(isAnswer).at(-1)?.position ?? 0;
}

function isAnswer(item: SaidItem): boolean {
  return "by" in item && item.by === "agent";
}

function put(state: State, one: VisitorConversation): State {
  const old = state.conversations.find((other) => other.id === one.id);
  const others = state.conversations.filter((other) => other.id !== one.id);
  const agents = one.agent && !face(state, one.agent.id) ? [...state.agents, one.agent] : state.agents;
  return { ...state, agents, conversations: byAge([...others, old ? newer(state, old, one) : one]) };
}

// Positions of one conversation only rise, and so do the marks of what was seen.
function newer(state: State, old: VisitorConversation, one: VisitorConversation): VisitorConversation {
  const stale = one.last_position < old.last_position;
  return {
    ...(stale ? old : one),
    customer_saw: Math.max(old.customer_saw, one.customer_saw),
    team_saw: Math.max(old.team_saw, one.team_saw),
    unread: stale ? old.unread : unreadAfter(state, one, old.customer_saw),
  };
}

/** The customer read up to here: known before the desk has heard of it. */
export function read(state: State, id: string, position: number): State {
  return saw(state, id, "customer_saw", position);
}

function saw(state: State, id: string, who: "customer_saw" | "team_saw", position: number): State {
  const one = state.conversations.find((other) => other.id === id);
  if (!one || one[who] >= position) return state;
  const unread = who === "customer_saw" ? unreadAfter(state, one, position) : one.unread;
  const changed = { ...one, [who]: position, unread };
  return { ...state, conversations: state.conversations.map((other) => (other === one ? changed : other)) };
}

function unreadAfter(state: State, one: VisitorConversation, position: number): number {
  if (position >= one.last_position) return 0;
  const items = state.timelines[one.id]?.items ?? [];
  const read = items.filter((item) => isAnswer(item) && item.position > one.customer_saw && item.position <= position);
  return Math.max(0, one.unread - read.length);
}

function add(state: State, item: SaidItem): State {
  const old = state.timelines[item.conversation_id];
  if (!old) return state;
  return withTimeline(state, item.conversation_id, { ...old, items: merged(old.items, [item]) });
}

function merged(items: readonly SaidItem[], more: readonly SaidItem[]): SaidItem[] {
  const all = new Map([...items, ...more].map((item) => [item.position, item]));
  return [...all.values()].sort((a, b) => a.position - b.position);
}

function silence(state: State, id: string): State {
  const { [id]: _, ...typing } = state.typing;
  return { ...state, typing };
}

function withTimeline(state: State, id: string, timeline: Timeline): State {
  return { ...state, timelines: { ...state.timelines, [id]: timeline } };
}

function byAge(conversations: readonly VisitorConversation[]): VisitorConversation[] {
  return [...conversations].sort((a, b) => b.last_at - a.last_at);
}
