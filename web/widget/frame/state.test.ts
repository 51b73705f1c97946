import { describe, expect, it } from "vitest";
import type { VisitorHello } from "../../wire/answers.ts";
import type { VisitorFact } from "../../wire/facts.ts";
import type { Message, VisitorConversation } from "../../wire/types.ts";
import { apply, empty, face, find, forgetWhispers, greet, hear, newestAnswer, opening, page, read, sent, type State, unread } from "./state.ts";

const maja = { id: "maja", name: "Maja Ekström", picture: null, colour: "teal" };

const conversation = (position: number, how: Partial<VisitorConversation> = {}): VisitorConversation => ({
  id: "c", agent: maja, closed: false, started_at: 1, last_at: position, last: null, last_position: position,
  customer_saw: 0, team_saw: 0, unread: 0, start: "s", ...how,
});
const message = (position: number, by: "customer" | "agent"): Message => ({
  id: `m${position}`, conversation_id: "c", position, at: position, by, agent_id: by === "agent" ? "maja" : null,
  text: `text ${position}`, files: [], client_id: `id${position}`,
});
const fact = (seq: number, kind: string, data: object) =>
  ({ is: "fact", seq, at: seq, kind, conversation_id: "c", customer_id: "x", data }) as VisitorFact;
const wrote = (position: number, how = {}) =>
  fact(position * 10, "CustomerWrote", { message: message(position, "customer"), conversation: conversation(position, how) });
const replied = (position: number, how = {}) =>
  fact(position * 10, "AgentReplied", { message: message(position, "agent"), conversation: conversation(position, how) });
const hello = (conversations: VisitorConversation[], seq = 1): VisitorHello => ({
  seq, company: { name: "Kvarn", colour: "#9c4426", greeting: "Hello" }, agents: [], here: [], answers_in: null,
  customer: conversations.length ? { id: "x", name: null } : null, conversations,
});
const positions = (state: State) => state.timelines.c?.items.map((item) => item.position);
const story = [wrote(1, { agent: null }), replied(2, { unread: 1, customer_saw: 1 }), wrote(3, { customer_saw: 3 }), replied(4, { unread: 1, customer_saw: 3 })];

describe("a fact", () => {
  it("brings a conversation and moves it to the top", () => {
    const state = apply(greet(empty, hello([conversation(1, { id: "old", start: null, last_at: 5 })])), wrote(9));
    expect(state.conversations.map((one) => one.id)).toEqual(["c", "old"]);
    expect(state.seq).toBe(90);
  });

  it("may come twice, and late, without harm", () => {
    const opened = opening(greet(empty, hello([])), "c");
    const once = story.reduce(apply, opened);
    const again = [...story, ...story].reduce(apply, opened);
    expect(again).toEqual(once);
    const shuffled = [3, 0, 2, 1].map((index) => story[index]!).reduce(apply, opened);
    expect(positions(shuffled)).toEqual([1, 2, 3, 4]);
    expect(find(shuffled, "c")?.last_position).toBe(4);
    expect(shuffled.seq).toBe(40);
  });

  it("beside a fresh answer leads to the same state as the answer alone", () => {
    const fresh = { seq: 40, items: story.map((one) => (one.data as { message: Message }).message), more: false };
    const before = story.slice(0, 2).reduce(apply, opening(greet(empty, hello([])), "c"));
    const paged = story.slice(2).reduce(apply, page(before, "c", fresh));
    expect(paged.timelines.c?.items).toEqual(fresh.items);
    expect(paged.timelines.c).toMatchObject({ more: false, loaded: true });
  });

  it("that falls between asking for a timeline and its answer is kept", () => {
    const asking = opening(greet(empty, hello([conversation(3)])), "c");
    const answered = page(apply(asking, replied(4)), "c", { seq: 30, items: [message(2, "agent"), message(3, "customer")], more: true });
    expect(positions(answered)).toEqual([2, 3, 4]);
  });

  it("for a timeline nobody opened changes only the conversation", () => {
    const state = apply(greet(empty, hello([])), wrote(1));
    expect(state.timelines).toEqual({});
    expect(find(state, "c")?.last_position).toBe(1);
  });

  it("closes and opens again, with a grey line", () => {
    const happening = { conversation_id: "c", position: 5, at: 5, what: "closed", agent_id: "maja", other_id: null };
    const opened = story.reduce(apply, opening(greet(empty, hello([])), "c"));
    const closed = apply(opened, fact(50, "ConversationClosed", { happening, conversation: conversation(5, { closed: true }) }));
    expect(find(closed, "c")?.closed).toBe(true);
    expect(positions(closed)).toEqual([1, 2, 3, 4, 5]);
    expect(find(apply(closed, story[1]!), "c")?.closed).toBe(true);
  });

  it("of a kind to come is not a fault", () => {
    expect(apply(empty, fact(7, "SomethingNew", {})).seq).toBe(7);
  });
});

