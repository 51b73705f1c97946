import { afterEach, expect, test } from "vitest";
import { allCommands, matching, offerCommands, type Command } from "./bar.ts";

const one = (id: string, name: string): Command => ({ id, icon: "check", name, run: () => undefined });
let letGo: (() => void)[] = [];
afterEach(() => { letGo.forEach((release) => release()); letGo = []; });

test("a screen's own commands come first, once, and go with it", () => {
  letGo.push(offerCommands(() => [one("star", "Star"), one("close", "Close it here")]));
  expect(allCommands([one("close", "Close"), one("keys", "All keys")]).map(({ name }) => name)).toEqual(["Star", "Close it here", "All keys"]);
  letGo.pop()?.();
  expect(allCommands([one("close", "Close")]).map(({ name }) => name)).toEqual(["Close"]);
});

test("every typed word begins a word of the name, whatever its case and accents", () => {
  const some = [one("a", "Go to My inbox"), one("b", "Go to Unassigned"), one("c", "Thème foncé")];
  const found = (typed: string) => matching(some, typed).map(({ id }) => id);
  expect(found("")).toEqual(["a", "b", "c"]);
  expect(found("go in")).toEqual(["a"]);
  expect(found("nbox")).toEqual([]);
  expect(found("THEME fonce")).toEqual(["c"]);
});
