import { useState } from "preact/hooks";
import { age, clock, sameDay } from "../../parts/ages.ts";
import { Icon } from "../../parts/icon.tsx";
import { Link } from "../../parts/link.tsx";
import { now } from "../../state/clock.ts";
import { me } from "../../state/store.ts";
import type { Source } from "../../../wire/knowing.ts";
import { locale, words as all } from "../../words.ts";
import { knowledge as words } from "../../words-knowledge.ts";
import { lineOf, nameOf, SOURCE_ICONS } from "./saying.ts";
import { SourceMenu } from "./source-menu.tsx";

export function Sources({ sources }: { sources: readonly Source[] }) {
  const admin = me.value.role === "admin";
  return (
    <table class="lines">
      <thead>
        <tr>
          <th colSpan={2} scope="col">{words.from}</th><th scope="col" class="n">{words.passages}</th><th scope="col" class="then">{words.state}</th>
          {admin && <td class="more" />}
        </tr>
      </thead>
      <tbody>{sources.map((source) => <Line key={source.id} source={source} admin={admin} />)}</tbody>
    </table>
  );
}

function Line({ source, admin }: { source: Source; admin: boolean }) {
  return (
    <tr class={source.is_on ? "" : "off"}>
      <td class="sign"><span class="face s square" aria-hidden="true"><Icon name={SOURCE_ICONS[source.kind]} class="small" /></span></td>
      <th scope="row" class="name">
        <Link to={{ at: "knowledge", source: source.id }}><bdi>{nameOf(source)}</bdi></Link>
        <span class="hint">{lineOf(source)}</span>
      </th>
      <td class="n" data-is={words.passagesOf(source.passages)}>{source.passages.toLocaleString(locale)}</td>
      <td class="then"><SourceState source={source} /></td>
      {admin && <td class="more"><SourceMenu source={source} /></td>}
    </tr>
  );
}

export function SourceState({ source }: { source: Source }) {
  const { is_on, state, fault, read_at, kind } = source;
  const [shown] = useState(now.value);
  if (!is_on) return <span class="hint">{words.states.off}</span>;
  if (state === "failed") return <span class="is bad"><Icon name="warn" class="small" />{fault ?? words.states.failed}</span>;
  if (kind === "answers" || kind === "conversations") return <span class="is good"><Icon name="check" class="small" />{words.states.on}</span>;
  if (state === "reading" || state === "waiting" || state === "stopped") return <span class="hint num">{words.states[state]}</span>;
  return <span class="is good"><Icon name="check" class="small" />{words.readAt(when(read_at ?? shown, now.value))}</span>;
}

// "Yesterday" begins no sentence here; "Tue" and "9 Nov" are names.
function when(at: number, today: number): string {
  if (sameDay(at, today)) return clock(at);
  const said = age(at, today);
  return said === all.ages.yesterday ? said.toLowerCase() : said;
}
