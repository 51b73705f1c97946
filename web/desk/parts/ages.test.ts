import { describe, expect, it } from "vitest";
import { age, dayLine, longAge, sameDay } from "./ages.ts";

const at = (text: string) => new Date(text).getTime();
const NOW = at("2026-11-24T14:30:00"); // a Tuesday

describe("ages", () => {
  it.each([
    ["2026-11-24T14:29:31", "Now"],
    ["2026-11-24T14:31:00", "Now"],
    ["2026-11-24T14:28:00", "2 min"],
    ["2026-11-24T13:31:00", "59 min"],
    ["2026-11-24T13:30:00", "1 h"],
    ["2026-11-24T00:05:00", "14 h"],
    ["2026-11-23T23:59:00", "Yesterday"],
    ["2026-11-22T10:00:00", "Sun"],
    ["2026-11-18T00:00:00", "Wed"],
    ["2026-11-17T23:00:00", "17 Nov"],
    ["2026-09-03T10:00:00", "3 Sep"],
    ["2025-12-31T10:00:00", "2025"],
  ])("%s is %s", (then, said) => expect(age(at(then), NOW)).toBe(said));

  it("counts hours across midnight while the night is young", () => {
    expect(age(at("2026-11-23T23:00:00"), at("2026-11-24T00:30:00"))).toBe("1 h");
    expect(age(at("2026-11-23T17:00:00"), at("2026-11-24T00:30:00"))).toBe("Yesterday");
  });

  it("speaks in whole words within a sentence", () => {
    expect(longAge(NOW - 12 * 60_000, NOW)).toBe("12 minutes");
    expect(longAge(NOW - 60 * 60_000, NOW)).toBe("1 hour");
    expect(longAge(NOW - 3 * 24 * 60 * 60_000, NOW)).toBe("3 days");
  });

  it("names days", () => {
    expect(dayLine(NOW, NOW)).toBe("Today");
    expect(dayLine(at("2026-11-23T01:00:00"), NOW)).toBe("Yesterday");
    expect(dayLine(at("2026-09-03T01:00:00"), NOW)).toMatch(/^Thursday,? 3 September$/);
    expect(dayLine(at("2025-09-03T01:00:00"), NOW)).toBe("3 September 2025");
    expect(sameDay(at("2026-11-24T00:00:00"), at("2026-11-24T23:59:59"))).toBe(true);
    expect(sameDay(at("2026-11-23T23:59:59"), at("2026-11-24T00:00:00"))).toBe(false);
  });
});
