import { expect, test } from "vitest";
import { momentOf, valueOf, wakesFrom, whenOf } from "./snoozing.ts";

const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime();
const keys = (now: number) => wakesFrom(now).map(({ key }) => key);

// The 23rd of November 2026 is a Monday.
test("later today is the evening, then some hours from now, then no more", () => {
  expect(wakesFrom(at(24, 10))[0]).toEqual({ key: "later", at: at(24, 18) });
  expect(wakesFrom(at(24, 16, 20))[0]).toEqual({ key: "later", at: at(24, 19) });
  expect(keys(at(24, 21, 30))).toEqual(["tomorrow", "monday"]);
});

test("tomorrow and Monday are mornings, and Monday is the next one", () => {
  expect(wakesFrom(at(24, 10)).slice(1)).toEqual([{ key: "tomorrow", at: at(25, 9) }, { key: "monday", at: at(30, 9) }]);
  expect(wakesFrom(at(23, 10)).at(-1)).toEqual({ key: "monday", at: at(30, 9) });
  expect(keys(at(29, 10))).toEqual(["later", "tomorrow"]);
});

test("a moment is one within the next year", () => {
  const now = at(24, 10);
  expect(momentOf(valueOf(at(26, 8, 30)), now)).toBe(at(26, 8, 30));
  expect([momentOf("", now), momentOf("2026-11-24T09:59", now), momentOf("2028-01-01T00:00", now)]).toEqual([null, null, null]);
});

test("when is said in the fewest words", () => {
  const now = at(24, 10);
  expect(whenOf(at(24, 18), now)).toBe("18:00");
  expect(whenOf(at(25, 9), now)).toBe("Tomorrow 09:00");
  expect(whenOf(at(30, 9), now)).toBe("Mon 09:00");
  expect(whenOf(at(24, 9) + 7 * 86_400_000, now)).toBe("1 Dec 09:00");
});
