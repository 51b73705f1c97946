import { describe, expect, it } from "vitest";
import { lowest, moved, pointAt, shownAt, ticks, weekNumber } from "./scale.ts";

const CURVE = [
  { shown: 0.1, right: 0.98, bar: 0.9 }, { shown: 0.5, right: 0.9, bar: 0.7 }, { shown: 0.71, right: 0.87, bar: 0.55 }, { shown: 1, right: 0.64, bar: 0 },
];

describe("the bar", () => {
  it("stands where its confidence shows so many", () => {
    expect(shownAt(CURVE, 0.55)).toBe(71);
    expect(shownAt(CURVE, 0.6)).toBe(50);
    expect(shownAt(CURVE, 0.95)).toBe(0);
    expect(shownAt([], 0.5)).toBe(0);
  });

  it("is kept at the nearest point that was measured", () => {
    expect(pointAt(CURVE, 71)?.bar).toBe(0.55);
    expect(pointAt(CURVE, 28)?.bar).toBe(0.9);
    expect(pointAt([], 28)).toBeNull();
  });

  it("is moved by keys, and never beyond its ends", () => {
    expect([moved(71, "ArrowRight"), moved(71, "ArrowLeft"), moved(71, "PageUp"), moved(71, "PageDown")]).toEqual([72, 70, 81, 61]);
    expect([moved(71, "Home"), moved(71, "End"), moved(0, "ArrowLeft"), moved(95, "PageUp")]).toEqual([0, 100, 0, 100]);
    expect(moved(71, "a")).toBeNull();
  });
});

describe("axes", () => {
  it("begin under what is drawn, at 50 at most", () => {
    expect(lowest([CURVE])).toBe(50);
    expect(lowest([CURVE, [{ shown: 1, right: 0.33, bar: 0 }]])).toBe(30);
    expect(lowest([[]])).toBe(50);
  });

  it("have a few lines at round numbers", () => {
    expect(ticks(140)).toEqual([0, 50, 100, 150]);
    expect(ticks(7)).toEqual([0, 5, 10]);
    expect(ticks(0)).toEqual([0, 1]);
    expect(ticks(2)).toEqual([0, 1, 2]);
  });
});

describe("weeks", () => {
  it("have the numbers of the calendar", () => {
    const of = (year: number, month: number, day: number) => weekNumber(new Date(year, month - 1, day).getTime());
    expect([of(2026, 11, 23), of(2025, 12, 29), of(2021, 1, 4), of(2020, 12, 28)]).toEqual([48, 1, 1, 53]);
  });
});
