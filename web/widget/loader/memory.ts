// What the company's own page remembers; where its storage is blocked, nothing.

type Store = "localStorage" | "sessionStorage";

export function recall(key: string, store: Store = "localStorage"): string | undefined {
  try {
    return window[store][`frontdesk:${key}`] as string | undefined;
  } catch {
    return;
  }
}

/** An empty value forgets. */
export function remember(key: string, value: string, store: Store = "localStorage"): void {
  try {
    window[store][`frontdesk:${key}`] = value;
  } catch {
    // A page that remembers nothing starts afresh; nothing is lost, the chat keeps its own.
  }
}

/** A random id that links page visits to a customer and opens nothing. */
export function browserId(): string {
  const known = recall("browser") ?? "";
  if (/^[\w-]{16,64}$/.test(known)) return known;
  const made = crypto.getRandomValues(new Uint32Array(4)).join("-");
  remember("browser", made);
  return made;
}
