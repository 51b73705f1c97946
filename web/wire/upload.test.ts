import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { upload } from "./fetch.ts";
import type { WireError } from "./errors.ts";

class FakeXhr {
  static newest: FakeXhr;
  readonly headers: Record<string, string> = {};
  readonly upload: { onprogress?: (event: object) => void } = {};
  status = 0;
  responseText = "";
  body: FormData | null = null;
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  onloadend?: () => void;

  constructor() { FakeXhr.newest = this; }
  open(): void { this.status = 0; }
  setRequestHeader(name: string, value: string): void { this.headers[name] = value; }
  getResponseHeader(): null { return null; }
  send(body: FormData): void { this.body = body; }
  abort(): void { this.onabort?.(); this.onloadend?.(); }
  ends(status: number, text: string): void {
    this.status = status;
    this.responseText = text;
    this.onload?.();
    this.onloadend?.();
  }
}

const parts: number[] = [];
const start = (signal?: AbortSignal) =>
  upload("/files", new File(["bytes"], "Fäustling.png"), "id", (part) => parts.push(part), { token: "t", signal })
    .catch((error: unknown) => error as WireError);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("XMLHttpRequest", FakeXhr);
  parts.length = 0;
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("upload", () => {
  it("sends the file with its id and token and tells how far it is", async () => {
    const outcome = start();
    const xhr = FakeXhr.newest;
    xhr.upload.onprogress?.({ lengthComputable: true, loaded: 1, total: 4 });
    xhr.ends(201, '{"file":{"id":"f"}}');
    expect(await outcome).toEqual({ file: { id: "f" } });
    expect(parts).toEqual([0.25]);
    expect(xhr.headers.Authorization).toBe("Bearer t");
    expect(xhr.body?.get("client_id")).toBe("id");
    expect((xhr.body?.get("file") as File).name).toBe("Fäustling.png");
  });

  it("throws the desk's words", async () => {
    const outcome = start();
    FakeXhr.newest.ends(413, '{"error":{"kind":"too_large","message":"Files may have 20 MB at most."}}');
    expect(await outcome).toMatchObject({ kind: "too_large", message: "Files may have 20 MB at most.", passing: false });
  });

  it("gives up a line that went dead, but not a slow one", async () => {
    const outcome = start();
    for (let round = 0; round < 5; round += 1) {
      vi.advanceTimersByTime(40_000);
      FakeXhr.newest.upload.onprogress?.({ lengthComputable: true, loaded: round, total: 9 });
    }
    expect(parts).toHaveLength(5);
    vi.advanceTimersByTime(45_000);
    expect(await outcome).toMatchObject({ kind: "away" });
  });

  it("stops when told to", async () => {
    const controller = new AbortController();
    const outcome = start(controller.signal);
    controller.abort();
    expect(await outcome).toMatchObject({ kind: "away" });
  });
});
