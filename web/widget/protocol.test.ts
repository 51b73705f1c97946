import { describe, expect, it } from "vitest";
import { toFrame, toHost } from "./protocol.ts";

const hello = { frontdesk: "hello", browser: "b", language: "en", rtl: false, name: "Kvarn", colour: "#9c4426", on_colour: "#ffffff" };
const rubbish = [null, undefined, 0, "", "hello", [], {}, { frontdesk: null }, { frontdesk: "constructor" }, { frontdesk: "__proto__" }, { frontdesk: {} }];

describe("messages to the frame", () => {
  it("pass when whole", () => {
    for (const said of [hello, { frontdesk: "shown", open: true, focus: true, top: "", bottom: "" }, { frontdesk: "identify", token: "t" }, { frontdesk: "forget" }]) {
      expect(toFrame(said)).toBe(said);
    }
  });

  it.each([...rubbish, { ...hello, more: 1 }, { ...hello, rtl: "no" }, { frontdesk: "identify" }, { frontdesk: "identify", token: 1 },
    { frontdesk: "identify", token: "x".repeat(8001) }, { frontdesk: "forget", now: true }])("%j does not", (said) => {
    expect(toFrame(said)).toBeNull();
  });
});

describe("messages to the page", () => {
  it("carry one small number", () => {
    expect(toHost({ frontdesk: "unread", value: 3 })).toEqual({ frontdesk: "unread", value: 3 });
  });

  it.each([...rubbish, { frontdesk: "unread", value: "3" }, { frontdesk: "height", value: -1 }, { frontdesk: "height", value: NaN },
    { frontdesk: "height", value: Infinity }, { frontdesk: "height", value: 1e9 }])("%j does not pass", (said) => {
    expect(toHost(said)).toBeNull();
  });
});
