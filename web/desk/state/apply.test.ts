import { describe, expect, it } from "vitest";
import { apply } from "./apply.ts";
import { listKey, withPage } from "./lists.ts";
import { countsOf, fact, happening, ME, message, OSKAR, row, shared, stateOf } from "./story.ts";

const OPEN = { owner_id: null, closed: false, team_id: null, snoozed: false };
const MINE = { ...OPEN, owner_id: ME.id };

describe("apply", () => {
  it("ignores a fact it already has", () => {
    const state = stateOf([row("a")]);
    const old = fact(10, "ConversationRead", { conversation_id: "a", position: 1 });
    expect(apply(state, old)).toBe(state);
  });

  it("remembers the newest number, also of a kind it does not know", () => {
    const unknown = { ...fact(11, "CompanyChanged", { company: stateOf([]).company }), kind: "SomethingLater" } as never;
    expect(apply(stateOf([]), unknown).seq).toBe(11);
  });

  it("starts a conversation: counted, and its timeline known from the first word", () => {
    const started = row("a", { last_position: 0, asked_position: 0 });
    const first = apply(stateOf([]), fact(11, "ConversationStarted", { conversation: shared(started), was: null }));
    const wrote = { message: message("a", 1), conversation: shared(row("a")), was: OPEN };
    const next = apply(first, fact(12, "CustomerWrote", wrote));
    expect(next.counts).toEqual(countsOf({ mine: 0, unassigned: 1 }));
    expect(next.timelines.a).toEqual([message("a", 1)]);
    expect(next.conversations.a).toMatchObject({ asked_position: 1, read_position: 0 });
  });

  it("moves the counts by what the conversation was, not by what is held", () => {
    const state = stateOf([], { counts: countsOf({ mine: 3, unassigned: 5 }) });
    const taken = row("a", { owner_id: ME.id, last_position: 2 });
    const next = apply(state, fact(11, "ConversationTaken", { happening: happening("a", 2, "taken", ME.id), conversation: shared(taken), was: OPEN }));
    expect(next.counts).toEqual(countsOf({ mine: 4, unassigned: 4 }));
  });

  it("gives a conversation back to Unassigned when its agent left", () => {
    const state = stateOf([row("a", { owner_id: ME.id })], { counts: countsOf({ mine: 1, unassigned: 0 }) });
    const free = row("a", { last_position: 2 });
    const next = apply(state, fact(11, "ConversationReleased", { happening: happening("a", 2, "released", OSKAR.id), conversation: shared(free), was: MINE }));
    expect(next.counts).toEqual(countsOf({ mine: 0, unassigned: 1 }));
    expect(next.conversations.a?.owner_id).toBeNull();
  });

  it("counts closed conversations nowhere", () => {
    const state = stateOf([row("a", { owner_id: ME.id })], { counts: countsOf({ mine: 1, unassigned: 0 }) });
    const closed = row("a", { owner_id: ME.id, closed: true, last_position: 2 });
    const data = { happening: happening("a", 2, "closed", ME.id), conversation: shared(closed), was: MINE };
    expect(apply(state, fact(11, "ConversationClosed", data)).counts).toEqual(countsOf({ mine: 0, unassigned: 0 }));
  });

  it("keys a timeline by position, whatever comes twice or out of order", () => {
    const state = stateOf([row("a")], { timelines: { a: [message("a", 1), message("a", 3)] } });
    const conversation = shared(row("a", { last_position: 3 }));
    const late = apply(state, fact(11, "CustomerWrote", { message: message("a", 2), conversation, was: OPEN }));
    const again = apply(late, fact(12, "CustomerWrote", { message: message("a", 3), conversation, was: OPEN }));
    expect(again.timelines.a?.map((item) => item.position)).toEqual([1, 2, 3]);
  });

  it("leaves timelines that nobody opened unknown", () => {
    const data = { message: message("a", 2), conversation: shared(row("a", { last_position: 2 })), was: OPEN };
    expect(apply(stateOf([row("a")]), fact(11, "CustomerWrote", data)).timelines).toEqual({});
  });

  it("keeps what I have read when the conversation moves on", () => {
    const state = stateOf([row("a", { read_position: 1 })]);
    const data = { message: message("a", 2), conversation: shared(row("a", { last_position: 2, asked_position: 2 })), was: OPEN };
    expect(apply(state, fact(11, "CustomerWrote", data)).conversations.a).toMatchObject({ asked_position: 2, read_position: 1 });
  });

  it("never goes back to an older conversation, nor unsees", () => {
    const state = stateOf([row("a", { last_position: 5, customer_saw: 5, team_saw: 4 })]);
    const old = { message: message("a", 3), conversation: shared(row("a", { last_position: 3, customer_saw: 2, team_saw: 1 })), was: OPEN };
    const next = apply(state, fact(11, "CustomerWrote", old));
    expect(next.conversations.a).toMatchObject({ last_position: 5, customer_saw: 5, team_saw: 4 });
    expect(apply(next, fact(12, "CustomerSaw", { conversation_id: "a", position: 3 })).conversations.a?.customer_saw).toBe(5);
  });

  it("marks what was seen and read", () => {
    let state = stateOf([row("a", { customer_saw: 0 })]);
    state = apply(state, fact(11, "CustomerSaw", { conversation_id: "a", position: 1 }));
    state = apply(state, fact(12, "AgentSaw", { conversation_id: "a", position: 1, agent_id: OSKAR.id }));
    state = apply(state, fact(13, "ConversationRead", { conversation_id: "a", position: 1 }));
    expect(state.conversations.a).toMatchObject({ customer_saw: 1, team_saw: 1, read_position: 1 });
  });

  it("knows a conversation it did not hold as unread only when its customer wrote", () => {
    const far = row("a", { owner_id: ME.id, last_position: 7, asked_position: 7 });
    const wrote = fact(11, "CustomerWrote", { message: message("a", 7), conversation: shared(far), was: MINE });
    expect(apply(stateOf([]), wrote).conversations.a?.read_position).toBe(6);
    const closed = fact(11, "ConversationClosed", { happening: happening("a", 8, "closed", ME.id), conversation: shared({ ...far, closed: true, last_position: 8 }), was: MINE });
    expect(apply(stateOf([]), closed).conversations.a?.read_position).toBe(7);
  });

  it("renames a customer in every conversation of theirs", () => {
    const customer = { id: "ines", called: "Visitor Maple", named: false, proven: false };
    const state = stateOf([row("a", { customer }), row("b", { customer }), row("c")]);
    const named = { ...customer, called: "Ines Oliveira", named: true };
    const next = apply(state, fact(11, "CustomerChanged", { customer: named }));
    expect([next.conversations.a?.customer.called, next.conversations.b?.customer.called, next.conversations.c?.customer.called])
      .toEqual(["Ines Oliveira", "Ines Oliveira", "Stockholm lead"]);
  });

  it("adds and changes agents, and me among them", () => {
    const leila = { ...OSKAR, id: "leila", name: "Leila Haddad" };
    let state = apply(stateOf([]), fact(11, "AgentAdded", { agent: leila }));
    state = apply(state, fact(12, "AgentChanged", { agent: { ...OSKAR, disabled: true } }));
    state = apply(state, fact(13, "AgentChanged", { agent: { ...OSKAR, id: ME.id, name: "Maja E.", role: "agent" } }));
    expect(state.agents.map(({ id, disabled }) => [id, disabled])).toEqual([["leila", false], ["maja", false], ["oskar", true]]);
    expect(state.me).toMatchObject({ name: "Maja E.", role: "agent", email: ME.email });
  });

  it("changes my own choices and the company", () => {
    let state = apply(stateOf([]), fact(11, "PreferencesChanged", { me: { ...ME, name: "Maja", preferences: { ...ME.preferences, sound: false } } }));
    state = apply(state, fact(12, "CompanyChanged", { company: { ...state.company, name: "Kvarn" } }));
    expect(state.me.preferences.sound).toBe(false);
    expect(state.agents.find((agent) => agent.id === ME.id)?.name).toBe("Maja");
    expect(state.company.name).toBe("Kvarn");
  });
});

