import { describe, expect, it } from "vitest";
import type { Proposal, Suggestion } from "../../wire/knowing.ts";
import { apply } from "./apply.ts";
import { withProposal } from "./merge.ts";
import { fact, happening, ME, message, row, shared, stateOf } from "./story.ts";

const OPEN = { owner_id: null, closed: false, team_id: null, snoozed: false };

function suggestion(id: string): Suggestion {
  return {
    id, passage_id: `p-${id}`, text: `Answer ${id}`, blanks: [], origins: [], confidence: 0.9, sure: "sure", one_click: true, drafted: false,
  };
}

function proposal(conversation: string, position: number, ...ids: string[]): Proposal {
  return { conversation_id: conversation, position, suggestions: ids.map(suggestion) };
}

const STATE = stateOf([row("a"), row("b")], { proposals: { a: proposal("a", 1, "x", "y"), b: proposal("b", 1, "z") } });
const shownIn = (state: typeof STATE, id: string) => state.proposals[id]?.suggestions.map((one) => one.id);
const wrote = fact(11, "CustomerWrote", { message: message("a", 2), conversation: shared(row("a", { last_position: 2, asked_position: 2 })), was: OPEN });
const suggested = (seq: number, what: Proposal) => fact(seq, "AnswersSuggested", { customer_id: "of-a", proposal: what } as never);

describe("what is suggested", () => {
  it("comes with its fact, and takes the place of what was", () => {
    const next = apply(STATE, suggested(11, proposal("a", 1, "v")));
    expect(shownIn(next, "a")).toEqual(["v"]);
    expect(shownIn(next, "b")).toEqual(["z"]);
  });

  it("goes when the customer writes again, and the new answers come", () => {
    const asked = apply(STATE, wrote);
    expect(asked.proposals.a).toBeUndefined();
    expect(shownIn(asked, "b")).toEqual(["z"]);
    expect(shownIn(apply(asked, suggested(12, proposal("a", 2, "w"))), "a")).toEqual(["w"]);
  });

  it("is withdrawn when somebody answered", () => {
    const reply = message("a", 2, { by: "agent", agent_id: "oskar" });
    const next = apply(STATE, fact(11, "AgentReplied", { message: reply, conversation: shared(row("a", { last_position: 2 })), was: OPEN }));
    expect(Object.keys(next.proposals)).toEqual(["b"]);
  });

  it("is withdrawn when the conversation closes", () => {
    const closed = shared(row("a", { closed: true, last_position: 2 }));
    const next = apply(STATE, fact(11, "ConversationClosed", { happening: happening("a", 2, "closed", ME.id), conversation: closed, was: OPEN }));
    expect(Object.keys(next.proposals)).toEqual(["b"]);
  });

  it("stays when the conversation is only taken", () => {
    const taken = shared(row("a", { owner_id: "oskar", last_position: 2 }));
    const next = apply(STATE, fact(11, "ConversationTaken", { happening: happening("a", 2, "taken", "oskar"), conversation: taken, was: OPEN }));
    expect(shownIn(next, "a")).toEqual(["x", "y"]);
  });

  it("loses the one that was rejected, and no other", () => {
    const gone = { conversation_id: "a", suggestion_id: "x", agent_id: "oskar" };
    expect(shownIn(apply(STATE, fact(11, "SuggestionRejected", gone)), "a")).toEqual(["y"]);
    expect(apply(STATE, fact(11, "SuggestionRejected", { ...gone, conversation_id: "unknown" })).proposals).toBe(STATE.proposals);
  });

  it("may be nothing, which is an answer too", () => {
    expect(shownIn(apply(STATE, suggested(11, proposal("a", 1))), "a")).toEqual([]);
  });
});

describe("suggestions that were fetched", () => {
  const none = stateOf([row("a")]);

  it("join what is held", () => {
    expect(shownIn(withProposal(none, { seq: 10, proposal: proposal("a", 1, "x") }, []), "a")).toEqual(["x"]);
  });

  it("are none when they were overtaken on their way", () => {
    expect(withProposal(none, { seq: 10, proposal: proposal("a", 1, "x") }, [wrote]).proposals.a).toBeUndefined();
  });

  it("are brought up to date by what came in the meantime", () => {
    const facts = [wrote, suggested(12, proposal("a", 2, "w", "v")), fact(13, "SuggestionRejected", { conversation_id: "a", suggestion_id: "w", agent_id: "oskar" })];
    expect(shownIn(withProposal(none, { seq: 10, proposal: proposal("a", 1, "x") }, facts), "a")).toEqual(["v"]);
  });

  it("never take the place of newer ones", () => {
    const newer = stateOf([row("a")], { proposals: { a: proposal("a", 3, "new") } });
    expect(shownIn(withProposal(newer, { seq: 10, proposal: proposal("a", 1, "old") }, []), "a")).toEqual(["new"]);
  });
});
