import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { WireError } from "./errors.ts";
import { away, refusal } from "./errors.ts";
import { holds, recall } from "./holding.ts";
import { Outbox, type Item } from "./outbox.ts";
import { forgetful, type StorageLike } from "./storage.ts";
import { type FakeBrowser, fakeBrowser } from "./testing.ts";

type Body = { text: string; due?: number };
type Desk = (item: Item<Body>) => Promise<string>;

const opened: Outbox<Body, string>[] = [];
let browser: FakeBrowser;
let store: StorageLike;
let arrived: string[];
let sent: string[];
let desk: Desk;

const accept: Desk = (item) => {
  arrived.push(item.body.text);
  return Promise.resolve(`stored ${item.body.text}`);
};
const refuse = (error: WireError): Desk => () => Promise.reject(error);

function open(storage: StorageLike = store): Outbox<Body, string> {
  const outbox = new Outbox<Body, string>({
    key: "box",
    storage,
    send: (item) => desk(item),
    onSent: (_item, answer) => sent.push(answer),
    hold: holds,
    alone: (_name, work) => work(),
  });
  opened.push(outbox);
  return outbox;
}

const states = (outbox: Outbox<Body, string>) => outbox.items.map((item) => `${item.body.text} ${item.state}`);
const inFive = () => Date.now() + 5000;
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  browser = fakeBrowser();
  vi.spyOn(Math, "random").mockReturnValue(1);
  store = forgetful();
  arrived = [];
  sent = [];
  desk = accept;
});

