import { alone as aloneAmongTabs } from "./alone.ts";
import { refusal, WireError, type WireKind } from "./errors.ts";
import { newId } from "./ids.ts";
import { keysWith, type StorageLike } from "./storage.ts";
import { backOff } from "./wait.ts";

/** Older words are not sent behind the writer's back: the human is asked first. */
const TOO_LATE = 10 * 60_000;

export type Problem = { kind: WireKind | "late"; message: string; data: Record<string, unknown> };

/** A command on its way. Items of one lane (a conversation) leave one after the other, in order. */
export type Item<B extends object = object> = {
  readonly id: string;
  readonly lane: string;
  readonly path: string;
  readonly body: B;
  readonly at: number;
  readonly asked: number;
  readonly state: "waiting" | "sending" | "failed";
  readonly problem: Problem | null;
};

export type OutboxOptions<B extends object, A> = {
  /** Where the items are kept. One key for each person who may use this browser. */
  key: string;
  storage: StorageLike;
  /** Posts `{...item.body, client_id: item.id}` to `item.path`; throws WireError. */
  send: (item: Item<B>) => Promise<A>;
  /** The desk has it. Called before the item leaves, so that its bubble never blinks. */
  onSent: (item: Item<B>, answer: A) => void;
  /** How long, in ms, an item still waits here before it leaves, and what was added behind it too. */
  hold?: (item: Item<B>) => number;
  alone?: (name: string, work: () => Promise<void>) => Promise<void>;
};

type Lane = { busy: boolean; tries: number; timer?: ReturnType<typeof setTimeout> | undefined };

export class Outbox<B extends object = object, A = unknown> {
  private readonly options: OutboxOptions<B, A>;
  private readonly prefix: string;
  private readonly ended = new AbortController();
  private readonly all = new Map<string, Item<B>>();
  /** What the storage had no room for lives only here. */
  private readonly loose = new Set<string>();
  private readonly lanes = new Map<string, Lane>();
  private readonly listeners = new Set<(items: readonly Item<B>[]) => void>();

  constructor(options: OutboxOptions<B, A>) {
    this.options = options;
    this.prefix = `${options.key}:`;
    const { signal } = this.ended;
    addEventListener("storage", this.onStorage, { signal });
    addEventListener("online", this.wake, { signal });
    this.refresh();
    this.wake();
  }

