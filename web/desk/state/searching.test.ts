import { expect, test } from "vitest";
import { question } from "./searching.ts";

const noon = new Date(2026, 10, 23, 12);

test("what is typed goes as it is, with the clock of who asks", () => {
  const asked = new URLSearchParams(question('a&b "c" #', {}, noon));
  expect(asked.get("q")).toBe('a&b "c" #');
  expect(asked.get("offset")).toBe(String(-noon.getTimezoneOffset()));
  expect([...asked.keys()].sort()).toEqual(["limit", "offset", "q"]);
});

test("what narrows goes beside it, and nothing that does not", () => {
  const asked = new URLSearchParams(question("x", { label: "l", agent: "a", state: "open", by: "agent", file: true, time: "day" }, noon));
  expect(Object.fromEntries(asked)).toMatchObject({ label: "l", agent: "a", state: "open", by: "agent", file: "true", since: String(new Date(2026, 10, 23).getTime()) });
  expect(new URLSearchParams(question("x", { file: false, time: "week" }, noon)).get("since")).toBe(String(noon.getTime() - 7 * 24 * 3600 * 1000));
});
