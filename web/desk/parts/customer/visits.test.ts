import { describe, expect, it } from "vitest";
import type { CustomerEvent } from "../../../wire/customers.ts";
import { comingFrom, joinedEvents, lengthOf, stretchesOf } from "./visits.ts";

const MINUTE = 60_000;
const event = (id: string, at: number, changes: Partial<CustomerEvent> = {}): CustomerEvent => ({
  id, at, kind: "page", title: id, url: `https://shop.example/${id}`, referrer: null, name: null, data: null, seconds: null, visit: "one",
  conversation_id: null, agent_id: null, label_id: null, field: null, was: null, becomes: null, ...changes,
});

describe("what a customer did, by visit", () => {
  it("keeps one visit together, with what happened meanwhile", () => {
    const started = event("s", 4 * MINUTE, { kind: "started", visit: null });
    const [one, ...others] = stretchesOf([event("c", 5 * MINUTE), started, event("b", 3 * MINUTE), event("a", 0)]);
    expect(others).toEqual([]);
    expect(one?.events.map(({ id }) => id)).toEqual(["c", "s", "b", "a"]);
    expect(one?.visit).toBe("one");
  });

  it("tells two visits apart, and a change long after", () => {
    const changed = event("x", 200 * MINUTE, { kind: "changed", visit: null });
    const all = stretchesOf([changed, event("c", 100 * MINUTE, { visit: "two" }), event("a", 99 * MINUTE)]);
    expect(all.map(({ visit }) => visit)).toEqual([null, "two", "one"]);
  });

  it("tells how long they stayed and where they came from", () => {
    const [visit] = stretchesOf([event("b", 2 * MINUTE, { seconds: 30 }), event("a", 0, { referrer: "https://www.google.com/" })]);
    expect(visit && lengthOf(visit)).toEqual({ pages: 2, seconds: 150, from: "https://www.google.com/" });
    expect(comingFrom("https://www.google.com/", "https://shop.example/a")).toEqual({ is: "search" });
    expect(comingFrom("https://www.blog.example/x", "https://shop.example/a")).toEqual({ is: "site", host: "blog.example" });
    expect(comingFrom("https://shop.example/b", "https://shop.example/a")).toBeNull();
    expect(comingFrom("javascript:alert(1)", null)).toBeNull();
  });

  it("puts what comes live before what was fetched, once", () => {
    const fetched = [event("b", 2), event("a", 1)];
    expect(joinedEvents(fetched, [event("c", 3), event("b", 2)]).map(({ id }) => id)).toEqual(["c", "b", "a"]);
  });
});
