import { describe, expect, it } from "vitest";
import type { HistoryAnswer } from "../../../wire/customers.ts";
import type { Message, Note, Row } from "../../../wire/types.ts";
import { chaptersOf, keyOf, spokenFrom, toldBy, withNewer, withOlder } from "./telling.ts";

const message = (talk: string, position: number, at: number, text = ""): Message => ({
  id: `${talk}${position}`, conversation_id: talk, position, at, by: "customer", agent_id: null, text, files: [], client_id: `${talk}${position}`,
});
const note = (talk: string, position: number, at: number): Note => ({
  id: `note-${talk}${at}`, conversation_id: talk, position, at, agent_id: "maja", text: "", edited_at: null, deleted_at: null, answers: 0, answered_at: null,
  mentions: { agents: [], teams: [] },
});
const page = (items: HistoryAnswer["items"], older: string | null = null, newer: string | null = null): HistoryAnswer => ({
  seq: 1, items, conversations: [...new Set(items.map((one) => one.conversation_id))].map((id) => ({ id }) as Row), older, newer,
});

describe("a history that is read by pages", () => {
  it("grows at both ends, and nothing stands there twice", () => {
    const middle = toldBy(page([message("a", 2, 20), message("b", 1, 30)], "older", "newer"));
    const back = withOlder(middle, page([message("a", 1, 10), message("a", 2, 20)], null, "x"));
    expect(back.items.map(keyOf)).toEqual(["a:1", "a:2", "b:1"]);
    expect([back.older, back.newer]).toEqual([null, "newer"]);
    const on = withNewer(back, page([message("b", 1, 30, "edited"), note("b", 1, 30)], "y", null));
    expect(on.items.map(keyOf)).toEqual(["a:1", "a:2", "b:1", "note-b30"]);
    expect(on.items[2]).toMatchObject({ text: "edited" });
    expect([on.older, on.newer]).toEqual([null, null]);
    expect(Object.keys(on.rows)).toEqual(["a", "b"]);
  });

  it("is told in chapters, each of one conversation", () => {
    const both = toldBy(page([message("a", 1, 1), message("b", 1, 2), message("b", 2, 3), message("a", 2, 4)]));
    expect(chaptersOf(both).map(({ row, items }) => [row?.id, items.length])).toEqual([["a", 1], ["b", 2], ["a", 1]]);
  });

  it("finds a moment", () => {
    const { items } = toldBy(page([message("a", 1, 10), message("a", 2, 20)]));
    expect(spokenFrom(items, 11)).toBe("a2");
    expect(spokenFrom(items, 21)).toBeNull();
  });
});
