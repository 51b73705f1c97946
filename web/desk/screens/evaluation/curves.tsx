import type { Point } from "../../../wire/knowing.ts";
import { evaluation as words } from "../../words-knowledge.ts";
import { lowest } from "./scale.ts";

export const HEIGHT = 284;
export const GRAB = 22;
const START = 44;
const TOP = 20;
const FLOOR = 240;
const END = 12;
const BEFORE_AT = 35;
// Half of its width and both texts together; a line of text and some air.
const NAME_REACH = 190;
const NAME_HEIGHT = 20;

/** Where the axes lie, in pixels; `low` is what the lower one stands for. */
export type Frame = { width: number; end: number; floor: number; low: number };

export function frameOf(width: number, now: readonly Point[], before: readonly Point[]): Frame {
  return { width, end: Math.max(START + 100, width - END), floor: FLOOR, low: lowest([now, before]) };
}

export const xOf = ({ end }: Frame, shown: number) => START + ((end - START) * shown) / 100;
export const yOf = ({ low }: Frame, right: number) => FLOOR - ((FLOOR - TOP) * (Math.max(low, right) - low)) / (100 - low);
export const shownUnder = ({ end }: Frame, x: number) => Math.round(Math.max(0, Math.min(100, ((x - START) / (end - START)) * 100)));

type Props = { frame: Frame; now: readonly Point[]; before: readonly Point[] | null; label: string };

export function Curves({ frame, now, before, label }: Props) {
  const lines = Array.from({ length: (100 - frame.low) / 10 + 1 }, (_, nth) => frame.low + nth * 10).filter((line) => frame.low >= 50 || line % 20 === 0);
  return (
    <g role="img" aria-label={label}>
      {lines.map((line) => (
        <g key={line}><path class="g" d={`M${START} ${yOf(frame, line)}H${frame.end}`} /><text class="t" x={START - 8} y={yOf(frame, line) + 4} text-anchor="end">{line}</text></g>
      ))}
      {[0, 25, 50, 75, 100].map((shown) => <text key={shown} class="t" x={xOf(frame, shown)} y={FLOOR + 18} text-anchor="middle">{shown}</text>)}
      {before && <path class="was" d={pathOf(frame, before)} />}
      <path class="now" d={pathOf(frame, now)} />
      {before && <Name frame={frame} curve={before} at={BEFORE_AT} class="t name" below text={words.beforeLearning} />}
      <Name frame={frame} curve={now} at={98} class="t tail name" below={false} text={words.now} />
      <text class="t" x={frame.end} y={HEIGHT - 8} text-anchor="end">{words.shown}</text>
      <text class="t" x="0" y="8">{words.right}</text>
    </g>
  );
}

function pathOf(frame: Frame, curve: readonly Point[]): string {
  return curve.map((point, nth) => `${nth === 0 ? "M" : "L"}${xOf(frame, point.shown * 100).toFixed(1)} ${yOf(frame, point.right * 100).toFixed(1)}`).join(" ");
}

type NameProps = { frame: Frame; curve: readonly Point[]; at: number; class: string; below: boolean; text: string };

function Name({ frame, curve, at, class: more, below, text }: NameProps) {
  const place = placeOf(frame, curve, at, below);
  return place && <text class={more} x={place.x} y={place.y} text-anchor={at > 60 ? "end" : "middle"}>{text}</text>;
}

type Spot = { x: number; y: number };

function placeOf(frame: Frame, curve: readonly Point[], at: number, below: boolean): Spot | null {
  const point = curve.findLast((one) => one.shown * 100 <= at) ?? curve[0];
  if (!point) return null;
  const y = yOf(frame, point.right * 100) + (below ? 26 : -30);
  return { x: xOf(frame, point.shown * 100), y: Math.max(TOP + 12, Math.min(FLOOR - 6, y)) };
}

/** How high the bar's own words stand: near its point, clear of the name of the earlier curve, with `x` where they begin or end. */
export function clearOf(frame: Frame, before: readonly Point[] | null, x: number, y: number): number {
  const name = before && placeOf(frame, before, BEFORE_AT, true);
  const wanted = [y + 54, y + 90, y - 18, y + 30].map((one) => Math.max(TOP + 10, Math.min(FLOOR - 14, one)));
  const free = wanted.find((one) => !name || Math.abs(name.x - x) > NAME_REACH || Math.abs(name.y - one) > NAME_HEIGHT);
  return free ?? TOP + 10;
}
