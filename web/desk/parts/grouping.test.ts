import { describe, expect, it } from "vitest";
import type { Happening, Message } from "../../wire/types.ts";
import { blocksOf, type Said } from "./grouping.ts";

const NOON = new Date("2026-11-24T12:00:00").getTime();
const MINUTE = 60_000;

const said = (position: number, minutes: number, changes: Partial<Said> = {}): Said => ({
  id: String(position), conversation_id: "a", position, at: NOON + minutes * MINUTE, by: "customer", agent_id: null, text: "x", files: [],
  client_id: `c${position}`, ...changes,
});
const shapes = (items: (Message | Happening)[]) =>
  blocksOf(items).map((block) => (block.is === "group" ? block.messages.map((one) => one.position) : block.is));

describe("grouping", () => {
  it("joins one writer's messages within three minutes", () => {
    expect(shapes([said(1, 0), said(2, 2), said(3, 4.9), said(4, 8)])).toEqual(["day", [1, 2, 3], [4]]);
  });

  it("parts writers, colleagues and happenings", () => {
    const taken: Happening = { conversation_id: "a", position: 3, at: NOON, what: "taken", agent_id: "maja", other_id: null };
    const agent = { by: "agent", agent_id: "maja" } as const;
    expect(shapes([said(1, 0), said(2, 0), taken, said(4, 0, agent), said(5, 0, { ...agent, agent_id: "oskar" })]))
      .toEqual(["day", [1, 2], "happened", [4], [5]]);
  });

  it("begins anew with every day", () => {
    expect(shapes([said(1, 0), said(2, 12 * 60)])).toEqual(["day", [1], "day", [2]]);
    expect(shapes([said(1, 719), said(2, 721)])).toEqual(["day", [1], "day", [2]]);
  });

  it("lets a message that failed stand alone", () => {
    const mine = { by: "agent", agent_id: "maja" } as const;
    expect(shapes([said(1, 0, mine), said(2, 0, { ...mine, leaving: "failed" }), said(3, 0, { ...mine, leaving: "waiting" })])).toEqual(["day", [1], [2], [3]]);
  });

  it("keeps the key of a group when its first message arrives at the desk", () => {
    const waiting = blocksOf([said(1, 0), said(9999, 5, { client_id: "mine", leaving: "waiting" })]);
    const sent = blocksOf([said(1, 0), said(2, 5, { client_id: "mine" })]);
    expect(waiting.at(-1)?.key).toBe(sent.at(-1)?.key);
  });
});
