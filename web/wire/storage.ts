export type StorageLike = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** The browser's storage, or one that forgets on reload where the browser allows none. */
export function storage(kind: "localStorage" | "sessionStorage" = "localStorage"): StorageLike {
  try {
    const found = window[kind];
    found.setItem("frontdesk:probe", "");
    found.removeItem("frontdesk:probe");
    return found;
  } catch {
    return forgetful();
  }
}

export function forgetful(): StorageLike {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    key: (index) => [...kept.keys()][index] ?? null,
    get length() { return kept.size; },
  };
}

export function keysWith(prefix: string, store: StorageLike): string[] {
  return Array.from({ length: store.length }, (_, index) => store.key(index) ?? "").filter((key) => key.startsWith(prefix));
}
