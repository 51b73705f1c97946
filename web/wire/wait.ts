const FIRST = 500;
const LONGEST = 30_000;

/** How long to wait before the next try: longer each time, and never the same for everybody. */
export function backOff(tries: number): number {
  return Math.min(LONGEST, FIRST * 2 ** tries) * (0.5 + Math.random() / 2);
}
