import type { SourceUse } from "../../../wire/knowing.ts";
import { Icon, type IconName } from "../../parts/icon.tsx";
import { Link } from "../../parts/link.tsx";
import { locale } from "../../words.ts";
import { evaluation as words, knowledge } from "../../words-knowledge.ts";
import { of100 } from "./scale.ts";
import { VERDICTS } from "./weeks-plot.tsx";

const ICONS: Readonly<Record<string, IconName>> = { website: "globe", document: "page", answers: "check", conversations: "reply" };
const COLUMNS = ["shown", "sent", "edited", "rejected", "ignored"] as const;

export function UseTable({ sources }: { sources: readonly SourceUse[] }) {
  return (
    <section class="use-of"><table>
      <thead>
        <tr>
          <th scope="col">{words.source}</th>{COLUMNS.map((one) => <th key={one} scope="col" class="n">{words.columns[one]}</th>)}
          <td class="mini-of" /><th scope="col" class="n">{words.rightColumn}</th>
        </tr>
      </thead>
      <tbody>{sources.map((source) => <Line key={source.source_id} source={source} />)}</tbody>
    </table></section>
  );
}

function Line({ source }: { source: SourceUse }) {
  const { kind, name, source_id, sent, edited, rejected } = source;
  const judged = sent + edited + rejected;
  const called = kind === "answers" || kind === "conversations" ? knowledge.names[kind] : name;
  return (
    <tr>
      <th scope="row"><span class="use-name"><Icon name={ICONS[kind] ?? "page"} class={`small ${kind === "conversations" ? "turns" : ""}`} /><Link to={{ at: "knowledge", source: source_id }}><bdi>{called}</bdi></Link></span></th>
      {COLUMNS.map((one) => <td key={one} class="n" data-is={words.columns[one]}>{source[one].toLocaleString(locale)}</td>)}
      <td class="mini-of"><Mini source={source} /></td>
      <td class="n" data-is={words.rightColumn}>{judged === 0 ? "–" : of100((sent + edited) / judged)}</td>
    </tr>
  );
}

function Mini({ source }: { source: SourceUse }) {
  const all = VERDICTS.reduce((sum, one) => sum + source[one], 0);
  if (all === 0) return null;
  return (
    <span class="mini" aria-hidden="true">
      {VERDICTS.filter((one) => source[one] > 0).map((one) => <i key={one} class={one} style={{ flexGrow: source[one] }} title={`${source[one]} ${words.verdicts[one]}`} />)}
    </span>
  );
}
