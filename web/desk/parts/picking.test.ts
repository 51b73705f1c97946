import { expect, test } from "vitest";
import { askedAt } from "./picking.ts";

const ask = (text: string) => askedAt(text, text.length, "@");

test("a sign at the beginning of a word asks", () => {
  expect(ask("@")).toEqual({ from: 0, to: 1, query: "" });
  expect(ask("Sounds good. @Le")).toEqual({ from: 13, to: 16, query: "Le" });
  expect(ask("(@Maja Ek")).toEqual({ from: 1, to: 9, query: "Maja Ek" });
});

test("one within a word does not", () => {
  expect(ask("maja@kvarn.example")).toBeNull();
  expect(ask("nothing")).toBeNull();
});

test("nor does one left behind", () => {
  expect(ask("@ le")).toBeNull();
  expect(ask("@Maja\nand")).toBeNull();
  expect(ask(`@${"a".repeat(80)}`)).toBeNull();
});

test("only what stands before the caret counts", () => {
  expect(askedAt("@Leila", 3, "@")).toEqual({ from: 0, to: 3, query: "Le" });
});
