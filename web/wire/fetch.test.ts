import { afterEach, describe, expect, it, vi } from "vitest";
import type { WireError } from "./fetch.ts";
import { newId, request, requestBlob } from "./fetch.ts";
import { randomText } from "./ids.ts";

const answers = (answer: () => Promise<Response>) => {
  const fetch = vi.fn<(path: string, init: RequestInit) => Promise<Response>>(answer);
  vi.stubGlobal("fetch", fetch);
  return fetch;
};
const caught = async (work: Promise<unknown>) => work.then(() => null, (error: unknown) => error as WireError);

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("request", () => {
  it("sends JSON with the token and reads JSON", async () => {
    const fetch = answers(() => Promise.resolve(new Response('{"ok":1}', { status: 201 })));
    expect(await request("POST", "/x", { a: 1 }, { token: "t" })).toEqual({ ok: 1 });
    const init = fetch.mock.calls[0]![1];
    expect(init.body).toBe('{"a":1}');
    expect(init.headers).toMatchObject({ Authorization: "Bearer t", "Content-Type": "application/json" });
  });

  it("throws the desk's own words", async () => {
    const body = { error: { kind: "conflict", message: "Maja took it.", data: { owner_id: "m" }, fields: { text: "No" } } };
    answers(() => Promise.resolve(new Response(JSON.stringify(body), { status: 409 })));
    const error = await caught(request("POST", "/x", {}));
    expect(error).toMatchObject({ kind: "conflict", status: 409, message: "Maja took it.", data: { owner_id: "m" }, fields: { text: "No" } });
    expect(error?.passing).toBe(false);
  });

  it("understands a proxy's page", async () => {
    answers(() => Promise.resolve(new Response("<h1>Bad gateway</h1>", { status: 502 })));
    expect(await caught(request("GET", "/x"))).toMatchObject({ kind: "away", status: 502, passing: true });
    answers(() => Promise.resolve(new Response("<h1>Hotel</h1>", { status: 200 })));
    expect(await caught(request("GET", "/x"))).toMatchObject({ kind: "away", passing: true });
  });

  it("takes the wait that is asked for", async () => {
    answers(() => Promise.resolve(new Response("", { status: 429, headers: { "Retry-After": "3" } })));
    expect(await caught(request("GET", "/x"))).toMatchObject({ kind: "too_many", retryAfter: 3000, passing: true });
  });

  it("calls a dead network away, and an abort by the caller an abort", async () => {
    answers(() => Promise.reject(new TypeError("network")));
    expect(await caught(request("GET", "/x"))).toMatchObject({ kind: "away", status: 0 });
    const controller = new AbortController();
    controller.abort();
    answers(() => Promise.reject(new DOMException("", "AbortError")));
    expect((await caught(request("GET", "/x", undefined, { signal: controller.signal })))?.name).toBe("AbortError");
  });

  it("does not wait for ever", async () => {
    vi.stubGlobal("fetch", (_path: string, init: RequestInit) => new Promise((_resolve, reject) => {
      init.signal?.addEventListener("abort", () => reject(new DOMException("", "TimeoutError")));
    }));
    expect(await caught(request("GET", "/x", undefined, { timeout: 10 }))).toMatchObject({ kind: "away", passing: true });
  });

  it("calls an answer that breaks off in the middle away, so that it is asked for again", async () => {
    const broken = new Response(new ReadableStream({ pull: (stream) => stream.error(new TypeError("network")) }));
    answers(() => Promise.resolve(broken));
    expect(await caught(request("GET", "/x"))).toMatchObject({ kind: "away", passing: true });
  });

  it("fetches bytes", async () => {
    answers(() => Promise.resolve(new Response("bytes")));
    expect(await (await requestBlob("/f", { token: "t" })).text()).toBe("bytes");
  });
});

describe("ids", () => {
  it("are long, random and plain", () => {
    const ids = new Set(Array.from({ length: 1000 }, newId));
    expect(ids.size).toBe(1000);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(randomText(32)).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});
