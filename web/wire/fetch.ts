import { away, refusal, WireError } from "./errors.ts";

export { WireError, type WireKind } from "./errors.ts";
export { newId } from "./ids.ts";

export type Method = "GET" | "POST";
/** Without a signal of its own, a call is given up after `timeout` (20 s). */
export type RequestOptions = { token?: string | undefined; signal?: AbortSignal | undefined; timeout?: number };

/** One call to the desk. Throws WireError; an abort by the caller's own signal is thrown as it is. */
export function request<T>(method: Method, path: string, body?: unknown, options: RequestOptions = {}): Promise<T> {
  return answer(path, init(method, body, options), options, async (response) => parsed(await response.text()) as T);
}

/** The bytes of a file that may only be fetched with the token. */
export function requestBlob(path: string, options: RequestOptions = {}): Promise<Blob> {
  return answer(path, init("GET", undefined, options), options, (response) => response.blob());
}

function init(method: Method, body: unknown, { token }: RequestOptions): RequestInit {
  const headers: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {};
  if (body === undefined) return { method, headers };
  return { method, headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

async function answer<T>(
  path: string, call: RequestInit, options: RequestOptions, read: (response: Response) => Promise<T>,
): Promise<T> {
  const signal = options.signal ?? patience(options.timeout ?? 20_000);
  try {
    const response = await fetch(path, { ...call, signal });
    if (response.ok) return await read(response);
    throw refusal(response.status, await response.text(), response.headers.get("Retry-After"));
  } catch (cause) {
    if (options.signal?.aborted || cause instanceof WireError) throw cause;
    throw away();
  }
}

// Browsers too old to have this wait as long as their network does.
function patience(timeout: number): AbortSignal | null {
  return (AbortSignal as Partial<typeof AbortSignal>).timeout?.(timeout) ?? null;
}

// A success that is not JSON came from someone in between, such as a hotel's sign-in page.
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw away();
  }
}

export type UploadOptions = { token?: string | undefined; signal?: AbortSignal | undefined };

/** Sends a file. `onProgress` gets 0 to 1. XHR, because fetch cannot tell how far an upload is. */
export async function upload<T>(
  path: string, file: File, clientId: string, onProgress: (part: number) => void, options: UploadOptions = {},
): Promise<T> {
  const xhr = new XMLHttpRequest();
  await new Promise<void>((resolve, reject) => {
    xhr.open("POST", path);
    if (options.token) xhr.setRequestHeader("Authorization", `Bearer ${options.token}`);
    const stall = stalls(xhr);
    xhr.upload.onprogress = (event) => {
      stall.moved();
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    xhr.onload = () => resolve();
    xhr.onerror = xhr.onabort = () => reject(away());
    xhr.onloadend = stall.done;
    options.signal?.addEventListener("abort", () => xhr.abort(), { once: true });
    xhr.send(form(file, clientId));
  });
  if (xhr.status < 300) return parsed(xhr.responseText) as T;
  throw refusal(xhr.status, xhr.responseText, xhr.getResponseHeader("Retry-After"));
}

// A connection that died without a word would otherwise keep the file "on its way" for ever.
function stalls(xhr: XMLHttpRequest): { moved: () => void; done: () => void } {
  let timer = 0;
  const done = () => clearTimeout(timer);
  const moved = () => {
    done();
    timer = setTimeout(() => xhr.abort(), 45_000);
  };
  moved();
  return { moved, done };
}

function form(file: File, clientId: string): FormData {
  const data = new FormData();
  data.append("client_id", clientId);
  data.append("file", file, file.name);
  return data;
}
