import { away, refusal, WireError } from "./errors.ts";

export { WireError, type WireKind } from "./errors.ts";
export { newId } from "./ids.ts";

export type Method = "GET" | "POST";
export type RequestOptions = { token?: string | undefined; signal?: AbortSignal | undefined; timeout?: number };

/** One call to the desk. Throws WireError; an abort by the caller's own signal is thrown as it is. */
export async function request<T>(method: Method, path: string, body?: unknown, options: RequestOptions = {}): Promise<T> {
  const response = await answer(path, init(method, body, options), options);
  return (await readJson(response)) as T;
}

/** The bytes of a file that may only be fetched with the token. */
export async function requestBlob(path: string, options: RequestOptions = {}): Promise<Blob> {
  const response = await answer(path, init("GET", undefined, options), options);
  return response.blob().catch(() => { throw away(); });
}

function init(method: Method, body: unknown, { token }: RequestOptions): RequestInit {
  const headers: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {};
  if (body === undefined) return { method, headers };
  return { method, headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

async function answer(path: string, call: RequestInit, options: RequestOptions): Promise<Response> {
  const limit = limited(options);
  try {
    const response = await fetch(path, { ...call, signal: limit.signal });
    if (response.ok) return response;
    throw refusal(response.status, await response.text(), response.headers.get("Retry-After"));
  } catch (cause) {
    if (options.signal?.aborted || cause instanceof WireError) throw cause;
    throw away();
  } finally {
    limit.done();
  }
}

// By hand, because AbortSignal.any and .timeout are younger than browsers that customers still use.
function limited({ signal, timeout = 20_000 }: RequestOptions): { signal: AbortSignal; done: () => void } {
  const controller = new AbortController();
  const stop = () => controller.abort();
  const timer = setTimeout(stop, timeout);
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop, { once: true });
  return { signal: controller.signal, done: () => clearTimeout(timer) };
}

/** A success that is not JSON came from someone in between, such as a hotel's sign-in page. */
async function readJson(response: Response): Promise<unknown> {
  try {
    return JSON.parse(await response.text()) as unknown;
  } catch {
    throw away();
  }
}

export type UploadOptions = { token?: string | undefined; signal?: AbortSignal | undefined };

/** Sends a file. `onProgress` gets 0 to 1. XHR, because fetch cannot tell how far an upload is. */
export function upload<T>(
  path: string, file: File, clientId: string, onProgress: (part: number) => void, options: UploadOptions = {},
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open("POST", path);
    if (options.token) xhr.setRequestHeader("Authorization", `Bearer ${options.token}`);
    const stall = stalls(xhr);
    xhr.upload.onprogress = (event) => {
      stall.moved();
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    xhr.onload = () => settle(xhr, resolve as (value: unknown) => void, reject);
    xhr.onerror = xhr.onabort = () => reject(away());
    xhr.onloadend = stall.done;
    options.signal?.addEventListener("abort", () => xhr.abort(), { once: true });
    xhr.send(form(file, clientId));
  });
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

function settle(xhr: XMLHttpRequest, resolve: (value: unknown) => void, reject: (error: WireError) => void): void {
  if (xhr.status < 200 || xhr.status > 299) {
    reject(refusal(xhr.status, xhr.responseText, xhr.getResponseHeader("Retry-After")));
    return;
  }
  try {
    resolve(JSON.parse(xhr.responseText));
  } catch {
    reject(away());
  }
}
