import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeBrowser } from "../../wire/testing.ts";
import type { Suggestion } from "../../wire/knowing.ts";
import { draftOf, keepDraft, openDrafts } from "./drafts.ts";
import { closeOutbox, leaving, openOutbox, rejectSuggestion } from "./outgoing.ts";
import { replaceState } from "./store.ts";
import { row, stateOf } from "./story.ts";
import { choosing, composing, offersIn, openInComposer, put, undo, use, wayOf } from "./suggesting.ts";

function suggestion(id: string, changes: Partial<Suggestion> = {}): Suggestion {
  return {
    id, passage_id: null, text: `Answer ${id}`, blanks: [], origins: [], confidence: 0.9, sure: "sure", one_click: true, drafted: false, ...changes,
  };
}

const ROW = row("a");
const [X, Y] = [suggestion("x"), suggestion("y", { text: "To ⟦town⟧.", blanks: ["town"], one_click: false })];
const ids = () => offersIn("a").map((one) => one.id);

beforeEach(() => {
  vi.useFakeTimers();
  fakeBrowser();
  vi.stubGlobal("fetch", () => new Promise(() => undefined));
  vi.stubGlobal("navigator", {});
  openDrafts("maja");
  openOutbox("maja");
  replaceState(stateOf([ROW], { proposals: { a: { conversation_id: "a", position: 1, suggestions: [X, Y] } } }));
});

afterEach(() => {
  leaving.value.forEach((item) => { if (item.lane === "a" || item.lane === "rejected:a") undo("a"); });
  keepDraft("a", { text: "" });
  closeOutbox();
  [choosing.value, composing.value] = [null, null];
  replaceState(null);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("what a click does", () => {
  it("sends what may be sent, fills what has blanks, and opens what nobody sent before", () => {
    expect(wayOf(X, true)).toBe("send");
    expect(wayOf(Y, true)).toBe("fill");
    expect(wayOf(suggestion("z", { one_click: false }), true)).toBe("open");
  });

  it("never sends in a colleague's conversation", () => {
    expect(wayOf(X, false)).toBe("open");
  });
});

describe("a suggestion that was clicked", () => {
  it("takes the others away until it is taken back", () => {
    use(ROW, X, "send");
    expect(ids()).toEqual([]);
    expect(leaving.value.map((item) => item.body)).toMatchObject([{ what: "message", text: "Answer x", suggestion: "x", clicked: true }]);
    undo("a");
    expect(ids()).toEqual(["x", "y"]);
    expect(leaving.value).toEqual([]);
  });

  it("cannot be taken back once its moment is over", async () => {
    use(ROW, X, "send");
    await vi.advanceTimersByTimeAsync(5000);
    undo("a");
    expect(leaving.value).toHaveLength(1);
    expect(ids()).toEqual([]);
  });
});

describe("a suggestion that was rejected", () => {
  it("goes alone, and comes back when that is undone", () => {
    rejectSuggestion("a", "x");
    expect(ids()).toEqual(["y"]);
    undo("a");
    expect(ids()).toEqual(["x", "y"]);
  });

  it("is undone before what was rejected earlier", () => {
    rejectSuggestion("a", "x");
    vi.advanceTimersByTime(100);
    rejectSuggestion("a", "y");
    undo("a");
    expect(ids()).toEqual(["y"]);
    undo("a");
  });
});

describe("a suggestion in the composer", () => {
  it("comes into an empty draft at once, which knows where it came from", () => {
    openInComposer("a", Y);
    expect(draftOf("a")).toMatchObject({ text: "To ⟦town⟧.", suggestion: "y" });
    expect(composing.value).toEqual({ conversation: "a", from: 0 });
  });

  it("waits for a choice where words stand already", () => {
    keepDraft("a", { text: "Hello," });
    openInComposer("a", X);
    expect(draftOf("a").text).toBe("Hello,");
    expect(choosing.value).toEqual({ conversation: "a", suggestion: X });
    put("a", X, "below");
    expect(draftOf("a")).toMatchObject({ text: "Hello,\n\nAnswer x", suggestion: "x" });
    expect(composing.value).toEqual({ conversation: "a", from: 8 });
    put("a", Y, "replace");
    expect(draftOf("a").text).toBe("To ⟦town⟧.");
  });

  it("is forgotten when every word of it is deleted", () => {
    openInComposer("a", X);
    keepDraft("a", { text: "" });
    keepDraft("a", { text: "My own" });
    expect(draftOf("a").suggestion).toBeUndefined();
  });
});
