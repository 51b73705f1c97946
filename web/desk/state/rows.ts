import type { Conversation, Mention, Row } from "../../wire/types.ts";
import { relist } from "./lists.ts";
import { ownFrom, ownOf, type State } from "./state.ts";

/** Puts a conversation in place of what we had, unless what we had is newer. `read` is for one we did not have. */
export function withConversation(state: State, conversation: Conversation, read: number): State {
  const before = state.conversations[conversation.id];
  if (!before) return withRow(state, { ...conversation, ...ownFrom(read) });
  const newer = conversation.last_position >= before.last_position ? conversation : before;
  return withRow(state, {
    ...newer,
    customer_saw: Math.max(before.customer_saw, conversation.customer_saw),
    team_saw: Math.max(before.team_saw, conversation.team_saw),
    ...ownOf(before),
  });
}

/** The same, with what is mine alone as the desk has just told it. */
export function withOwnRow(state: State, row: Row): State {
  const next = withConversation(state, row, row.read_position);
  const now = next.conversations[row.id] ?? row;
  return withRow(next, { ...now, ...ownOf(row), read_position: Math.max(now.read_position, row.read_position) });
}

export function withRow(state: State, row: Row): State {
  const before = state.conversations[row.id];
  const next = { ...state, conversations: { ...state.conversations, [row.id]: row } };
  return { ...next, lists: relist(next, before, row) };
}

type Mark = "customer_saw" | "team_saw" | "read_position";

export function withMark(state: State, id: string, mark: Mark, position: number): State {
  const row = state.conversations[id];
  if (!row || row[mark] >= position) return state;
  return withRow(state, { ...row, [mark]: position });
}

export function withMention(state: State, id: string, mention: Mention | null): State {
  const row = state.conversations[id];
  return row ? withRow(state, { ...row, mention }) : state;
}
