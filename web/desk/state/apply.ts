import type { Fact } from "../../wire/facts.ts";
import type { Agent, Conversation, Counts, Me } from "../../wire/types.ts";
import { among, isAmongUs } from "./among.ts";
import { isOfCustomers, ofCustomers } from "./customers.ts";
import { isKept, kept } from "./kept.ts";
import { knowing } from "./knowing.ts";
import { withCount } from "./counts.ts";
import { counted, withWorn } from "./labels.ts";
import { withItem } from "./notes.ts";
import { isProfiled, profiled, type Profiled } from "./profiles.ts";
import { proposed, rejected, withoutProposal } from "./proposals.ts";
import { withConversation, withMark } from "./rows.ts";
import { withOne, type State } from "./state.ts";

export { fromSnapshot, type Snapshot, type State } from "./state.ts";

/** The one way facts change what we hold. A fact we already have changes nothing. */
export function apply(state: State, fact: Fact): State {
  if (fact.seq <= state.seq) return state;
  // Whoever shows who is blocked asks again.
  if (fact.kind === "CustomerBlocked") return { ...state, seq: fact.seq };
  return { ...(isProfiled(fact) ? profiled(state, fact) : changed(state, fact)), seq: fact.seq };
}

function changed(state: State, fact: Exclude<Fact, Profiled | { kind: "CustomerBlocked" }>): State {
  if (isAmongUs(fact)) return among(state, fact);
  if (isKept(fact)) return kept(state, fact);
  if (isOfCustomers(fact)) return ofCustomers(state, fact);
  switch (fact.kind) {
    case "ConversationStarted":
      return started(state, fact.data.conversation);
    case "CustomerWrote":
    case "AgentReplied":
      return withItem(withoutProposal(moved(state, fact), fact.data.message.conversation_id), fact.data.message);
    case "ConversationClosed":
      return withItem(withoutProposal(moved(state, fact), fact.data.conversation.id), fact.data.happening);
    case "ConversationTaken":
      return withItem(moved(state, fact), fact.data.happening);
    case "ConversationReleased":
    case "ConversationReopened":
    case "ConversationContinued":
    case "ConversationHandedOver":
      return withItem(withoutProposal(moved(state, fact), fact.data.conversation.id), fact.data.happening);
    case "Labelled":
    case "Unlabelled":
      return withWorn(moved(state, fact), fact.data.conversation.id, fact);
    case "ConversationSnoozed":
    case "ConversationWoke":
      return moved(state, fact);
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
  const now = { ...conversation, snoozed: conversation.snoozed_until !== null };
  const placed = withCount(withCount(state.counts, state.me.id, was, -1), state.me.id, now, 1);
  const counts = was && was.closed !== conversation.closed ? withLabels(placed, conversation) : placed;
  return withConversation({ ...state, counts }, conversation, readUpTo(fact));
}

// What we have not read of a conversation that we did not hold until now.
function readUpTo(fact: Moving): number {
  const { asked_position } = fact.data.conversation;
  if (fact.data.was === null) return 0;
  return fact.kind === "CustomerWrote" ? asked_position - 1 : asked_position;
}

function started(state: State, conversation: Conversation): State {
  const counts = withCount(state.counts, state.me.id, { ...conversation, snoozed: false }, 1);
  const timelines = { [conversation.id]: [], ...state.timelines };
  const labelled = { [conversation.id]: [], ...state.labelled };
  return withConversation({ ...state, counts, timelines, labelled }, conversation, 0);
}

// It was closed, or opened again: so it counts under its labels no more, or again.
function withLabels(counts: Counts, { labels, closed }: Conversation): Counts {
  return { ...counts, labels: labels.reduce((now, id) => counted(now, id, closed ? -1 : 1), counts.labels) };
}

function withAgent(state: State, agent: Agent): State {
  const agents = withOne(state.agents, agent);
  return { ...state, agents, me: agent.id === state.me.id ? { ...state.me, ...agent } : state.me };
}

export function withMe(state: State, me: Me): State {
  const agents = state.agents.map((agent) => (agent.id === me.id ? face(me) : agent));
  return { ...state, me, agents };
}

function face({ id, name, role, picture, colour, disabled }: Me): Agent {
  return { id, name, role, picture, colour, disabled };
}
