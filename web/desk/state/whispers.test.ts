import { describe, expect, it } from "vitest";
import { CUSTOMER, forget, hear, present, SILENCE, TYPING_HOLDS } from "./whispers.ts";

const typing = (agent_id: string | null, on = true) => ({ is: "whisper", kind: "typing", conversation_id: "a", agent_id, on }) as const;
const looking = (agent_id: string, on = true) => ({ is: "whisper", kind: "looking", conversation_id: "a", agent_id, on }) as const;

describe("whispers", () => {
  it("tell who looks and who replies, without me and nobody twice", () => {
    let heard = [looking("maja"), looking("oskar"), looking("leila"), looking("oskar")].reduce((all, one) => hear(all, one, 0), SILENCE);
    heard = hear(heard, typing("leila"), 0);
    expect(present(heard, "a", "maja")).toEqual({ replying: ["leila"], looking: ["oskar"] });
    expect(present(hear(heard, looking("oskar", false), 0), "a", "maja").looking).toEqual([]);
  });

  it("keep a customer's typing apart from the team's", () => {
    const heard = hear(SILENCE, typing(null), 0);
    expect(Object.keys(heard.typing.a ?? {})).toEqual([CUSTOMER]);
    expect(present(heard, "a", "maja").replying).toEqual([]);
  });

  it("forget typing that nobody repeats, and nothing before", () => {
    const heard = hear(SILENCE, typing("oskar"), 100);
    expect(forget(heard, 100 + TYPING_HOLDS - 1)).toBe(heard);
    expect(present(forget(heard, 100 + TYPING_HOLDS), "a", "maja").replying).toEqual([]);
  });

  it("tell who is on the site and where", () => {
    const page = { title: "Hand grinder K2", url: "https://shop.example/k2" };
    const heard = hear(SILENCE, { is: "whisper", kind: "visiting", customer_id: "ines", on: true, page }, 0);
    expect(heard.visiting).toEqual({ ines: { page } });
    expect(hear(heard, { is: "whisper", kind: "visiting", customer_id: "ines", on: false, page: null }, 0).visiting).toEqual({});
  });

  it("count how often somebody moved on the site", () => {
    const moved = { is: "whisper", kind: "site" } as const;
    expect(hear(hear(SILENCE, moved, 0), moved, 0).site).toBe(2);
  });
});
