import type { Proposal } from "../../wire/knowing.ts";
import type { State } from "./state.ts";

/** What lies under a conversation from now on, in place of whatever did. None is an answer too. */
export function proposed(state: State, proposal: Proposal): State {
  const before = state.proposals[proposal.conversation_id];
  if (before && before.position > proposal.position) return state;
  return { ...state, proposals: { ...state.proposals, [proposal.conversation_id]: proposal } };
}

/** Overtaken: the customer wrote again, or somebody answered. */
export function withoutProposal(state: State, conversation: string): State {
  if (!(conversation in state.proposals)) return state;
  const { [conversation]: _, ...proposals } = state.proposals;
  return { ...state, proposals };
}

export function rejected(state: State, { conversation_id: id, suggestion_id }: { conversation_id: string; suggestion_id: string }): State {
  const before = state.proposals[id];
  if (!before) return state;
  const suggestions = before.suggestions.filter((one) => one.id !== suggestion_id);
  return { ...state, proposals: { ...state.proposals, [id]: { ...before, suggestions } } };
}