afterEach(() => {
  for (const outbox of opened.splice(0)) outbox.close();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("an outbox", () => {
  it("sends in order, one after the other, and tells before it forgets", async () => {
    const outbox = open();
    const told: string[][] = [];
    outbox.subscribe((items) => told.push(items.map((item) => item.body.text)));
    for (const text of ["one", "two", "three"]) outbox.add("c", "/messages", { text });
    expect(outbox.items.map((item) => item.body.text)).toEqual(["one", "two", "three"]);
    await settle();
    expect(arrived).toEqual(["one", "two", "three"]);
    expect(sent).toEqual(["stored one", "stored two", "stored three"]);
    expect(told.at(-1)).toEqual([]);
    expect(store.length).toBe(0);
  });

  it("does not let one conversation wait for another", async () => {
    desk = (item) => (item.lane === "slow" ? Promise.reject(away()) : accept(item));
    const outbox = open();
    outbox.add("slow", "/m", { text: "a" });
    outbox.add("quick", "/m", { text: "b" });
    await settle();
    expect(states(outbox)).toEqual(["a waiting"]);
    expect(arrived).toEqual(["b"]);
  });

  it("sends with the same id until the desk has it, waiting longer each time", async () => {
    const ids: string[] = [];
    desk = (item) => {
      ids.push(item.id);
      return ids.length < 4 ? Promise.reject(away()) : accept(item);
    };
    const outbox = open();
    const item = outbox.add("c", "/m", { text: "hello" });
    await settle(500 + 1000 + 1999);
    expect(ids).toHaveLength(3);
    await settle(1);
    expect(ids).toEqual([item.id, item.id, item.id, item.id]);
    expect(outbox.items).toEqual([]);
  });

  it("waits as long as a busy desk asks", async () => {
    desk = refuse(refusal(429, "", "7"));
    const outbox = open();
    outbox.add("c", "/m", { text: "hello" });
    await settle();
    desk = accept;
    await settle(6_999);
    expect(states(outbox)).toEqual(["hello waiting"]);
    await settle(1);
    expect(arrived).toEqual(["hello"]);
  });

  it.each([[500], [502], [503], [507], [429], [408]])("tries again after %i", async (status) => {
    desk = refuse(refusal(status, "", null));
    const outbox = open();
    outbox.add("c", "/m", { text: "hello" });
    await settle();
    expect(states(outbox)).toEqual(["hello waiting"]);
  });

  it("tries at once when the network is back", async () => {
    desk = refuse(away());
    const outbox = open();
    outbox.add("c", "/m", { text: "hello" });
    await settle(60_000);
    desk = accept;
    browser.window.dispatchEvent(new Event("online"));
    await settle();
    expect(arrived).toEqual(["hello"]);
  });

  it("keeps what was refused, with the desk's own words, and goes on", async () => {
    const body = JSON.stringify({ error: { kind: "conflict", message: "Maja took it.", data: { reason: "taken" } } });
    desk = (item) => (item.body.text === "bad" ? Promise.reject(refusal(409, body, null)) : accept(item));
    const outbox = open();
    const bad = outbox.add("c", "/m", { text: "bad" });
    outbox.add("c", "/m", { text: "good" });
    await settle();
    expect(arrived).toEqual(["good"]);
    expect(outbox.items[0]?.problem).toEqual({ kind: "conflict", message: "Maja took it.", data: { reason: "taken" } });
    desk = accept;
    outbox.retry(bad.id);
    await settle();
    expect(arrived).toEqual(["good", "bad"]);
    expect(outbox.items).toEqual([]);
  });

  it("forgets what the human drops", async () => {
    desk = refuse(refusal(422, "", null));
    const outbox = open();
    const item = outbox.add("c", "/m", { text: "hello" });
    await settle();
    outbox.drop(item.id);
    expect(outbox.items).toEqual([]);
    expect(store.length).toBe(0);
  });

  it("carries on after a reload, in order", async () => {
    desk = refuse(away());
    const first = open();
    for (const text of ["one", "two"]) first.add("c", "/m", { text });
    await settle();
    first.close();
    desk = accept;
    const second = open();
    await settle();
    expect(arrived).toEqual(["one", "two"]);
    expect(second.items).toEqual([]);
  });

  it("asks the human about words older than ten minutes", async () => {
    desk = refuse(away());
    const outbox = open();
    const item = outbox.add("c", "/m", { text: "hello" });
    await settle();
    vi.setSystemTime(Date.now() + 11 * 60_000);
    desk = accept;
    outbox.wake();
    await settle();
    expect(arrived).toEqual([]);
    expect(outbox.items[0]?.problem?.kind).toBe("late");
    outbox.retry(item.id);
    await settle();
    expect(arrived).toEqual(["hello"]);
  });

  it("asks also after a reload hours later, and does not change that by itself", async () => {
    desk = refuse(away());
    const first = open();
    first.add("c", "/m", { text: "hello" });
    await settle();
    first.close();
    vi.setSystemTime(Date.now() + 8 * 3_600_000);
    desk = accept;
    expect(states(open())).toEqual(["hello failed"]);
    await settle(120_000);
    expect(arrived).toEqual([]);
  });

  it("keeps the order when the clock jumps back", async () => {
    const outbox = open();
    desk = refuse(away());
    outbox.add("c", "/m", { text: "one" });
    vi.setSystemTime(Date.now() - 3_600_000);
    outbox.add("c", "/m", { text: "two" });
    desk = accept;
    outbox.wake();
    await settle(1000);
    expect(arrived).toEqual(["one", "two"]);
  });

  it("works where nothing can be stored", async () => {
    const full: StorageLike = { ...forgetful(), setItem: () => { throw new Error("full"); } };
    const outbox = open(full);
    outbox.add("c", "/m", { text: "hello" });
    outbox.add("c", "/m", { text: "again" });
    await settle();
    expect(arrived).toEqual(["hello", "again"]);
  });

  it("steps over what it cannot read", async () => {
    store.setItem("box:broken", "{");
    const outbox = open();
    outbox.add("c", "/m", { text: "hello" });
    await settle();
    expect(arrived).toEqual(["hello"]);
  });

  it("shows a second tab's items, and takes over when that tab goes", async () => {
    desk = refuse(away());
    const first = open();
    const second = open();
    first.add("c", "/m", { text: "hello" });
    browser.window.dispatchEvent(Object.assign(new Event("storage"), { key: "box:x" }));
    await settle();
    expect(states(second)).toEqual(["hello waiting"]);
    first.close();
    desk = accept;
    second.wake();
    await settle();
    expect(arrived).toEqual(["hello"]);
  });

  it("sends once though two tabs share it, when only one may work at a time", async () => {
    let queue = Promise.resolve();
    const alone = (_name: string, work: () => Promise<void>) => (queue = queue.then(work));
    const tab = () => new Outbox<Body, string>({ key: "box", storage: store, send: (item) => desk(item), onSent: () => undefined, alone });
    const [first, second] = [tab(), tab()];
    opened.push(first, second);
    first.add("c", "/m", { text: "hello" });
    browser.window.dispatchEvent(Object.assign(new Event("storage"), { key: "box:x" }));
    await settle(1000);
    expect(arrived).toEqual(["hello"]);
    expect(second.items).toEqual([]);
  });

  it("does not bring back what was dropped while it was on its way", async () => {
    let fail: (error: WireError) => void = () => undefined;
    desk = () => new Promise((_resolve, reject) => { fail = reject; });
    const outbox = open();
    const item = outbox.add("c", "/m", { text: "hello" });
    await settle();
    expect(states(outbox)).toEqual(["hello sending"]);
    outbox.drop(item.id);
    fail(refusal(422, "", null));
    await settle();
    expect(outbox.items).toEqual([]);
    expect(store.length).toBe(0);
  });
});

describe("what can be taken back", () => {
  it("leaves when its time has come, and not before", async () => {
    const outbox = open();
    outbox.add("c", "/m", { text: "purple", due: inFive() });
    await settle(4999);
    expect(arrived).toEqual([]);
    expect(states(outbox)).toEqual(["purple waiting"]);
    await settle(1);
    expect(arrived).toEqual(["purple"]);
  });

  it("is taken back until then, and never leaves", async () => {
    const outbox = open();
    const item = outbox.add("c", "/m", { text: "purple", due: inFive() });
    await settle(4000);
    expect(recall(outbox, item.id)).toBe(true);
    await settle(10_000);
    expect(arrived).toEqual([]);
    expect(store.length).toBe(0);
  });

  it("cannot be taken back once it left", async () => {
    desk = () => new Promise(() => undefined);
    const outbox = open();
    const item = outbox.add("c", "/m", { text: "purple", due: inFive() });
    await settle(5000);
    expect(recall(outbox, item.id)).toBe(false);
    expect(states(outbox)).toEqual(["purple sending"]);
    expect(recall(outbox, "unknown")).toBe(false);
  });

  it("waits for the same moment after a reload, and can still be taken back", async () => {
    const first = open();
    first.add("c", "/m", { text: "one", due: inFive() });
    const two = first.add("d", "/m", { text: "two", due: inFive() });
    await settle(2000);
    first.close();
    const second = open();
    await settle(2999);
    expect(arrived).toEqual([]);
    expect(recall(second, two.id)).toBe(true);
    await settle(1);
    expect(arrived).toEqual(["one"]);
  });

  it("holds back what was written after it, so that the order stays", async () => {
    const outbox = open();
    outbox.add("c", "/m", { text: "first", due: inFive() });
    outbox.add("c", "/m", { text: "second" });
    outbox.add("d", "/m", { text: "elsewhere" });
    await settle(4999);
    expect(arrived).toEqual(["elsewhere"]);
    await settle(1);
    expect(arrived).toEqual(["elsewhere", "first", "second"]);
  });

  it("lets what stands behind it leave at once when it is taken back", async () => {
    const outbox = open();
    const first = outbox.add("c", "/m", { text: "first", due: inFive() });
    outbox.add("c", "/m", { text: "second" });
    await settle(1000);
    recall(outbox, first.id);
    await settle();
    expect(arrived).toEqual(["second"]);
  });

  it("is taken back in one tab and does not leave from the other", async () => {
    const here = open();
    const item = here.add("c", "/m", { text: "purple", due: inFive() });
    const there = open();
    recall(there, item.id);
    await settle(6000);
    expect(arrived).toEqual([]);
    expect(here.items).toEqual([]);
  });
});
