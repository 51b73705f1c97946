import type { Fact } from "../../wire/facts.ts";
import type { Agent, Conversation, CustomerBrief, Me, Row, TimelineItem } from "../../wire/types.ts";
import { knowing } from "./knowing.ts";
import { relist } from "./lists.ts";
import { proposed, rejected, withoutProposal } from "./proposals.ts";
import { inPlace, sortedAgents, type Counts, type State } from "./state.ts";

export { fromSnapshot, type Snapshot, type State } from "./state.ts";

/** The one way facts change what we hold. A fact we already have changes nothing. */
export function apply(state: State, fact: Fact): State {
  if (fact.seq <= state.seq) return state;
  return { ...changed(state, fact), seq: fact.seq };
}

function changed(state: State, fact: Fact): State {
  switch (fact.kind) {
    case "CustomerAppeared":
    case "CustomerChanged":
      return withCustomer(state, fact.data.customer);
    case "ConversationStarted":
      return started(state, fact.data.conversation);
    case "CustomerWrote":
    case "AgentReplied":
      return withItem(withoutProposal(moved(state, fact), fact.data.message.conversation_id), fact.data.message);
    case "ConversationClosed":
      return withItem(withoutProposal(moved(state, fact), fact.data.conversation.id), fact.data.happening);
    case "ConversationTaken":
    case "ConversationReleased":
    case "ConversationReopened":
    case "ConversationContinued":
      return withItem(moved(state, fact), fact.data.happening);
    case "CustomerSaw":
      return withMark(state, fact.data.conversation_id, "customer_saw", fact.data.position);
    case "AgentSaw":
      return withMark(state, fact.data.conversation_id, "team_saw", fact.data.position);
    case "ConversationRead":
      return withMark(state, fact.data.conversation_id, "read_position", fact.data.position);
    case "AgentAdded":
    case "AgentChanged":
      return withAgent(state, fact.data.agent);
    case "PreferencesChanged":
      return withMe(state, fact.data.me);
    case "CompanyChanged":
      return { ...state, company: fact.data.company };
    case "AnswersSuggested":
      return proposed(state, fact.data.proposal);
    case "SuggestionRejected":
      return rejected(state, fact.data);
    case "SourceAdded":
    case "SourceChanged":
    case "SourceRemoved":
    case "ModelChanged":
    case "AnswerApproved":
    case "AnswerChanged":
    case "AnswerRetired":
    case "AnswerRestored":
    case "EvaluationDone":
    case "BarMoved":
      return { ...state, knowledge: knowing(state.knowledge, fact) };
    default:
      fact satisfies never;
      return state; // A desk newer than this page may know more kinds.
  }
}

type Moving = Extract<Fact, { data: { conversation: Conversation } }>;

function moved(state: State, fact: Moving): State {
  const { conversation, was } = fact.data;
  const counts = withCount(withCount(state.counts, state.me.id, was, -1), state.me.id, conversation, 1);
  return withConversation({ ...state, counts }, conversation, readUpTo(fact));
}

// What we have not read of a conversation that we did not hold until now.
function readUpTo(fact: Moving): number {
  const { asked_position } = fact.data.conversation;
  if (fact.data.was === null) return 0;
  return fact.kind === "CustomerWrote" ? asked_position - 1 : asked_position;
}

function started(state: State, conversation: Conversation): State {
  const counts = withCount(state.counts, state.me.id, conversation, 1);
  const timelines = { [conversation.id]: [], ...state.timelines };
  return withConversation({ ...state, counts, timelines }, conversation, 0);
}

type Counted = { owner_id: string | null; closed: boolean } | null;

function withCount(counts: Counts, me: string, one: Counted, by: number): Counts {
  if (!one || one.closed) return counts;
  if (inPlace("mine", me, one)) return { ...counts, mine: counts.mine + by };
  if (inPlace("unassigned", me, one)) return { ...counts, unassigned: counts.unassigned + by };
  return counts;
}

/** Puts a conversation in place of what we had, unless what we had is newer. `read` is for one we did not have. */
export function withConversation(state: State, conversation: Conversation, read: number): State {
  const before = state.conversations[conversation.id];
  if (!before) return withRow(state, { ...conversation, read_position: read });
  const newer = conversation.last_position >= before.last_position ? conversation : before;
  return withRow(state, {
    ...newer,
    customer_saw: Math.max(before.customer_saw, conversation.customer_saw),
    team_saw: Math.max(before.team_saw, conversation.team_saw),
    read_position: before.read_position,
  });
}

export function withRow(state: State, row: Row): State {
  const before = state.conversations[row.id];
  const next = { ...state, conversations: { ...state.conversations, [row.id]: row } };
  return { ...next, lists: relist(next, before, row) };
}

/** Items are keyed by position: the same one twice is one. Timelines that nobody opened stay unknown. */
export function withItem(state: State, item: TimelineItem): State {
  const items = state.timelines[item.conversation_id];
  if (!items) return state;
  return { ...state, timelines: { ...state.timelines, [item.conversation_id]: inserted(items, item) } };
}

function inserted(items: readonly TimelineItem[], item: TimelineItem): readonly TimelineItem[] {
  let at = items.length;
  while (at > 0 && (items[at - 1]?.position ?? 0) > item.position) at -= 1;
  if (items[at - 1]?.position === item.position) return items;
  return [...items.slice(0, at), item, ...items.slice(at)];
}

type Mark = "customer_saw" | "team_saw" | "read_position";

export function withMark(state: State, id: string, mark: Mark, position: number): State {
  const row = state.conversations[id];
  if (!row || row[mark] >= position) return state;
  return withRow(state, { ...row, [mark]: position });
}

function withCustomer(state: State, customer: CustomerBrief): State {
  const changed = Object.values(state.conversations).filter((row) => row.customer.id === customer.id);
  if (changed.length === 0) return state;
  const conversations = { ...state.conversations };
  for (const row of changed) conversations[row.id] = { ...row, customer };
  return { ...state, conversations };
}

function withAgent(state: State, agent: Agent): State {
  const agents = sortedAgents([...state.agents.filter((one) => one.id !== agent.id), agent]);
  return { ...state, agents, me: agent.id === state.me.id ? { ...state.me, ...agent } : state.me };
}

export function withMe(state: State, me: Me): State {
  const agents = state.agents.map((agent) => (agent.id === me.id ? face(me) : agent));
  return { ...state, me, agents };
}

function face({ id, name, role, picture, colour, disabled }: Me): Agent {
  return { id, name, role, picture, colour, disabled };
}
