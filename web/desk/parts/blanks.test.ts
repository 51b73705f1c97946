import { describe, expect, it } from "vitest";
import { blankFrom, blanksIn, chosenBlank, stretches } from "./blanks.ts";

const TEXT = "Your order ⟦order number⟧ goes to ⟦town⟧ today.";
const [FIRST, SECOND] = blanksIn(TEXT);

describe("blanks", () => {
  it("are found with their words", () => {
    expect(blanksIn(TEXT).map((one) => one.word)).toEqual(["order number", "town"]);
    expect(TEXT.slice(FIRST!.from, FIRST!.to)).toBe("⟦order number⟧");
  });

  it("are only what the desk writes", () => {
    expect(blanksIn("⟦⟧ [x] ⟦a\nb⟧ ⟦a⟦b⟧ " + "⟦" + "x".repeat(61) + "⟧").map((one) => one.word)).toEqual(["b"]);
    expect(blanksIn("")).toEqual([]);
  });

  it("stand between the text, and all of it together is the whole", () => {
    expect(stretches(TEXT).map((one) => [one.blank, one.text])).toEqual([
      [false, "Your order "], [true, "order number"], [false, " goes to "], [true, "town"], [false, " today."],
    ]);
    expect(stretches("⟦a⟧⟦b⟧").map((one) => one.blank)).toEqual([true, true]);
    expect(stretches("")).toEqual([]);
  });
});

describe("Tab among blanks", () => {
  it("goes from each to the next, and then on", () => {
    expect(blankFrom(TEXT, 0, 0, false)).toEqual(FIRST);
    expect(blankFrom(TEXT, FIRST!.from, FIRST!.to, false)).toEqual(SECOND);
    expect(blankFrom(TEXT, SECOND!.from, SECOND!.to, false)).toBeNull();
  });

  it("goes back, and then before", () => {
    expect(blankFrom(TEXT, TEXT.length, TEXT.length, true)).toEqual(SECOND);
    expect(blankFrom(TEXT, SECOND!.from, SECOND!.to, true)).toEqual(FIRST);
    expect(blankFrom(TEXT, FIRST!.from, FIRST!.to, true)).toBeNull();
  });

  it("knows when one is chosen", () => {
    expect(chosenBlank(TEXT, FIRST!.from, FIRST!.to)).toEqual(FIRST);
    expect(chosenBlank(TEXT, FIRST!.from, FIRST!.to - 1)).toBeNull();
  });
});
