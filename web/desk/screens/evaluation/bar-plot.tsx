import { useEffect, useRef, useState } from "preact/hooks";
import type { TargetedPointerEvent } from "preact";
import type { Point, Quality } from "../../../wire/knowing.ts";
import type { KeyboardEvent } from "../../parts/events.ts";
import { command } from "../../state/commands.ts";
import { me } from "../../state/store.ts";
import { toast } from "../../state/toasts.ts";
import { words as all } from "../../words.ts";
import { evaluation as words } from "../../words-knowledge.ts";
import { clearOf, Curves, GRAB, type Frame, frameOf, HEIGHT, shownUnder, xOf, yOf } from "./curves.tsx";
import { moved, of100, pointAt, shownAt } from "./scale.ts";
import { useWidth } from "./width.ts";

type Props = { now: Quality; before: Quality | null; bar: number };

/** How many are shown against how many of them are right, with the bar: a slider that holds once it is kept. */
export function BarPlot({ now, before, bar }: Props) {
  const kept = shownAt(now.curve, bar);
  const [shown, setShown] = useState(kept);
  useEffect(() => setShown(kept), [kept]);
  const admin = me.value.role === "admin";
  const keep = async () => {
    const point = pointAt(now.curve, shown);
    if (!point) return;
    await command("/api/evaluation/bar", { bar: point.bar }).then(() => toast({ text: words.kept }), () => toast({ text: all.faults.away }));
  };
  return (
    <section class="plot-part">
      <div class="cap">
        <h2>{words.bar}</h2><span class="hint clip">{admin ? words.barHint : words.barHintAgent}</span>
        {shown !== kept && (
          <span class="acts">
            <button type="button" class="button plain" onClick={() => setShown(kept)}>{words.undo}</button>
            <button type="button" class="button main" onClick={() => void keep()}>{words.keep(shown)}</button>
          </span>
        )}
      </div>
      <Plot now={now} before={before} shown={shown} setShown={admin ? setShown : null} />
      <HiddenTable now={now.curve} before={before?.curve ?? []} />
    </section>
  );
}

type PlotProps = { now: Quality; before: Quality | null; shown: number; setShown: ((shown: number) => void) | null };

function Plot({ now, before, shown, setShown }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const frame = frameOf(useWidth(box), now.curve, before?.curve ?? []);
  const [hover, setHover] = useState<Point | null>(null);
  const right = of100(pointAt(now.curve, shown)?.right ?? 0);
  const under = (event: TargetedPointerEvent<SVGSVGElement>) => shownUnder(frame, event.clientX - event.currentTarget.getBoundingClientRect().left);
  const drag = (event: TargetedPointerEvent<SVGSVGElement>) => {
    if (setShown && event.buttons === 1) setShown(under(event));
    else if (event.pointerType === "mouse") setHover(pointAt(now.curve, under(event)));
  };
  const begin = (event: TargetedPointerEvent<SVGSVGElement>) => {
    if (!setShown || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setHover(null);
    setShown(under(event));
  };
  return (
    <div class={`plot-box ${setShown ? "drags" : ""}`} ref={box}>
      {frame.width > 0 && (
        <svg class="plot" width={frame.width} height={HEIGHT} onPointerDown={begin} onPointerMove={drag} onPointerLeave={() => setHover(null)}>
          <Curves frame={frame} now={now.curve} before={before?.curve ?? null} label={words.plot(shown, right)} />
          <Bar frame={frame} before={before?.curve ?? null} shown={shown} right={right} />
          {hover && <Hover frame={frame} point={hover} />}
          {setShown && <Grab frame={frame} shown={shown} right={right} setShown={setShown} />}
        </svg>
      )}
    </div>
  );
}

function Bar({ frame, before: was, shown, right }: { frame: Frame; before: readonly Point[] | null; shown: number; right: number }) {
  const x = xOf(frame, shown);
  const y = yOf(frame, right);
  const before = shown > 45;
  return (
    <g class="bar-line" aria-hidden="true">
      <path d={`M${x} 16V${frame.floor}`} />
      <circle class="at" cx={x} cy={y} r="4.5" />
      <text class="say" x={before ? x - 12 : x + 12} y={clearOf(frame, was, x, y)} text-anchor={before ? "end" : "start"}>{words.say(shown, right)}</text>
    </g>
  );
}

function Hover({ frame, point }: { frame: Frame; point: Point }) {
  const [shown, right] = [of100(point.shown), of100(point.right)];
  const [x, y] = [xOf(frame, point.shown * 100), yOf(frame, point.right * 100)];
  const end = shown > 60;
  return (
    <g class="hovered" aria-hidden="true">
      <circle cx={x} cy={y} r="3.5" />
      <text class="t" x={end ? x - 8 : x + 8} y={y - 10} text-anchor={end ? "end" : "start"}>{words.say(shown, right)}</text>
    </g>
  );
}

function Grab({ frame, shown, right, setShown }: { frame: Frame; shown: number; right: number; setShown: (shown: number) => void }) {
  const keyed = (event: KeyboardEvent) => {
    const next = moved(shown, event.key);
    if (next === null) return;
    event.preventDefault();
    setShown(next);
  };
  return (
    <g class="grab" tabindex={0} role="slider" aria-label={words.barLabel} aria-valuemin={0} aria-valuemax={100} aria-valuenow={shown}
      aria-valuetext={words.spoken(shown, right)} transform={`translate(${xOf(frame, shown)} ${frame.floor})`}
      onKeyDown={(event) => keyed(event as unknown as KeyboardEvent)}>
      <rect class="reach" x={-22} y={-22} width={44} height={44} />
      <rect x={-GRAB / 2} y={-GRAB / 2} width={GRAB} height={GRAB} rx="6" /><path d="M-3 -4v8M3 -4v8" />
    </g>
  );
}

function HiddenTable({ now, before }: { now: readonly Point[]; before: readonly Point[] }) {
  const rows = Array.from({ length: 10 }, (_, nth) => (nth + 1) * 10).filter((shown) => now.some((point) => point.shown * 100 >= shown - 5));
  return (
    <table class="sr">
      <caption>{words.bar}</caption>
      <thead><tr><th scope="col">{words.shown}</th><th scope="col">{words.right}, {words.now}</th>{before.length > 0 && <th scope="col">{words.beforeLearning}</th>}</tr></thead>
      <tbody>
        {rows.map((shown) => (
          <tr key={shown}>
            <th scope="row">{shown}</th><td>{of100(pointAt(now, shown)?.right ?? 0)}</td>{before.length > 0 && <td>{of100(pointAt(before, shown)?.right ?? 0)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
