import type { Quality } from "../../../wire/knowing.ts";
import { evaluation as words } from "../../words-knowledge.ts";
import { of100 } from "./scale.ts";

const ROWS = [
  { part: "first", text: words.first, strong: words.firstStrong },
  { part: "three", text: words.three, strong: words.threeStrong },
  { part: "silent", text: words.silent, strong: words.silentStrong },
] as const;

/** Three figures, each of 100. */
export function Figures({ now, before }: { now: Quality; before: Quality | null }) {
  return (
    <>
      {ROWS.map(({ part, text, strong }) => (
        <p key={part} class="figure-of">
          <b>{of100(now[part])}</b>
          <span>{text} <strong>{strong}</strong>{before && <em>{words.before(of100(before[part]))}</em>}</span>
        </p>
      ))}
    </>
  );
}
