import type { Fact } from "../../wire/facts.ts";
import type { Answered, NoteAnswer, RowAnswer, RowsAnswer, SentAnswer, ThreadShown, TimelineAnswer } from "../../wire/answers.ts";
import type { ProposalAnswer } from "../../wire/knowing.ts";
import type { Order, Row } from "../../wire/types.ts";
import { apply } from "./apply.ts";
import { withLabelling } from "./labels.ts";
import { withPage } from "./lists.ts";
import { joined, withAnswer, withItem, withThread, withThreadRead } from "./notes.ts";
import { proposed, withoutProposal } from "./proposals.ts";
import { withConversation, withOwnRow } from "./rows.ts";
import { type Filters, fromSnapshot, type Place, type State } from "./state.ts";

// What was fetched is as old as its `seq`, and facts may have come in the meantime. Everything that
// joins what we hold is first brought up to date by the same reducer, from the facts kept for that.

/** Newest facts, so that an answer on its way can be brought up to date. */
export class Recent {
  private readonly facts: Fact[] = [];
  private from = 0;

  constructor(seq: number, private readonly keep = 1000) {
    this.from = seq;
  }

  add(fact: Fact): void {
    this.facts.push(fact);
    if (this.facts.length <= this.keep) return;
    const dropped = this.facts.shift();
    if (dropped) this.from = dropped.seq;
  }

  /** Null when the answer is older than what is kept: fetch it again. */
  since(seq: number): Fact[] | null {
    return seq < this.from ? null : this.facts.filter((fact) => fact.seq > seq);
  }
}

export function withRows(state: State, rows: readonly Row[], facts: readonly Fact[]): State {
  const fresh = upToDate(state, rows, {}, facts);
  let next = state;
  for (const { id } of rows) {
    const row = fresh.conversations[id];
    if (row) next = withOwnRow(next, row);
  }
  return next;
}

export function withListPage(
  state: State, list: { place: Place; closed: boolean; order: Order; filters?: Filters }, answer: RowsAnswer, facts: readonly Fact[],
): State {
  return withPage(withRows(state, answer.rows, facts), { filters: {}, ...list, next: answer.next }, answer.rows);
}

/** `older` says whether there is more before; null when the page only continues at its newer end. */
export function withTimeline(
  state: State, id: string, answer: TimelineAnswer, facts: readonly Fact[], older: boolean | null,
): State {
  const told = upToDate(state, [], { [id]: answer.items }, facts, { [id]: answer.labelled });
  const items = joined(state.timelines[id] ?? [], told.timelines[id] ?? []);
  const next = Object.entries(answer.threads).reduce((now, [note, place]) => withThreadRead(now, note, place), state);
  return {
    ...withLabelling(next, id, told.labelled[id] ?? []),
    timelines: { ...state.timelines, [id]: items },
    older: older === null ? state.older : { ...state.older, [id]: older },
  };
}

/** A conversation with what wears which label there. */
export function withLabelled(state: State, { conversation, labelled }: RowAnswer, facts: readonly Fact[]): State {
  const told = upToDate(state, [], {}, facts, { [conversation.id]: labelled });
  return withLabelling(withRows(state, [conversation], facts), conversation.id, told.labelled[conversation.id] ?? []);
}

/** A proposal that was overtaken on its way is none. */
export function withProposal(state: State, { proposal }: ProposalAnswer, facts: readonly Fact[]): State {
  const bare = fromSnapshot({ ...state, conversations: {}, timelines: {}, proposals: { [proposal.conversation_id]: proposal }, seq: 0 });
  const fresh = facts.reduce(apply, bare).proposals[proposal.conversation_id];
  return fresh ? proposed(state, fresh) : state;
}

/** A thread that was opened. */
export function withThreadAnswer(state: State, { note, answers, read_place }: ThreadShown, facts: readonly Fact[]): State {
  const bare = fromSnapshot({ ...state, threads: { [note.id]: answers }, seq: 0 });
  const fresh = facts.reduce(apply, bare).threads[note.id] ?? answers;
  return withThreadRead(withThread(withItem(state, note), note.id, fresh), note.id, read_place);
}

function upToDate(
  state: State, rows: readonly Row[], timelines: State["timelines"], facts: readonly Fact[], labelled: State["labelled"] = {},
): State {
  const conversations = Object.fromEntries(rows.map((row) => [row.id, row]));
  const bare = fromSnapshot({ ...state, conversations, timelines, labelled, seq: 0 });
  return facts.reduce(apply, bare);
}

/** The answer to a message of ours, which may come before its facts do. */
export function withSent(state: State, { message, conversation }: SentAnswer): State {
  const next = withConversation(withoutProposal(state, conversation.id), conversation, conversation.asked_position);
  return withItem(next, message);
}

/** The answer to words of mine that stay among us. */
export function withNote(state: State, said: NoteAnswer | Answered): State {
  const next = withItem(state, said.note);
  return "answer" in said ? withAnswer(next, said.answer) : next;
}
