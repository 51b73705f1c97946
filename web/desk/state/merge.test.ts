import { describe, expect, it } from "vitest";
import { apply } from "./apply.ts";
import { listKey } from "./lists.ts";
import { Recent, withListPage, withRows, withSent, withTimeline } from "./merge.ts";
import { fact, ME, message, row, shared, stateOf } from "./story.ts";

const OPEN = { owner_id: null, closed: false, team_id: null, snoozed: false };

describe("what was fetched", () => {
  it("is brought up to date by the facts that came meanwhile", () => {
    const facts = [fact(11, "CustomerSaw", { conversation_id: "a", position: 4 }), fact(12, "ConversationRead", { conversation_id: "a", position: 3 })];
    const state = facts.reduce(apply, stateOf([]));
    const next = withRows(state, [row("a", { last_position: 4, customer_saw: 1 })], facts);
    expect(next.conversations.a).toMatchObject({ customer_saw: 4, read_position: 3 });
    expect(next.counts).toEqual(state.counts);
  });

  it("does not put an older row over a newer one", () => {
    const state = stateOf([row("a", { last_position: 5, read_position: 2 })]);
    const next = withRows(state, [row("a", { last_position: 3, read_position: 3 })], []);
    expect(next.conversations.a).toMatchObject({ last_position: 5, read_position: 3 });
  });

  it("joins pages of a list, and rows that came while a page was on its way", () => {
    const list = { place: "mine", closed: false, order: "newest" } as const;
    const mine = (id: string, at: number) => row(id, { owner_id: ME.id, last_at: at });
    const first = withListPage(stateOf([mine("x", 99), mine("y", 1)]), list, { seq: 10, rows: [mine("c", 30), mine("b", 20)], next: "n" }, []);
    expect(first.lists[listKey("mine", false, "newest")]?.ids).toEqual(["x", "c", "b"]);
    const second = withListPage(first, list, { seq: 10, rows: [mine("a", 10)], next: null }, []);
    expect(second.lists[listKey("mine", false, "newest")]?.ids).toEqual(["x", "c", "b", "a", "y"]);
  });

  it("adds to a timeline what came between asking and answering", () => {
    const facts = [fact(11, "CustomerWrote", { message: message("a", 3), conversation: shared(row("a", { last_position: 3 })), was: OPEN })];
    const next = withTimeline(stateOf([row("a")]), "a", { seq: 10, items: [message("a", 2)], more: true, threads: {}, labelled: [] }, facts, true);
    expect(next.timelines.a?.map((item) => item.position)).toEqual([2, 3]);
    expect(next.older.a).toBe(true);
  });

  it("puts earlier messages before what is there", () => {
    const state = stateOf([row("a")], { timelines: { a: [message("a", 3)] }, older: { a: true } });
    const next = withTimeline(state, "a", { seq: 10, items: [message("a", 1), message("a", 2)], more: false, threads: {}, labelled: [] }, [], false);
    expect(next.timelines.a?.map((item) => item.position)).toEqual([1, 2, 3]);
    expect(next.older.a).toBe(false);
  });

  it("shows a message of mine once, whether its answer or its fact comes first", () => {
    const after = shared(row("a", { owner_id: ME.id, last_position: 2 }));
    const said = message("a", 2, { by: "agent", agent_id: ME.id });
    const replied = fact(11, "AgentReplied", { message: said, conversation: after, was: OPEN });
    const state = stateOf([row("a")], { timelines: { a: [message("a", 1)] } });
    const answered = apply(withSent(state, { message: said, conversation: after }), replied);
    expect(answered.timelines).toEqual(withSent(apply(state, replied), { message: said, conversation: after }).timelines);
    expect(answered.timelines.a).toHaveLength(2);
  });
});

describe("recent facts", () => {
  it("are told from a number on, as long as they are kept", () => {
    const recent = new Recent(10, 2);
    for (const seq of [11, 12, 13]) recent.add(fact(seq, "CompanyChanged", { company: stateOf([]).company }));
    expect(recent.since(11)?.map(({ seq }) => seq)).toEqual([12, 13]);
    expect(recent.since(13)).toEqual([]);
    expect(recent.since(10)).toBeNull();
  });
});
