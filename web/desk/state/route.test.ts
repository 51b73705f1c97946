import { describe, expect, it } from "vitest";
import { addressOf, parse } from "./route.ts";

describe("routes", () => {
  it.each([
    ["/inbox", { at: "list", place: "mine", closed: false }],
    ["/unassigned?show=closed", { at: "list", place: "unassigned", closed: true }],
    ["/c/abc?from=unassigned", { at: "conversation", id: "abc", place: "unassigned", closed: false }],
    ["/c/abc?from=inbox&show=closed", { at: "conversation", id: "abc", place: "mine", closed: true }],
    ["/c/abc?from=inbox&at=m1&show=closed", { at: "conversation", id: "abc", message: "m1", place: "mine", closed: true }],
    ["/knowledge", { at: "knowledge", source: null }],
    ["/knowledge/s1?passage=p1", { at: "knowledge", source: "s1", passage: "p1" }],
    ["/settings/agents", { at: "settings", section: "agents" }],
  ] as const)("%s is read and written alike", (address, route) => {
    expect(parse(address)).toEqual(route);
    expect(addressOf(parse(address))).toBe(address);
  });

  it("opens My inbox at the door, and says so where there is nothing", () => {
    expect(parse("/")).toEqual({ at: "list", place: "mine", closed: false });
    expect(parse("/settings")).toEqual({ at: "settings", section: "you" });
    for (const address of ["/nothing", "/inbox/more", "/settings/money", "/a/b/c"]) expect(parse(address)).toEqual({ at: "nowhere" });
  });

  it("lists everybody's conversations under a label alone", () => {
    expect(parse("/all")).toEqual({ at: "nowhere" });
    expect(parse("/all?label=l1")).toMatchObject({ at: "list", place: "all", label: "l1" });
    expect(parse("/c/one?from=all")).toMatchObject({ at: "conversation", id: "one", place: "mine" });
    expect(parse("/c/one?from=all&label=l1")).toMatchObject({ place: "all", label: "l1" });
  });
});
