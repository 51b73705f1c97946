import { describe, expect, it } from "vitest";
import type { Item } from "../../wire/outbox.ts";
import type { Happening, Message } from "../../wire/types.ts";
import { rows, type Row, type Said } from "./rows.ts";

const MINUTE = 60_000;
const noon = new Date(2025, 8, 3, 12).getTime();
const message = (position: number, minutes: number, agent_id: string | null = null): Message => ({
  id: `m${position}`, conversation_id: "c", position, at: noon + minutes * MINUTE, by: agent_id ? "agent" : "customer",
  agent_id, text: String(position), files: [], client_id: `id${position}`,
});
const item = (id: string, minutes: number): Item<Said> => ({
  id, lane: "c", path: "", body: { to: { start: "s" }, text: id, files: [] }, at: noon + minutes * MINUTE, asked: 0, state: "waiting", problem: null,
});
const told = (all: Row[]) => all.map((row) => (row.row === "group" ? `${row.agent ?? "me"}: ${row.bubbles.map((one) => one.text).join(" ")}` : row.row));

describe("rows", () => {
  it("groups one writer within three minutes", () => {
    const items = [message(1, 0), message(2, 2), message(3, 6), message(4, 7, "maja"), message(5, 8, "oskar")];
    expect(told(rows(items, []))).toEqual(["day", "me: 1 2", "me: 3", "maja: 4", "oskar: 5"]);
  });

  it("begins a day with its line", () => {
    expect(told(rows([message(1, 0), message(2, 24 * 60)], []))).toEqual(["day", "me: 1", "day", "me: 2"]);
  });

  it("puts what is on its way at the end, and each message once", () => {
    const all = rows([message(1, 0)], [item("id1", 0), item("new", 1)]);
    expect(told(all)).toEqual(["day", "me: 1 new"]);
  });

  it("keeps a message's key when the desk has it, so that its bubble stays", () => {
    const keys = (all: Row[]) => all.flatMap((row) => (row.row === "group" ? [row.key, ...row.bubbles.map((one) => one.key)] : []));
    const after = { ...message(1, 1), client_id: "new" };
    expect(keys(rows([], [item("new", 1)]))).toEqual(keys(rows([after], [])));
  });

  it("separates groups by grey lines", () => {
    const closed: Happening = { conversation_id: "c", position: 2, at: noon, what: "closed", agent_id: null, other_id: null };
    expect(told(rows([message(1, 0), closed, message(3, 0)], []))).toEqual(["day", "me: 1", "happening", "me: 3"]);
  });
});
