import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cleaned, visits } from "./page.ts";

describe("an address", () => {
  it.each([
    ["https://ines:secret@shop.example/k2?utm_source=mail&token=abc#reset", "https://shop.example/k2?utm_source=mail"],
    ["https://shop.example/k2?email=ines@example.com", "https://shop.example/k2"],
    ["http://localhost:8102/", "http://localhost:8102/"],
    ["file:///home/ines/page.html", ""],
    ["javascript:alert(1)", ""],
    ["not an address", ""],
    ["", ""],
  ])("%s becomes %s", (address, expected) => {
    expect(cleaned(address)).toBe(expected);
  });
});

describe("visits", () => {
  const sent: { endpoint: string; body: Record<string, unknown> }[] = [];
  const told = vi.fn();
  let invited = 0;
  const page = { href: "https://shop.example/a?session=1" };
  const window = new EventTarget();
  const history = { pushState: (_data: unknown, _title: string, href: string) => { page.href = href; }, replaceState: () => undefined };

  beforeEach(() => {
    vi.useFakeTimers();
    sent.length = invited = 0;
    told.mockReset();
    page.href = "https://shop.example/a?session=1";
    vi.stubGlobal("location", page);
    vi.stubGlobal("history", { ...history });
    vi.stubGlobal("document", { referrer: "https://search.example/?q=private" });
    vi.stubGlobal("addEventListener", window.addEventListener.bind(window));
    vi.stubGlobal("fetch", (endpoint: string, { body }: { body: string }) => {
      sent.push({ endpoint, body: JSON.parse(body) as Record<string, unknown> });
      return Promise.resolve(new Response(JSON.stringify({ invited })));
    });
  });

  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it("are reported at once and when the page changes its address", () => {
    visits("https://desk.example/widget/api/visits", "browser", () => "Title".repeat(100), told);
    (globalThis.history as unknown as typeof history).pushState(null, "", "https://shop.example/b#x");
    (globalThis.history as unknown as typeof history).pushState(null, "", "https://shop.example/b#y");
    vi.advanceTimersByTime(300);
    window.dispatchEvent(new Event("popstate"));
    vi.advanceTimersByTime(300);
    expect(sent.map(({ body }) => [body.url, body.referrer])).toEqual([
      ["https://shop.example/a", "https://search.example/"],
      ["https://shop.example/b", "https://shop.example/a"],
    ]);
    expect(sent[0]?.body).toMatchObject({ kind: "page", browser: "browser" });
    expect(sent[0]?.body.title).toHaveLength(200);
  });

  it("carry the site's own events", () => {
    const report = visits("/v", "browser", () => "Title", told);
    report({ kind: "event", name: "Added to basket", data: { sku: "K2" } });
    expect(sent[1]?.body).toMatchObject({ kind: "event", name: "Added to basket", data: { sku: "K2" }, url: "https://shop.example/a" });
  });

  it("say every half minute where the visitor still is, and hear when somebody speaks first", async () => {
    visits("/v", "browser", () => "Title", told);
    invited = 1;
    await vi.advanceTimersByTimeAsync(61_000);
    expect(sent.map(({ body }) => body.kind)).toEqual(["page", "here", "here"]);
    expect(told.mock.calls).toEqual([[{ invited: 0 }], [{ invited: 1 }], [{ invited: 1 }]]);
  });

  it("do not mind a desk that is away", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    visits("/v", "browser", () => "Title", told);
    await vi.advanceTimersByTimeAsync(31_000);
    expect(told).not.toHaveBeenCalled();
  });

  it("are not reported for a page that is no website", () => {
    page.href = "file:///home/ines/page.html";
    visits("/v", "browser", () => "Title", told);
    expect(sent).toEqual([]);
  });
});
