import { Icon } from "../../parts/icon.tsx";
import { Link } from "../../parts/link.tsx";
import { changeSource } from "../../state/knowledge.ts";
import { me } from "../../state/store.ts";
import type { Source } from "../../../wire/knowing.ts";
import { knowledge as words } from "../../words-knowledge.ts";
import { attempted } from "../../state/attempting.ts";
import { nameOf } from "./saying.ts";

/** What is being read at this moment, and how far it is. */
export function Readings({ sources }: { sources: readonly Source[] }) {
  return <>{sources.filter(isUnderWay).map((source) => <Reading key={source.id} source={source} />)}</>;
}

export function isUnderWay({ state, kind, is_on }: Source): boolean {
  return is_on && (kind === "website" || kind === "document") && (state === "reading" || state === "waiting");
}

function Reading({ source }: { source: Source }) {
  const { counts, state, id } = source;
  const done = counts.read + counts.unchanged + counts.skipped + counts.failed;
  const name = nameOf(source);
  return (
    <section class="crawl" aria-label={words.reading(name)}>
      <div class="crawl-top">
        <Icon name="refresh" /><strong class="clip">{state === "waiting" ? words.waits(name) : words.reading(name)}</strong>
        {counts.found > 0 && <span class="hint num">{words.progress(done, counts.found)}</span>}
        {me.value.role === "admin" && <button type="button" class="button" onClick={() => void attempted(() => changeSource(id, "stop"))}>{words.stop}</button>}
      </div>
      <progress class="track" value={counts.found > 0 ? done : 0} max={Math.max(1, counts.found)} aria-label={words.reading(name)} />
      <div class="hint num crawl-counts">
        <span>{words.read(counts.read)}</span>
        {counts.unchanged > 0 && <span>{words.unchanged(counts.unchanged)}</span>}
        {counts.skipped > 0 && <span>{words.skipped(counts.skipped, counts.robots)}</span>}
        {counts.failed > 0 && <Link to={{ at: "knowledge", source: id }} class="bad">{words.failedPages(counts.failed)}</Link>}
        {counts.now && <span class="clip crawl-now">{words.now(counts.now)}</span>}
      </div>
    </section>
  );
}
