/** As many random bytes, written base64url without padding. */
export function randomText(bytes: number): string {
  const raw = crypto.getRandomValues(new Uint8Array(bytes));
  return btoa(String.fromCharCode(...raw)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

/** An id for a command: 128 random bits in 22 letters. */
export const newId = (): string => randomText(16);