  get items(): readonly Item<B>[] {
    return [...this.all.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }

  /** Tells the items now and at every change. Answers how to stop. */
  subscribe(listener: (items: readonly Item<B>[]) => void): () => void {
    this.listeners.add(listener);
    listener(this.items);
    return () => this.listeners.delete(listener);
  }

  add(lane: string, path: string, body: B): Item<B> {
    const newest = this.items.filter((item) => item.lane === lane).at(-1)?.at ?? 0;
    const asked = Date.now();
    const item: Item<B> = {
      id: newId(), lane, path, body, at: Math.max(asked, newest + 1), asked, state: "waiting", problem: null,
    };
    this.keep(item);
    void this.pump(lane);
    return item;
  }

  /** The human asks for it once more. */
  retry(id: string): void {
    const item = this.all.get(id);
    if (item?.state !== "failed") return;
    this.keep({ ...item, asked: Date.now(), state: "waiting", problem: null });
    void this.pump(item.lane);
  }

  /** Also when its message turned up by another way: the answer was lost, the words were not. */
  drop(id: string): void {
    if (!this.all.delete(id)) return;
    this.loose.delete(id);
    this.options.storage.removeItem(this.prefix + id);
    this.tell();
  }

  /** Tries everything again now, because the connection is back. */
  readonly wake = (): void => {
    for (const name of this.laneNames()) {
      this.lane(name).tries = 0;
      void this.pump(name);
    }
  };

  close(): void {
    this.ended.abort();
    for (const lane of this.lanes.values()) clearTimeout(lane.timer);
    this.listeners.clear();
  }

  private async pump(name: string): Promise<void> {
    const lane = this.lane(name);
    clearTimeout(lane.timer);
    lane.timer = undefined;
    if (lane.busy) return;
    lane.busy = true;
    await (this.options.alone ?? aloneAmongTabs)(this.prefix + name, () => this.drain(name, lane));
    lane.busy = false;
    this.carryOn(name);
  }

  // Something may have been added after the last look and before the lock was given back.
  private carryOn(name: string): void {
    if (!this.lane(name).timer && this.next(name)) void this.pump(name);
  }

  private async drain(name: string, lane: Lane): Promise<void> {
    this.refresh();
    for (let item = this.next(name); item; item = this.next(name)) {
      if (!(await this.attempt(item, lane))) return;
    }
  }

  /** False when the lane has to wait. */
  private async attempt(item: Item<B>, lane: Lane): Promise<boolean> {
    const hold = this.options.hold?.(item);
    if (hold) return this.later(item, lane, hold);
    if (Date.now() - item.asked > TOO_LATE) return this.fail(item, { kind: "late", message: "Not sent", data: {} });
    this.show({ ...item, state: "sending" });
    try {
      const answer = await this.options.send(item);
      lane.tries = 0;
      this.options.onSent(item, answer);
      this.drop(item.id);
      return true;
    } catch (cause) {
      const error = cause instanceof WireError ? cause : refusal(0, "", null);
      return error.passing ? this.wait(item, lane, error) : this.fail(item, error);
    }
  }

  private wait(item: Item<B>, lane: Lane, cause: WireError): false {
    this.show({ ...item, state: "waiting" });
    return this.later(item, lane, Math.max(backOff(lane.tries++), cause.retryAfter ?? 0));
  }

  private later(item: Item<B>, lane: Lane, wait: number): false {
    lane.timer = setTimeout(() => void this.pump(item.lane), wait);
    return false;
  }

  private fail(item: Item<B>, { kind, message, data }: Problem): true {
    if (this.all.has(item.id)) this.keep({ ...item, state: "failed", problem: { kind, message, data } });
    return true;
  }

  private next(name: string): Item<B> | undefined {
    return this.items.find((item) => item.lane === name && item.state !== "failed");
  }

  private lane(name: string): Lane {
    const lane = this.lanes.get(name) ?? { busy: false, tries: 0 };
    this.lanes.set(name, lane);
    return lane;
  }

  private keep(item: Item<B>): void {
    try {
      this.options.storage.setItem(this.prefix + item.id, JSON.stringify(item));
      this.loose.delete(item.id);
    } catch {
      this.loose.add(item.id);
    }
    this.all.set(item.id, item);
    this.tell();
  }

  private show(item: Item<B>): void {
    if (!this.all.has(item.id)) return;
    this.all.set(item.id, item);
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener(this.items);
  }

  private readonly onStorage = (event: StorageEvent): void => {
    if (event.key !== null && !event.key.startsWith(this.prefix)) return;
    this.refresh();
    for (const name of this.laneNames()) this.carryOn(name);
  };

  private laneNames(): Set<string> {
    return new Set([...this.all.values()].map((item) => item.lane));
  }

  // One key for each item, so that two tabs never write over each other's.
  private refresh(): void {
    const { storage } = this.options;
    const stored = new Map<string, Item<B>>();
    for (const key of keysWith(this.prefix, storage)) {
      const item = readItem<B>(storage.getItem(key));
      if (item) stored.set(item.id, this.sendingHere(item));
    }
    for (const id of this.all.keys()) if (!stored.has(id) && !this.loose.has(id)) this.all.delete(id);
    for (const [id, item] of stored) this.all.set(id, item);
    this.tell();
  }

  private sendingHere(item: Item<B>): Item<B> {
    return item.state === "waiting" && this.all.get(item.id)?.state === "sending" ? { ...item, state: "sending" } : item;
  }
}

function readItem<B extends object>(text: string | null): Item<B> | null {
  try {
    return JSON.parse(text ?? "null") as Item<B> | null;
  } catch {
    return null;
  }
}
