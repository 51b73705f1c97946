export type Window = { from: number; to: number };

/** Which rows of equal height are worth drawing. */
export function windowOf(top: number, height: number, row: number, count: number, spare = 8): Window {
  const from = Math.max(0, Math.floor(top / row) - spare);
  const to = Math.min(count, Math.ceil((top + height) / row) + spare);
  return { from: Math.min(from, count), to: Math.max(to, 0) };
}

/** By how many rows the list has moved under the eye: what most of the visible rows say, and among
    equals the upper ones, so that one of them going elsewhere moves nothing. */
export function shift(before: readonly string[], after: readonly string[], visible: Window): number {
  const places = new Map(after.map((id, index) => [id, index]));
  const moves = before
    .slice(visible.from, visible.to)
    .map((id, nth) => (places.get(id) ?? Number.NaN) - (visible.from + nth))
    .filter((move) => !Number.isNaN(move));
  const say = (move: number) => moves.filter((other) => other === move).length;
  return moves.reduce((best, move) => (say(move) > say(best) ? move : best), moves[0] ?? 0);
}

/** Where to scroll so that a row is wholly in view; as it is when it is already. */
export function reveal(index: number, top: number, height: number, row: number): number {
  if (index * row < top) return index * row;
  return (index + 1) * row > top + height ? (index + 1) * row - height : top;
}
