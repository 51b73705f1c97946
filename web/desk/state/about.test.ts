import { describe, expect, it } from "vitest";
import type { CustomerEvent, Profile } from "../../wire/customers.ts";
import { type Heard, told, type Told, withAnswer, withSeen } from "./about.ts";

const profile = (changes: Partial<Profile> = {}): Profile => ({
  id: "ines", called: "Ines Oliveira", named: true, proven: false, name: "Ines Oliveira", email: null, phone: null, title: null,
  company: { id: "studio", name: "Studio" }, about: "", fields: {}, origins: {}, city: "Lisbon", country: "PT", zone: null, language: "pt",
  device: null, channels: ["widget"], created_at: 0, seen_at: 0, blocked_until: null, ...changes,
});
const rest = { page: null, conversations: 3, duplicates: [] };
const NOTHING: Heard = { about: {}, touched: {}, seen: {}, writers: {}, anew: 0 };
const ofInes: Heard = { ...NOTHING, about: { ines: { profile: profile(), ...rest } } };
const fact = (seq: number, kind: string, data: object, customer_id: string | null = null): Told => ({ seq, kind, data, customer_id });

describe("what is held of customers", () => {
  it("follows their profile, and only where it was asked for", () => {
    const changed = fact(7, "ProfileChanged", { profile: profile({ phone: "+351" }), fields: ["phone"], by: "oskar" }, "ines");
    expect(told(ofInes, changed, null).about.ines?.profile.phone).toBe("+351");
    expect(told(NOTHING, changed, null).about).toEqual({});
    expect(told(NOTHING, changed, null).touched).toEqual({ ines: 7, studio: 7 });
    expect(told(ofInes, changed, null).writers).toEqual({ ines: { phone: "oskar" } });
  });

  it("follows the name of their company", () => {
    const saved = fact(8, "CustomerCompanySaved", { company: { id: "studio", name: "Estúdio", website: null, about: "", fields: {}, customers: 1 } });
    expect(told(ofInes, saved, null).about.ines?.profile.company).toEqual({ id: "studio", name: "Estúdio" });
    expect(told(ofInes, fact(8, "CustomerCompanySaved", { company: { id: "other", name: "Else" } }), null).about).toEqual(ofInes.about);
  });

  it("knows who is blocked, and who is gone", () => {
    const block = (until: number | null, on: boolean) => fact(9, "CustomerBlocked", { customer_id: "ines", until, on }, "ines");
    expect(told(ofInes, block(null, true), null).about.ines?.profile.blocked_until).toBe(0);
    expect(told(ofInes, block(5, true), null).about.ines?.profile.blocked_until).toBe(5);
    expect(told(ofInes, block(null, false), null).about.ines?.profile.blocked_until).toBeNull();
    expect(told(ofInes, fact(9, "CustomerErased", { customer_id: "ines", conversations: [] }), null).about).toEqual({});
    const merged = told(ofInes, fact(9, "CustomersMerged", { kept: { id: "maria" }, gone_id: "ines", conversations: [] }), null);
    expect(merged.about).toEqual({});
    expect(merged.touched).toEqual({ maria: 9, ines: 9 });
  });

  it("is touched by what is said in a conversation of theirs", () => {
    expect(told(NOTHING, fact(3, "NoteAdded", {}), "ines").touched).toEqual({ ines: 3 });
    const noted = { ...fact(3, "NoteAdded", {}), conversation_id: "talk" };
    expect(told(NOTHING, noted, null).touched).toEqual({ talk: 3 });
    expect(told(NOTHING, fact(3, "TeamSaved", {}), null)).toEqual(NOTHING);
  });

  it("remembers the newest few of many that were touched", () => {
    const after = Array.from({ length: 1000 }, (_, at) => at).reduce((now, at) => told(now, fact(at, "CustomerWrote", {}, `c${at}`), null), NOTHING);
    expect(Object.keys(after.touched).length).toBeLessThanOrEqual(400);
    expect(after.touched.c999).toBe(999);
    expect(after.touched.c0).toBeUndefined();
  });

  it("mends an answer that was overtaken on its way, and answers who was merged under both ids", () => {
    const answer = { seq: 4, customer: profile(), ...rest };
    const late = fact(5, "ProfileChanged", { profile: profile({ title: "Potter" }), fields: ["title"], by: null }, "ines");
    expect(withAnswer(NOTHING, "ines", answer, [late]).about.ines?.profile.title).toBe("Potter");
    expect(Object.keys(withAnswer(NOTHING, "gone", answer, []).about).sort()).toEqual(["gone", "ines"]);
    expect(withAnswer(NOTHING, "ines", answer, [fact(5, "CustomerErased", { customer_id: "ines" })])).toBe(NOTHING);
  });

  it("keeps what they do on the site once, the newest first", () => {
    const page = (id: string) => ({ id, at: Number(id), kind: "page" }) as CustomerEvent;
    const after = ["1", "2", "2"].reduce((now, id) => withSeen(now, "ines", page(id)), NOTHING);
    expect(after.seen.ines?.map(({ id }) => id)).toEqual(["2", "1"]);
  });
});
