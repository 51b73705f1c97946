import { useEffect, useState } from "preact/hooks";
import { request } from "../../../wire/fetch.ts";
import type { KnownPage, PagesAnswer, PageState, Source } from "../../../wire/knowing.ts";
import { age } from "../../parts/ages.ts";
import { Either } from "../../parts/either.tsx";
import { Icon } from "../../parts/icon.tsx";
import { now } from "../../state/clock.ts";
import { pathOf } from "../../state/knowledge.ts";
import { route } from "../../state/route.ts";
import { locale, words as all } from "../../words.ts";
import { knowledge as words } from "../../words-knowledge.ts";
import { Passages, PassageList } from "./passages.tsx";

type Filter = PageState | "all";
const FILTERS: readonly Filter[] = ["all", "read", "unchanged", "skipped", "failed"];

/** The pages of a website with what became of each; a document has one, which stands open. */
export function Pages({ source }: { source: Source }) {
  const first: Filter = source.counts.failed > 0 && source.counts.read + source.counts.unchanged === 0 ? "failed" : "all";
  const [filter, setFilter] = useState<Filter>(first);
  const { rows, next, failed, more } = usePages(source, filter);
  const [open, setOpen] = useState<KnownPage | null>(null);
  const at = route.value;
  const document = source.kind === "document" ? rows?.[0] : undefined;
  if (document) return <PassageList page={document.id} sought={at.at === "knowledge" ? at.passage : undefined} />;
  return (
    <section>
      {source.kind === "website" && (
        <div class="filters">
          <Either label={words.which_} value={filter} onChange={setFilter} options={FILTERS.map((value) => ({ value, label: words.filters[value] }))} />
        </div>
      )}
      {failed && <p class="hint">{all.settings.failed} <button type="button" class="do" onClick={more}>{all.tryAgain}</button></p>}
      {!rows && !failed && <p class="hint late">{all.settings.loading}</p>}
      {rows?.length === 0 && <p class="hint">{words.noPages}</p>}
      {rows && rows.length > 0 && <Table rows={rows} open={setOpen} />}
      {next && <button type="button" class="button show-more" onClick={more}>{words.showMore}</button>}
      {open && <Passages page={open} onClose={() => setOpen(null)} />}
    </section>
  );
}

function Table({ rows, open }: { rows: readonly KnownPage[]; open: (page: KnownPage) => void }) {
  return (
    <table class="lines">
      <thead><tr><th scope="col">{words.page}</th><th scope="col" class="n">{words.passages}</th><th scope="col" class="then">{words.state}</th></tr></thead>
      <tbody>
        {rows.map((page) => (
          <tr key={page.id}>
            <th scope="row" class="name">
              {page.passages > 0 ? <button type="button" onClick={() => open(page)}><bdi>{page.title || pathOfUrl(page.url)}</bdi></button> : <bdi>{page.title || pathOfUrl(page.url)}</bdi>}
              <bdi class="hint clip">{pathOfUrl(page.url)}</bdi>
            </th>
            <td class="n" data-is={words.passagesOf(page.passages)}>{page.passages.toLocaleString(locale)}</td>
            <td class="then"><State page={page} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function State({ page: { state, reason, read_at } }: { page: KnownPage }) {
  if (state === "failed") return <span class="is bad"><Icon name="warn" class="small" />{reason ?? words.filters.failed}</span>;
  if (state === "skipped") return <span class="hint">{reason ?? words.filters.skipped}</span>;
  if (state === "waiting") return <span class="hint">{words.states.waiting}</span>;
  const when = read_at === null ? "" : ` · ${age(read_at, now.value)}`;
  return <span class="hint num">{words.filters[state]}{when}</span>;
}

function pathOfUrl(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return decode(pathname) + search;
}

function decode(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** Pages by address, fifty at a time; fetched anew when a reading has ended. */
function usePages({ id, read_at, state }: Source, filter: Filter) {
  const [rows, setRows] = useState<readonly KnownPage[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const fetchPage = (after: string | null) => {
    setFailed(false);
    const query = new URLSearchParams({ limit: "50", ...(filter === "all" ? {} : { state: filter }), ...(after ? { after } : {}) });
    return request<PagesAnswer>("GET", `${pathOf("sources", id, "pages")}?${query}`);
  };
  useEffect(() => {
    const wanted = { still: true };
    fetchPage(null).then((answer) => {
      if (!wanted.still) return;
      setRows(answer.rows);
      setNext(answer.next);
    }, () => setFailed(true));
    return () => { wanted.still = false; };
  }, [id, filter, read_at, state]);
  const more = () => void fetchPage(next).then((answer) => {
    setRows([...(next ? (rows ?? []) : []), ...answer.rows]);
    setNext(answer.next);
  }, () => setFailed(true));
  return { rows, next, failed, more };
}
