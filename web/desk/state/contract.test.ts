import { describe, expect, it } from "vitest";
import type { Fact } from "../../wire/facts.ts";
import { apply, fromSnapshot, type Snapshot, type State } from "./apply.ts";

// Days at the real desk, recorded by tests/live/test_recorded.py: what an agent held, what came over the
// socket, and what the same agent would fetch in the end.
type Run = { state: Snapshot; facts: Fact[]; fresh: Snapshot };

const files = import.meta.glob<Run[]>("../../../tests/recorded/*.json", { eager: true, import: "default" });
const runs = Object.entries(files).flatMap(([name, days]) => days.map((day) => ({ name, ...day })));

function known({ me, agents, company, teams, labels, ready, labelled, counts, notices, conversations, timelines, threads, thread_read, proposals, own_fields }: State) {
  // Nothing left to suggest is the same as nothing suggested.
  const laid = Object.entries(proposals).filter(([, one]) => one.suggestions.length > 0);
  return { me, agents, company, teams, labels, ready, labelled, counts, notices, conversations, timelines, threads, thread_read, own_fields, proposals: Object.fromEntries(laid) };
}

describe("what is held after the facts is what a fresh start would fetch", () => {
  it.each(runs)("$name", ({ state, facts, fresh }) => {
    expect(known(facts.reduce(apply, fromSnapshot(state)))).toEqual(known(fromSnapshot(fresh)));
  });

  it.each(runs)("$name, when facts come again", ({ state, facts, fresh }) => {
    const again = facts.flatMap((fact, at) => [...facts.slice(Math.max(0, at - 3), at), fact]);
    expect(known(again.reduce(apply, fromSnapshot(state)))).toEqual(known(fromSnapshot(fresh)));
  });

  it("has something to go by", () => {
    expect(runs.length).toBeGreaterThan(2);
    expect(new Set(runs.flatMap((run) => run.facts.map((fact) => fact.kind))).size).toBeGreaterThan(15);
  });
});
