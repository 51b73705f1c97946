import { expect, test } from "vitest";
import { filled, gapped } from "./filling.ts";

const named = { customer: "Ines", agent: "Maja" };
const nameless = { customer: null, agent: "Maja" };

test("both names are filled in, wherever they stand and however often", () => {
  expect(filled("Hi {customer}, this is {agent}. Bye {customer}", named)).toBe("Hi Ines, this is Maja. Bye Ines");
});

test.each([
  ["Hi {customer}, thanks", "Hi, thanks"],
  ["Hi {customer}!", "Hi!"],
  ["Thanks, {customer}!", "Thanks!"],
  ["Thanks, {customer}, and bye", "Thanks, and bye"],
  ["{customer}, here it is", "Here it is"],
  ["Yes. {customer}, here it is", "Yes. Here it is"],
  ["{customer}\nHello", "\nHello"],
  ["Hello {customer} and bye", "Hello and bye"],
  ["Hello\n{customer} asked", "Hello\nAsked"],
  ["For {customer}", "For"],
  ["{customer}", ""],
])("without a name %j is %j", (text, without) => expect(filled(text, nameless)).toBe(without));

test("what looks like a pattern in a name is no pattern", () => {
  expect(filled("Hi {customer}", { customer: "$& {agent} $1", agent: "Maja" })).toBe("Hi $& {agent} $1");
});

test("names become gaps again, words that only hold them do not", () => {
  expect(gapped("Hi Ines, Inessa and Maja. Ines’s parcel", named)).toBe("Hi {customer}, Inessa and {agent}. {customer}’s parcel");
  expect(gapped("Hi there", nameless)).toBe("Hi there");
  expect(gapped("A (b", { customer: "(b", agent: "A" })).toBe("A {customer}");
});
