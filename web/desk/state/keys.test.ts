import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeBrowser, fakeBrowser } from "../../wire/testing.ts";
import { followKeys, onKey } from "./keys.ts";

let browser: FakeBrowser;
let stop: () => void;
let pressed: string[];
let typing: boolean;
let dialog: boolean;

function press(key: string, held: object = {}): Event {
  const event = Object.assign(new Event("keydown", { cancelable: true }), { key, ctrlKey: false, metaKey: false, altKey: false, ...held });
  browser.window.dispatchEvent(event);
  return event;
}

beforeEach(() => {
  browser = fakeBrowser();
  [pressed, typing, dialog] = [[], false, false];
  Object.assign(browser.document, { querySelector: () => (dialog ? {} : null) });
  stop = followKeys(() => typing);
});

afterEach(() => {
  stop();
  vi.unstubAllGlobals();
});

describe("keys of the desk", () => {
  it("do what is on the screen, and nothing once it is gone", () => {
    const letGo = onKey("1", () => pressed.push("one"));
    expect(press("1").defaultPrevented).toBe(true);
    letGo();
    expect(press("1").defaultPrevented).toBe(false);
    expect(pressed).toEqual(["one"]);
  });

  it("rest while one types, in a dialog, and with Ctrl, Alt or Command", () => {
    const letGo = onKey("x", () => pressed.push("x"));
    typing = true;
    press("x");
    typing = false;
    dialog = true;
    press("x");
    dialog = false;
    for (const held of ["ctrlKey", "metaKey", "altKey"]) press("x", { [held]: true });
    expect(pressed).toEqual([]);
    press("x");
    expect(pressed).toEqual(["x"]);
    letGo();
  });

  it("belong to whoever asked last; letting go of an older one takes nothing away", () => {
    const older = onKey("e", () => pressed.push("older"));
    const newer = onKey("e", () => pressed.push("newer"));
    older();
    press("e");
    expect(pressed).toEqual(["newer"]);
    newer();
  });
});
