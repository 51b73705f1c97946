import { describe, expect, test } from "vitest";
import { fold } from "./folding.ts";
import { callablesOf, type Chosen, matchesOf, plainOf, shifted, standing, stretchesOf, tokened, untokened } from "./mentions.ts";

const id = (letter: string) => letter.repeat(26);
const LEILA = { id: id("a"), name: "Leila Haddad" };
const LEO = { id: id("b"), name: "Leo Marin" };
const BJORN = { id: id("c"), name: "Björn Åberg" };
const MAJA = { id: id("d"), name: "Maja Ekström" };
const OTHER_MAJA = { id: id("e"), name: "Maja Ekström" };
const WHOLESALE = { id: id("f"), name: "Wholesale" };

const names = (query: string) => matchesOf(callablesOf([LEILA, LEO, BJORN], [WHOLESALE]), query, 8).map(({ one }) => one.name);
const says = (at: number, one: { id: string }, text: string): Chosen => ({ at, says: text, who: "agent", id: one.id });
const nameOf = (_who: string, one: string) => ({ [MAJA.id]: "Maja", [WHOLESALE.id]: "Wholesale" })[one];

describe("who is found", () => {
  test("first who begins with it, then whose other name does, then who has it within", () => {
    expect(names("le")).toEqual(["Leila Haddad", "Leo Marin", "Wholesale"]);
    expect(names("ma")).toEqual(["Leo Marin"]);
    expect(names("")).toHaveLength(4);
    expect(names("zz")).toEqual([]);
  });

  test("without accents, in any case, over the space between names", () => {
    expect(names("BJORN a")).toEqual(["Björn Åberg"]);
    expect(names("åb")).toEqual(["Björn Åberg"]);
  });

  test("and the letters that match are known", () => {
    const [found] = matchesOf(callablesOf([BJORN], []), "åb", 8);
    expect(found && BJORN.name.slice(found.from, found.to)).toBe("Åb");
  });

  test("letters that fold into several, or none, lead back to the whole letter", () => {
    const one = callablesOf([{ id: id("a"), name: "ﬁlip 𝒜İ" }], []);
    for (const query of ["f", "filip", "i", "x", "\u0301"]) {
      for (const { from, to } of matchesOf(one, query, 8)) expect(to).toBeGreaterThanOrEqual(from);
    }
    expect(fold("İ").at.at(-1)).toBe(1);
  });

  test("one is called by the first name, unless somebody or a team has it too", () => {
    const called = callablesOf([LEILA, MAJA, OTHER_MAJA], [{ id: id("g"), name: "leila" }]).map((one) => one.called);
    expect(called).toEqual(["Leila Haddad", "Maja Ekström", "Maja Ekström", "leila"]);
    expect(callablesOf([LEILA], []).map((one) => one.called)).toEqual(["Leila"]);
  });
});

describe("what was chosen", () => {
  const chosen = [says(0, MAJA, "@Maja"), says(10, OTHER_MAJA, "@Maja")];
  const text = "@Maja and @Maja!";

  test("goes with its words", () => {
    expect(shifted(chosen, text, `So: ${text}`, 4).map((one) => one.at)).toEqual([4, 14]);
    expect(shifted(chosen, text, "@Maja or so and @Maja!", 11).map((one) => one.at)).toEqual([0, 16]);
    expect(shifted(chosen, text, `${text}!`, 17)).toEqual(chosen);
  });

  test("is forgotten when it is written into", () => {
    expect(shifted(chosen, text, "@Maj and @Maja!", 4).map((one) => one.id)).toEqual([OTHER_MAJA.id]);
    expect(shifted(chosen, text, "", 0)).toEqual([]);
  });

  test("of two alike, the one that was deleted is known by where the hand was", () => {
    const two = [says(0, MAJA, "@Maja"), says(6, OTHER_MAJA, "@Maja")];
    expect(shifted(two, "@Maja @Maja ", "@Maja ", 0).map((one) => one.id)).toEqual([OTHER_MAJA.id]);
    expect(shifted(two, "@Maja @Maja ", "@Maja ", 6).map((one) => one.id)).toEqual([MAJA.id]);
  });

  test("leaves as tokens, each its own", () => {
    expect(tokened(text, chosen)).toBe(`@[agent:${MAJA.id}] and @[agent:${OTHER_MAJA.id}]!`);
  });

  test("counts only where it stands", () => {
    expect(standing("nothing", chosen)).toEqual([]);
    expect(tokened("nothing", chosen)).toBe("nothing");
  });
});

describe("what was sent", () => {
  const sent = `@[agent:${MAJA.id}] and @[team:${WHOLESALE.id}], @[agent:${id("9")}] @[agent:no]`;

  test("is cut at its mentions, and what names nobody stands as typed", () => {
    expect(stretchesOf(sent, nameOf)).toEqual([
      { text: "@Maja", who: "agent", id: MAJA.id }, { text: " and " }, { text: "@Wholesale", who: "team", id: WHOLESALE.id },
      { text: `, @[agent:${id("9")}] @[agent:no]` },
    ]);
  });

  test("comes back into the field and leaves again as it was", () => {
    const { text, mentions } = untokened(sent, nameOf);
    expect(text.startsWith("@Maja and @Wholesale, ")).toBe(true);
    expect(tokened(text, mentions)).toBe(sent);
  });

  test("stands in one line", () => {
    expect(plainOf(sent, nameOf).startsWith("@Maja and @Wholesale")).toBe(true);
  });
});
