import { useRef } from "preact/hooks";
import type { Week } from "../../../wire/knowing.ts";
import { evaluation as words } from "../../words-knowledge.ts";
import { ticks, total, weekNumber } from "./scale.ts";
import { useWidth } from "./width.ts";

const HEIGHT = 284;
const START = 36;
const TOP = 20;
const FLOOR = 240;
const END = 10;
const WIDEST = 28;
const GAP = 1.5;
const LABEL = 26;

/** Always in this order: the two purples, grey, red. */
export const VERDICTS = ["sent", "edited", "ignored", "rejected"] as const;

/** What became of what was shown, week by week. */
export function WeeksPlot({ weeks }: { weeks: readonly Week[] }) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  return (
    <>
      <div class="plot-box" ref={box}>{width > 0 && <Bars weeks={weeks} width={width} />}</div>
      <table class="sr">
        <caption>{words.weeksPlot}</caption>
        <thead><tr><th scope="col">{words.week}</th>{VERDICTS.map((one) => <th key={one} scope="col">{words.verdicts[one]}</th>)}</tr></thead>
        <tbody>{weeks.map((week) => <tr key={week.monday}><th scope="row">{weekNumber(week.monday)}</th>{VERDICTS.map((one) => <td key={one}>{week[one]}</td>)}</tr>)}</tbody>
      </table>
    </>
  );
}

function Bars({ weeks, width }: { weeks: readonly Week[]; width: number }) {
  const lines = ticks(Math.max(...weeks.map(total)));
  const most = lines.at(-1) ?? 1;
  const end = width - END;
  const step = (end - START) / weeks.length;
  const every = Math.max(1, Math.ceil(LABEL / step));
  const yOf = (many: number) => FLOOR - ((FLOOR - TOP) * many) / most;
  return (
    <svg class="plot" width={width} height={HEIGHT} role="img" aria-label={words.weeksPlot}>
      {lines.map((line) => (
        <g key={line}><path class="g" d={`M${START} ${yOf(line)}H${end}`} /><text class="t" x={START - 8} y={yOf(line) + 4} text-anchor="end">{line}</text></g>
      ))}
      {weeks.map((week, nth) => {
        const middle = START + step * (nth + 0.5);
        return (
          <g key={week.monday}>
            <Stack week={week} x={middle} wide={Math.min(WIDEST, Math.max(2, step * 0.68))} yOf={yOf} />
            {(weeks.length - 1 - nth) % every === 0 && <text class="t" x={middle} y={FLOOR + 18} text-anchor="middle">{weekNumber(week.monday)}</text>}
          </g>
        );
      })}
      <text class="t" x={end} y={HEIGHT - 8} text-anchor="end">{words.week}</text>
      <text class="t" x="0" y="8">{words.suggestions}</text>
    </svg>
  );
}

type StackProps = { week: Week; x: number; wide: number; yOf: (many: number) => number };

function Stack({ week, x, wide, yOf }: StackProps) {
  let below = 0;
  const parts = VERDICTS.map((one) => {
    const from = below;
    below += week[one];
    return { one, from, to: below };
  }).filter(({ from, to }) => to > from);
  return (
    <g class="stack-of">
      {parts.map(({ one, from, to }) => (
        <rect key={one} class={one} x={x - wide / 2} y={yOf(to)} width={wide} height={Math.max(1, yOf(from) - yOf(to) - GAP)}>
          <title>{words.weekSays(weekNumber(week.monday), week[one], words.verdicts[one])}</title>
        </rect>
      ))}
    </g>
  );
}