describe("lists", () => {
  const mine = (id: string, at: number) => row(id, { owner_id: ME.id, last_at: at });
  const key = listKey("mine", false, "newest");
  const page = { place: "mine", closed: false, order: "newest", filters: {}, next: null } as const;
  const loaded = (next: string | null = null) => {
    const rows = [mine("c", 30), mine("b", 20), mine("a", 10)];
    return withPage(stateOf(rows), { ...page, next }, rows);
  };
  const wrote = (id: string, at: number, position = 2) => {
    const after = { ...mine(id, at), last_position: position, asked_position: position };
    return fact(11, "CustomerWrote", { message: message(id, position), conversation: shared(after), was: MINE });
  };

  it("puts the newest first and moves a row when its customer writes", () => {
    expect(loaded().lists[key]?.ids).toEqual(["c", "b", "a"]);
    expect(apply(loaded(), wrote("a", 40)).lists[key]?.ids).toEqual(["a", "c", "b"]);
  });

  it("lets a row enter when it becomes mine and leave when it is closed", () => {
    const taken = row("d", { owner_id: ME.id, last_at: 25, last_position: 2 });
    const state = apply(loaded(), fact(11, "ConversationTaken", { happening: happening("d", 2, "taken", ME.id), conversation: shared(taken), was: OPEN }));
    expect(state.lists[key]?.ids).toEqual(["c", "d", "b", "a"]);
    const closed = { ...taken, closed: true, last_position: 3 };
    const next = apply(state, fact(12, "ConversationClosed", { happening: happening("d", 3, "closed", ME.id), conversation: shared(closed), was: MINE }));
    expect(next.lists[key]?.ids).toEqual(["c", "b", "a"]);
  });

  it("keeps out what lies beyond the last page", () => {
    expect(apply(loaded("more"), wrote("z", 5)).lists[key]?.ids).toEqual(["c", "b", "a"]);
    expect(apply(loaded(), wrote("z", 5)).lists[key]?.ids).toEqual(["c", "b", "a", "z"]);
  });

  it("orders rows of one moment by their ids, the same way as the desk", () => {
    const rows = [mine("b", 10), mine("a", 10)];
    expect(withPage(stateOf(rows), page, rows).lists[key]?.ids).toEqual(["b", "a"]);
    const oldest = { ...page, order: "oldest" } as const;
    expect(withPage(stateOf(rows), oldest, rows).lists[listKey("mine", false, "oldest")]?.ids).toEqual(["a", "b"]);
  });

  it("leaves the same array where nothing moved", () => {
    const state = loaded();
    expect(apply(state, fact(11, "CustomerSaw", { conversation_id: "a", position: 2 })).lists[key]?.ids).toBe(state.lists[key]?.ids);
  });
});
