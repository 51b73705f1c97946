import { describe, expect, it } from "vitest";
import { reveal, shift, windowOf } from "./windowing.ts";

describe("windowing", () => {
  it("draws what is near the eye and no more, however long the list", () => {
    expect(windowOf(0, 640, 64, 100_000, 5)).toEqual({ from: 0, to: 15 });
    expect(windowOf(64 * 50_000, 640, 64, 100_000, 5)).toEqual({ from: 49_995, to: 50_015 });
    expect(windowOf(64 * 99_990, 640, 64, 100_000, 5)).toEqual({ from: 99_985, to: 100_000 });
    expect(windowOf(5000, 640, 64, 3)).toEqual({ from: 3, to: 3 });
    expect(windowOf(0, 640, 64, 0)).toEqual({ from: 0, to: 0 });
  });

  it("tells by how much the rows moved under the eye", () => {
    const before = ["a", "b", "c", "d", "e", "f"];
    const visible = { from: 2, to: 5 };
    expect(shift(before, ["x", ...before], visible)).toBe(1);
    expect(shift(before, before.slice(1), visible)).toBe(-1);
    expect(shift(before, before, visible)).toBe(0);
  });

  it("does not follow the one row that went to the top", () => {
    expect(shift(["a", "b", "c", "d", "e"], ["d", "a", "b", "c", "e"], { from: 1, to: 5 })).toBe(1);
    expect(shift(["a", "b", "c", "d", "e"], ["c", "a", "b", "d", "e"], { from: 2, to: 5 })).toBe(0);
  });

  it("stays when nothing of what was visible is left", () => {
    expect(shift(["a", "b"], ["x", "y"], { from: 0, to: 2 })).toBe(0);
  });

  it("scrolls no further than needed", () => {
    expect(reveal(0, 640, 640, 64)).toBe(0);
    expect(reveal(12, 0, 640, 64)).toBe(192);
    expect(reveal(3, 0, 640, 64)).toBe(0);
  });
});
