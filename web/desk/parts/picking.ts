/** What is being asked for in a text: the letters from a sign up to the caret. */
export type Asked = { from: number; to: number; query: string };

const LONGEST = 60;
// A sign within a word means itself, as in an address or a time.
const BEFORE = /[\s([{<"'“„‘«»/–—-]/u;

/** The query that begins with `sign` before the caret; null where nothing is asked for. */
export function askedAt(text: string, caret: number, sign: string): Asked | null {
  const near = text.slice(Math.max(0, caret - LONGEST), caret);
  const at = near.lastIndexOf(sign);
  if (at < 0) return null;
  const from = caret - near.length + at;
  const query = near.slice(at + sign.length);
  if (from > 0 && !BEFORE.test(text[from - 1] ?? "")) return null;
  return /^\s|[\n\r]| {2}/u.test(query) ? null : { from, to: caret, query };
}