describe("what was seen", () => {
  const opened = story.reduce(apply, opening(greet(empty, hello([])), "c"));

  it("only grows", () => {
    const state = apply(opened, fact(50, "AgentSaw", { conversation_id: "c", position: 3 }));
    expect(find(apply(state, fact(51, "AgentSaw", { conversation_id: "c", position: 1 })), "c")?.team_saw).toBe(3);
    expect(find(apply(state, story[3]!), "c")?.team_saw).toBe(3);
  });

  it("takes away what is unread", () => {
    expect(unread(opened)).toBe(1);
    expect(newestAnswer(opened, "c")).toBe(4);
    expect(unread(read(opened, "c", 4))).toBe(0);
  });

  it("is known here before the desk has heard of it", () => {
    const seen = read(opened, "c", 4);
    const next = apply(seen, replied(5, { unread: 2, customer_saw: 3 }));
    expect(unread(next)).toBe(1);
    expect(find(next, "c")?.customer_saw).toBe(4);
  });

  it("counts on what another tab saw", () => {
    const two = apply(opened, replied(5, { unread: 2, customer_saw: 3 }));
    expect(unread(apply(two, fact(60, "CustomerSaw", { conversation_id: "c", position: 4 })))).toBe(1);
    expect(unread(apply(two, fact(60, "CustomerSaw", { conversation_id: "c", position: 5 })))).toBe(0);
  });
});

describe("our own message", () => {
  it("stands in the timeline as soon as the desk has it, and its fact changes nothing", () => {
    const answer = { message: message(1, "customer"), conversation: conversation(1) };
    const state = sent(greet(empty, hello([])), answer);
    expect(state.timelines.c).toEqual({ items: [answer.message], more: false, loaded: true });
    expect(state.known).toBe(true);
    expect(apply(state, fact(10, "CustomerWrote", answer))).toEqual({ ...state, seq: 10 });
    expect(find(state, "s")).toBe(find(state, "c"));
  });
});

describe("a greeting", () => {
  it("drops timelines, because there may be gaps in them", () => {
    const state = greet(story.reduce(apply, opening(empty, "c")), hello([conversation(9)], 90));
    expect(state.timelines).toEqual({});
    expect(state.seq).toBe(90);
  });
});

describe("whispers", () => {
  const on = { is: "whisper", kind: "typing", conversation_id: "c", agent_id: "maja", on: true } as const;

  it("are forgotten with the socket, and typing ends with the answer", () => {
    const typing = hear(hear(empty, on), { is: "whisper", kind: "here", agents: ["maja"] });
    expect(typing).toMatchObject({ typing: { c: "maja" }, here: ["maja"] });
    expect(hear(typing, { ...on, on: false }).typing).toEqual({});
    expect(apply(typing, replied(2)).typing).toEqual({});
    expect(forgetWhispers(typing)).toMatchObject({ typing: {}, here: [] });
  });
});

describe("an agent", () => {
  it("is remembered from the conversation", () => {
    expect(face(apply(empty, replied(1)), "maja")).toEqual(maja);
  });
});
