import type { Point, Week } from "../../../wire/knowing.ts";

/** Of 100: what an evaluation tells is told as whole numbers. */
export const of100 = (part: number) => Math.round(part * 100);

/** How many of 100 questions get a suggestion when the bar lies at a confidence. */
export function shownAt(curve: readonly Point[], bar: number): number {
  return of100(curve.reduce((most, point) => (point.bar >= bar ? Math.max(most, point.shown) : most), 0));
}

/** The point of the curve that is nearest to so many of 100 shown. */
export function pointAt(curve: readonly Point[], shown: number): Point | null {
  return curve.reduce<Point | null>((best, point) => (best && off(best, shown) <= off(point, shown) ? best : point), null);
}

function off(point: Point, shown: number): number {
  return Math.abs(point.shown * 100 - shown);
}

/** Where the axis of what is right begins: a round number under everything drawn, 50 at most. */
export function lowest(curves: readonly (readonly Point[])[]): number {
  const least = Math.min(100, ...curves.flat().map((point) => point.right * 100));
  return Math.max(0, Math.min(50, Math.floor(least / 10) * 10));
}

/** Where keys move the bar; null for keys that do not. */
export function moved(shown: number, key: string): number | null {
  const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10, Home: -100, End: 100 }[key];
  return by === undefined ? null : Math.max(0, Math.min(100, shown + by));
}

/** Lines of a grid from 0 to above the most, at most about four, at round numbers. */
export function ticks(most: number): number[] {
  const rough = Math.max(1, most / 3);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.max(1, Math.ceil(most / step)) + 1 }, (_, nth) => nth * step);
}

export function total({ sent, edited, ignored, rejected }: Week): number {
  return sent + edited + ignored + rejected;
}

const DAY = 86_400_000;

/** The week's number as calendars print it (ISO 8601). */
export function weekNumber(monday: number): number {
  const date = new Date(monday);
  const thursday = new Date(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate() + 3));
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.floor((thursday.getTime() - first) / DAY / 7) + 1;
}
