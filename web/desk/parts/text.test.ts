import { describe, expect, it } from "vitest";
import { sendsOn } from "../screens/desk/enter.ts";
import { contrast, textOn } from "./contrast.ts";
import { initials, shortName } from "./names.ts";
import { sizeOf } from "./sizes.ts";

describe("names", () => {
  it.each([
    ["Ines Oliveira", "IO"], ["Maja", "M"], ["åsa öberg", "ÅÖ"], ["Jean Luc de la Tour", "JT"], ["  ", "?"], ["👋 Hanna", "H"], ["محمد الرشيد", "ما"],
  ])("%s is %s", (name, letters) => expect(initials(name)).toBe(letters));

  it("are short when one speaks to somebody", () => expect(shortName(" Ines Oliveira")).toBe("Ines"));
});

describe("sizes", () => {
  it.each([[0, "1 kB"], [812_000, "812 kB"], [1_432_000, "1.4 MB"], [20_000_000, "20 MB"]])("%i bytes are %s", (bytes, said) =>
    expect(sizeOf(bytes)).toBe(said));
});

describe("contrast", () => {
  it("is WCAG's", () => {
    expect(contrast("#ffffff", "#000000")).toBeCloseTo(21);
    expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 1);
    expect(contrast("red", "#ffffff")).toBeNull();
  });

  it("always leaves one colour of text that can be read", () => {
    for (let grey = 0; grey < 256; grey += 1) {
      const colour = `#${grey.toString(16).padStart(2, "0").repeat(3)}`;
      expect(contrast(colour, textOn(colour))).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe("the Enter key", () => {
  const press = (changes = {}) => ({ key: "Enter", shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, ...changes });

  it("sends, or breaks, as chosen", () => {
    expect(sendsOn(press(), true, false)).toBe(true);
    expect(sendsOn(press({ shiftKey: true }), true, false)).toBe(false);
    expect(sendsOn(press(), false, false)).toBe(false);
    expect(sendsOn(press({ ctrlKey: true }), false, false)).toBe(true);
  });

  it("never sends while a word is being composed, nor on glass", () => {
    expect(sendsOn(press({ isComposing: true }), true, false)).toBe(false);
    expect(sendsOn(press(), true, true)).toBe(false);
  });
});
