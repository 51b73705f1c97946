import "../../style/tables.css";
import "../../style/customers.css";
import "./customers.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { request } from "../../../wire/fetch.ts";
import type { CustomerRow, CustomersAnswer } from "../../../wire/customers.ts";
import { CustomerFace } from "../../parts/face.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Link } from "../../parts/link.tsx";
import { Rail } from "../../parts/rail.tsx";
import { Void } from "../../parts/void.tsx";
import { heard } from "../../state/about.ts";
import { connection } from "../../state/live.ts";
import { go, listed } from "../../state/route.ts";
import { labelById } from "../../state/state.ts";
import { desk, me, whispers } from "../../state/store.ts";
import { words as all } from "../../words.ts";
import { customers as words } from "../../words-customers.ts";
import { asked, filtersOf, keepColumns, keptColumns, type Narrowing, narrowingOf, queryOf } from "./asking.ts";
import { allColumns, type Column, ColumnsMenu } from "./columns.tsx";
import { FilterChips, FiltersMenu } from "./filters.tsx";
import { ImportDialog } from "./import.tsx";

const PAGE = "50";
const SOON = 180;

/** Everybody who ever wrote or was imported. */
export function Customers({ query }: { query?: string }) {
  const narrowing = narrowingOf(query);
  const [text, setText] = useState(narrowing.q ?? "");
  const [columns, setColumns] = useState(keptColumns);
  const [importing, setImporting] = useState(false);
  const list = useList(narrowing);
  const narrow = (to: Narrowing) => go({ at: "customers", query: queryOf(to) }, "replace");
  useEffect(() => {
    if (text.trim() === (narrowing.q ?? "")) return;
    const timer = setTimeout(() => narrow({ ...narrowing, q: text.trim() }), SOON);
    return () => clearTimeout(timer);
  }, [text, query]);
  const shown = allColumns().filter(({ id }) => columns.includes(id));
  const chose = (next: string[]) => {
    keepColumns(next);
    setColumns(next);
  };
  const company = list.rows?.find((row) => row.company?.id === narrowing.company)?.company?.name ?? null;
  return (
    <div class="desk paged">
      <Rail />
      <main class="page customers-page">
        <header class="head">
          <Link to={{ at: "list", ...listed.value }} class="tool back" label={all.talk.back(all.places[listed.value.place])}><Icon name="left" class="large turns" /></Link>
          <h1 class="grow">{words.list.title} {list.count !== null && <span class="count">{words.list.count(list.count)}</span>}</h1>
          {me.value.role === "admin" && <Files narrowing={narrowing} begin={() => setImporting(true)} />}
        </header>
        <div class="history-tools">
          <div class="finding" role="search" aria-label={words.list.search}>
            <Icon name="search" class="small" />
            <input class="input" type="search" value={text} aria-label={words.list.search} placeholder={words.list.search} onInput={(event) => setText(event.currentTarget.value)} />
          </div>
          <label class="order-pick"><span class="sr">{words.list.order}</span>
            <select class="input" value={narrowing.order ?? "seen"} onChange={(event) => narrow({ ...narrowing, order: event.currentTarget.value === "seen" ? "" : event.currentTarget.value })}>
              {Object.entries(words.list.orders).map(([value, says]) => <option key={value} value={value}>{says}</option>)}
            </select>
          </label>
          <FiltersMenu narrowing={narrowing} narrow={narrow} />
          <span class="for-mouse"><ColumnsMenu chosen={columns} choose={chose} /></span>
        </div>
        <FilterChips narrowing={narrowing} narrow={narrow} companyName={company} />
        <List list={list} columns={shown} narrowed={text !== "" || filtersOf(narrowing).length > 0} clear={() => { setText(""); narrow({}); }} />
      </main>
      {importing && <ImportDialog onClose={() => { setImporting(false); list.load(); }} />}
    </div>
  );
}

/** Everybody at once, out of a file or into one: what admins answer for. */
function Files({ narrowing, begin }: { narrowing: Narrowing; begin: () => void }) {
  return (
    <>
      <Export narrowing={narrowing} />
      <button type="button" class="button" onClick={begin}><Icon name="plus" class="small" /><span class="short-of">{words.list.import}</span></button>
    </>
  );
}

