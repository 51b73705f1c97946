import { describe, expect, it } from "vitest";
import { asked, filtersOf, narrowingOf, queryOf } from "./asking.ts";

describe("what the list of customers is narrowed to", () => {
  it("stands in the address and comes back from it", () => {
    const narrowed = { q: "Ines & co", country: "PT", seen: "week" };
    expect(narrowingOf(queryOf(narrowed))).toEqual(narrowed);
    expect(narrowingOf("q=&evil=1&city=Lisbon")).toEqual({ city: "Lisbon" });
    expect(narrowingOf(undefined)).toEqual({});
  });

  it("is asked for in moments", () => {
    const now = 100 * 24 * 60 * 60 * 1000;
    expect(asked({ seen: "day", named: "no", order: "name" }, now).toString()).toBe(`order=name&seen_after=${99 * 24 * 60 * 60 * 1000}&named=false`);
    expect(asked({ seen: "older" }, now).get("seen_before")).toBe(String(70 * 24 * 60 * 60 * 1000));
  });

  it("knows what is a filter", () => {
    expect(filtersOf({ q: "a", order: "name", label: "x", field: "f", value: "v" })).toEqual(["label", "field"]);
  });
});
