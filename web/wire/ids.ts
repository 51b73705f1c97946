const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** As many random bytes, written base64url without padding. */
export function randomText(bytes: number): string {
  const raw = crypto.getRandomValues(new Uint8Array(bytes));
  return btoa(String.fromCharCode(...raw)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** An id for a command: 126 random bits in 21 letters. */
export function newId(): string {
  const raw = crypto.getRandomValues(new Uint8Array(21));
  return Array.from(raw, (byte) => LETTERS[byte & 63] ?? "").join("");
}