/** What is seen, as a file; but not what a label of one's own tells. */
function Export({ narrowing }: { narrowing: Narrowing }) {
  const inside = <><Icon name="save" class="small" /><span class="short-of">{words.list.export}</span></>;
  if (narrowing.label && labelById(desk(), narrowing.label)?.own) return <button type="button" class="button" disabled title={words.list.noExport}>{inside}</button>;
  return <a class="button" href={`/api/customers.csv?${asked(narrowing, Date.now())}`} download>{inside}</a>;
}

type Listing = { rows: readonly CustomerRow[] | null; count: number | null; next: string | null; failed: boolean; load: () => void; more: () => void };

function useList(narrowing: Narrowing): Listing {
  const [page, setPage] = useState<CustomersAnswer | null>(null);
  const [failed, setFailed] = useState(false);
  const latest = useRef(0);
  const key = queryOf(narrowing);
  const online = connection.value === "here";
  const get = (after: string | null) => {
    const mine = (latest.current += 1);
    setFailed(false);
    const query = asked(narrowing, Date.now());
    query.set("limit", PAGE);
    if (after) query.set("after", after);
    request<CustomersAnswer>("GET", `/api/customers?${query}`).then((answer) => {
      if (mine === latest.current) setPage((before) => (after && before ? { ...answer, count: before.count, rows: [...before.rows, ...answer.rows] } : answer));
    }, () => { if (mine === latest.current) setFailed(true); });
  };
  useEffect(() => get(null), [key, online, heard.value.anew]);
  return { rows: page?.rows ?? null, count: page?.count ?? null, next: page?.next ?? null, failed, load: () => get(null), more: () => { if (page?.next) get(page.next); } };
}

function List({ list, columns, narrowed, clear }: { list: Listing; columns: readonly Column[]; narrowed: boolean; clear: () => void }) {
  const end = useRef<HTMLDivElement>(null);
  const more = useRef(list.more);
  more.current = list.more;
  useEffect(() => {
    if (!end.current || !list.next) return;
    const watch = new IntersectionObserver(([one]) => { if (one?.isIntersecting) more.current(); }, { rootMargin: "600px" });
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [list.next]);
  if (!list.rows) {
    if (!list.failed) return <p class="hint late wide-in" aria-busy="true">{all.settings.loading}</p>;
    return <Void icon="away" title={words.list.failed} action={<button type="button" class="button" onClick={list.load}>{all.tryAgain}</button>} />;
  }
  if (list.rows.length === 0 && list.next === null) {
    return narrowed
      ? <Void icon="person" title={words.list.nobody} action={<button type="button" class="button" onClick={clear}>{words.list.clear}</button>}>{words.list.nobodyWhy}</Void>
      : <Void icon="person" title={words.list.none}>{words.list.noneWhy}</Void>;
  }
  return (
    <div class="wide-in customers-in" tabIndex={-1}>
      <table class="lines customers-table">
        <thead><tr><th scope="col" colSpan={2}>{words.list.column.name}</th>{columns.map(({ id, name }) => <th key={id} scope="col"><bdi class="clip">{name}</bdi></th>)}</tr></thead>
        <tbody>{list.rows.map((row) => <Line key={row.id} row={row} columns={columns} />)}</tbody>
      </table>
      <div ref={end}>{list.failed && <p class="hint">{words.list.rest} <button type="button" class="do" onClick={list.more}>{all.tryAgain}</button></p>}</div>
    </div>
  );
}

function Line({ row, columns }: { row: CustomerRow; columns: readonly Column[] }) {
  return (
    <tr>
      <td class="sign"><CustomerFace customer={row} onSite={row.id in whispers.value.visiting} size="s" /></td>
      <th scope="row" class="who-of"><Link to={{ at: "customer", id: row.id }}><bdi>{row.called}</bdi></Link></th>
      {columns.map(({ id, name, draw }) => <td key={id} class={`col-${id}`} data-is={name}>{draw(row)}</td>)}
    </tr>
  );
}
