import { describe, expect, it } from "vitest";
import type { Mention, Note, Notice, ThreadAnswer } from "../../wire/types.ts";
import { apply } from "./apply.ts";
import { withThreadAnswer, withTimeline } from "./merge.ts";
import { fact, happening, MAJA, message, OSKAR, row, shared, stateOf } from "./story.ts";

const NOBODY = { agents: [], teams: [] };

function note(id: string, position: number, changes: Partial<Note> = {}): Note {
  return {
    id, conversation_id: "a", position, at: 1000, agent_id: OSKAR.id, text: `note ${id}`, edited_at: null, deleted_at: null,
    answers: 0, answered_at: null, mentions: NOBODY, ...changes,
  };
}

function answer(place: number, changes: Partial<ThreadAnswer> = {}): ThreadAnswer {
  return {
    id: `t${place}`, note_id: "n", conversation_id: "a", place, at: 1000, agent_id: MAJA.id, text: `answer ${place}`, edited_at: null,
    deleted_at: null, mentions: NOBODY, ...changes,
  };
}

const mention: Mention = { note_id: "n", answer_id: null, agent_id: OSKAR.id, at: 1000, text: "Look" };

describe("notes", () => {
  it("stand under the item of their position, in the order in which they were written", () => {
    let state = stateOf([row("a")], { timelines: { a: [message("a", 1), happening("a", 2, "taken", MAJA.id)] } });
    state = apply(state, fact(11, "NoteAdded", { note: note("late", 1, { at: 3000 }) }));
    state = apply(state, fact(12, "NoteAdded", { note: note("early", 1, { at: 2000 }) }));
    expect(state.timelines.a?.map((item) => ("text" in item ? item.text : item.what))).toEqual(["words 1", "note early", "note late", "taken"]);
  });

  it("are replaced by newer words, and never stand twice", () => {
    let state = stateOf([row("a")], { timelines: { a: [message("a", 1), note("n", 1)] } });
    state = apply(state, fact(11, "NoteChanged", { note: note("n", 1, { text: "", deleted_at: 4000 }) }));
    expect(state.timelines.a).toHaveLength(2);
    expect(state.timelines.a?.[1]).toMatchObject({ text: "", deleted_at: 4000 });
  });

  it("move no conversation", () => {
    const state = stateOf([row("a")]);
    const next = apply(state, fact(11, "NoteAdded", { note: note("n", 1) }));
    expect(next.conversations).toBe(state.conversations);
    expect(next.timelines).toEqual({});
  });

  it("further back than is held wait for their page, so that it does not begin with them", () => {
    const state = stateOf([row("a")], { timelines: { a: [message("a", 50)] }, older: { a: true } });
    expect(apply(state, fact(11, "NoteChanged", { note: note("n", 3) })).timelines).toBe(state.timelines);
    const whole = { ...state, older: { a: false } };
    expect(apply(whole, fact(11, "NoteAdded", { note: note("n", 3) })).timelines.a).toHaveLength(2);
  });

  it("come with the timeline, and with how far their threads were read", () => {
    const next = withTimeline(stateOf([row("a")]), "a", { seq: 10, items: [message("a", 1), note("n", 1)], more: false, threads: { n: 2 }, labelled: [] }, [], false);
    expect(next.timelines.a).toHaveLength(2);
    expect(next.thread_read).toEqual({ n: 2 });
  });
});

describe("threads", () => {
  it("hold answers by their place, once they were opened", () => {
    let state = withThreadAnswer(stateOf([row("a")]), { seq: 10, note: note("n", 1), answers: [answer(1)], read_place: 1 }, []);
    state = apply(state, fact(11, "ThreadAnswered", { note: note("n", 1, { answers: 2 }), answer: answer(2) }));
    state = apply(state, fact(12, "ThreadAnswerChanged", { note: note("n", 1, { answers: 2 }), answer: answer(1, { text: "" }) }));
    expect(state.threads.n?.map(({ text }) => text)).toEqual(["", "answer 2"]);
    state = apply(state, fact(13, "ThreadRead", { conversation_id: "a", note_id: "n", place: 2 }));
    expect(state.thread_read.n).toBe(2);
  });

  it("that nobody opened stay unknown", () => {
    const next = apply(stateOf([row("a")]), fact(11, "ThreadAnswered", { note: note("n", 1, { answers: 5 }), answer: answer(5) }));
    expect(next.threads).toEqual({});
  });
});

describe("mentions, teams, the bell", () => {
  it("call until I looked", () => {
    const called = apply(stateOf([]), fact(11, "Mentioned", { row: row("a", { mention, read_position: 1 }), open: 1 }));
    expect(called.conversations.a).toMatchObject({ mention, read_position: 1 });
    expect(called.counts.mentions).toBe(1);
    const looked = apply(called, fact(12, "MentionsLookedAt", { conversation_id: "a", mention: null, open: 0 }));
    expect(looked.conversations.a?.mention).toBeNull();
    expect(looked.counts.mentions).toBe(0);
  });

  it("stay when the conversation moves on", () => {
    const state = stateOf([row("a", { mention })]);
    const wrote = fact(11, "CustomerWrote", {
      message: message("a", 2), conversation: shared(row("a", { last_position: 2 })), was: { owner_id: null, closed: false, team_id: null, snoozed: false },
    });
    expect(apply(state, wrote).conversations.a?.mention).toEqual(mention);
  });

  it("count what waits in each queue, and hold no empty one", () => {
    const was = { owner_id: null, closed: false, team_id: "t", snoozed: false };
    const state = stateOf([row("a", { team_id: "t" })], { counts: { ...stateOf([]).counts, unassigned: 1, teams: { t: 1 } } });
    const handed = { happening: happening("a", 2, "handed_over", MAJA.id), conversation: shared(row("a", { owner_id: OSKAR.id, team_id: "t", last_position: 2 })), was };
    expect(apply(state, fact(11, "ConversationHandedOver", handed)).counts).toMatchObject({ unassigned: 0, teams: {} });
  });

  it("ring, newest first, until they are seen", () => {
    const one = (id: string, at: number): Notice => ({ id, at, kind: "noted", conversation_id: "a", by_id: OSKAR.id, note_id: "n", excerpt: "Look", seen: false });
    let state = apply(stateOf([]), fact(11, "NoticeGiven", { notice: one("x", 1), unseen: 1 }));
    state = apply(state, fact(12, "NoticeGiven", { notice: one("y", 2), unseen: 2 }));
    expect(state.notices.items.map(({ id }) => id)).toEqual(["y", "x"]);
    state = apply(state, fact(13, "NoticesSeen", { ids: ["y"], unseen: 1 }));
    expect(state.notices).toMatchObject({ unseen: 1, items: [{ id: "y", seen: true }, { id: "x", seen: false }] });
  });
});
