import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Fact } from "./facts.ts";
import { Live } from "./socket.ts";
import { type FakeBrowser, fakeBrowser, FakeSocket } from "./testing.ts";

const seen: unknown[] = [];
let seq = 7;
let browser: FakeBrowser;
let live: Live<Fact>;

function start(): void {
  live = new Live<Fact>({
    url: "ws://desk/api/live",
    hello: () => ({ seq }),
    onWelcome: (number, now) => seen.push(["welcome", number, now]),
    onFact: (fact) => seen.push(["fact", fact.seq]),
    onWhisper: (whisper) => seen.push(["whisper", whisper.kind]),
    onResync: (number) => seen.push(["resync", number]),
    onState: (state) => seen.push(state),
    onBye: (why) => seen.push(["bye", why]),
  });
}

function welcomed(): FakeSocket {
  FakeSocket.newest.opens();
  FakeSocket.newest.hears({ is: "welcome", seq, now: 1 });
  return FakeSocket.newest;
}

beforeEach(() => {
  vi.useFakeTimers();
  browser = fakeBrowser();
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.spyOn(Math, "random").mockReturnValue(1);
  FakeSocket.all = [];
  seen.length = 0;
  seq = 7;
  start();
});

afterEach(() => {
  live.close();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("a socket", () => {
  it("says hello first and passes on what it hears", () => {
    const socket = welcomed();
    expect(socket.said).toEqual([{ do: "hello", seq: 7 }]);
    socket.hears({ is: "fact", seq: 8, kind: "CompanyChanged", data: {} });
    socket.hears({ is: "whisper", kind: "here", agents: [] });
    socket.hears({ is: "resync", seq: 20 });
    socket.hears({ is: "something new" });
    expect(seen).toEqual(["connecting", "open", ["welcome", 7, 1], ["fact", 8], ["whisper", "here"], ["resync", 20]]);
  });

  it("whispers only while welcomed", () => {
    expect(live.send({ do: "ping" })).toBe(false);
    expect(welcomed().said).toHaveLength(1);
    expect(live.send({ do: "looking", conversation_id: "c" })).toBe(true);
    expect(FakeSocket.newest.said.at(-1)).toEqual({ do: "looking", conversation_id: "c" });
  });

  it("comes back with the newest number, waiting longer each time up to 30 s", () => {
    const waits: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      const before = FakeSocket.all.length;
      FakeSocket.newest.breaks();
      const began = Date.now();
      while (FakeSocket.all.length === before) vi.advanceTimersByTime(100);
      waits.push(Date.now() - began);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]);
    seq = 99;
    FakeSocket.newest.opens();
    expect(FakeSocket.newest.said).toEqual([{ do: "hello", seq: 99 }]);
  });

  it("spreads its return over half the wait", () => {
    vi.mocked(Math.random).mockReturnValue(0);
    FakeSocket.newest.breaks();
    vi.advanceTimersByTime(249);
    expect(FakeSocket.all).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it("keeps waiting longer when every welcome is followed by a break", () => {
    welcomed().breaks();
    vi.advanceTimersByTime(500);
    welcomed().breaks();
    vi.advanceTimersByTime(999);
    expect(FakeSocket.all).toHaveLength(2);
    vi.advanceTimersByTime(1);
    welcomed();
    vi.advanceTimersByTime(5000);
    FakeSocket.newest.breaks();
    vi.advanceTimersByTime(500);
    expect(FakeSocket.all).toHaveLength(4);
  });

  it("gives up a connection that never answers", () => {
    vi.advanceTimersByTime(10_000);
    expect(FakeSocket.all[0]?.closed).toBe(true);
    expect(seen.at(-1)).toBe("away");
  });

  it("pings every 25 s and notices a dead line within 10 s more", () => {
    const socket = welcomed();
    vi.advanceTimersByTime(25_000);
    expect(socket.said.at(-1)).toEqual({ do: "ping" });
    socket.hears({ is: "pong" });
    vi.advanceTimersByTime(25_000);
    expect(socket.said.filter((frame) => JSON.stringify(frame).includes("ping"))).toHaveLength(2);
    expect(seen.at(-1)).not.toBe("away");
    vi.advanceTimersByTime(10_000);
    expect(socket.closed).toBe(true);
    expect(seen.at(-1)).toBe("away");
  });

  it("connects at once when the network is back", () => {
    FakeSocket.newest.breaks();
    browser.window.dispatchEvent(new Event("online"));
    expect(FakeSocket.all).toHaveLength(2);
    browser.window.dispatchEvent(new Event("online"));
    expect(FakeSocket.all).toHaveLength(2);
  });

  it("connects anew after a minute out of sight, and only proves the line after less", () => {
    const socket = welcomed();
    const hideFor = (ms: number) => {
      browser.document.visibilityState = "hidden";
      browser.document.dispatchEvent(new Event("visibilitychange"));
      vi.setSystemTime(Date.now() + ms);
      browser.document.visibilityState = "visible";
      browser.document.dispatchEvent(new Event("visibilitychange"));
    };
    hideFor(5_000);
    expect(socket.said.at(-1)).toEqual({ do: "ping" });
    expect(FakeSocket.all).toHaveLength(1);
    hideFor(61_000);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it("connects anew when the machine slept with the page in view", () => {
    welcomed();
    vi.setSystemTime(Date.now() + 3_600_000);
    vi.advanceTimersByTime(5_000);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it("connects anew when the page comes out of the browser's back cache", () => {
    welcomed();
    browser.window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
    expect(FakeSocket.all).toHaveLength(2);
  });

  it("stays away after signing out until asked, and returns spread out after a restart", () => {
    welcomed().hears({ is: "bye", why: "signed_out" });
    vi.advanceTimersByTime(120_000);
    browser.window.dispatchEvent(new Event("online"));
    expect(FakeSocket.all).toHaveLength(1);
    live.wake();
    welcomed().hears({ is: "bye", why: "restart" });
    vi.advanceTimersByTime(1_999);
    expect(FakeSocket.all).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(FakeSocket.all).toHaveLength(3);
  });

  it("hears nothing of a socket it left", () => {
    const old = welcomed();
    const said = old.onmessage;
    live.restart();
    said?.({ data: JSON.stringify({ is: "fact", seq: 9 }) });
    expect(seen.at(-1)).toBe("connecting");
  });
});
