import { useEffect } from "preact/hooks";
import { Either } from "../../parts/either.tsx";
import { Bell } from "../../parts/bell.tsx";
import { longAge } from "../../parts/ages.ts";
import { Icon } from "../../parts/icon.tsx";
import { Tabs } from "../../parts/rail.tsx";
import { Void } from "../../parts/void.tsx";
import { answerAsk, asks } from "../../state/alerts.ts";
import { now } from "../../state/clock.ts";
import { chooseOrder } from "../../state/commands.ts";
import { ensureList, fetches, listFetch } from "../../state/fetching.ts";
import { connection } from "../../state/live.ts";
import { narrow } from "../../state/device.ts";
import { filtersOf, go, listed, route, type Listed } from "../../state/route.ts";
import { labelById, orderOf, teamById, type List } from "../../state/state.ts";
import { desk, listOf, me, rowOf } from "../../state/store.ts";
import { words } from "../../words.ts";
import { narrowingOf } from "../../state/narrowing.ts";
import { Narrowed, NarrowMenu, Queues } from "./narrowing.tsx";
import { GhostRows } from "./ghosts.tsx";
import { Rows } from "./rows.tsx";
import { useStaying } from "./staying.ts";

export function ListColumn() {
  const { place, closed } = listed.value;
  const filters = filtersOf(listed.value);
  const online = connection.value === "here";
  // A list may also be dropped while it is shown, when its label becomes another.
  const missing = listOf(place, closed, filters) === undefined;
  useEffect(() => { void ensureList(place, closed, filters); }, [listFetch(place, closed, filters), missing, online]);
  return (
    <section class="list" aria-label={titleOf(listed.value)} role={narrow.value && route.value.at === "list" ? "main" : undefined}>
      <ListHead from={listed.value} />
      <Queues from={listed.value} />
      <Narrowed from={listed.value} />
      {asks.value && <Ask />}
      <Content from={listed.value} />
      <Tabs />
    </section>
  );
}

/** A label's list is called like the label, a team's queue like the team. */
function titleOf({ place, label, team }: Listed): string {
  if (place === "snoozed") return words.places.mine;
  if (place === "unassigned" && team) return teamById(desk(), team)?.name ?? words.places.unassigned;
  return (place === "all" && label ? labelById(desk(), label)?.name : undefined) ?? words.places[place];
}

function ListHead({ from }: { from: Listed }) {
  const { place, closed } = from;
  const order = orderOf(me.value, place);
  const turn = () => void chooseOrder(place, closed, order === "newest" ? "oldest" : "newest", filtersOf(from));
  return (
    <header class="head">
      <h1 class="grow clip">{titleOf(from)}</h1>
      <Which from={from} />
      <NarrowMenu from={from} />
      {narrow.value && <Bell />}
      {place !== "snoozed" && <button type="button" class="tool order" aria-label={words.list.order[order]} title={words.list.order[order]} onClick={turn}><Icon name="sort" /></button>}
    </header>
  );
}

type Shown = "open" | "snoozed" | "closed";

/** What sleeps is mine and waits beside my inbox; the other places have only open and closed. */
function Which({ from }: { from: Listed }) {
  const { place, closed } = from;
  const sleeps = place === "snoozed" || (place === "mine" && desk().counts.snoozed > 0);
  const options: Shown[] = sleeps ? ["open", "snoozed", "closed"] : ["open", "closed"];
  const show = (which: Shown) => {
    const at = which === "snoozed" ? "snoozed" : place === "snoozed" ? "mine" : place;
    go({ at: "list", ...from, place: at, closed: which === "closed" });
  };
  const labels = { open: words.list.open, snoozed: words.snooze.tab, closed: words.list.closed };
  return (
    <Either label={words.list.which} is="tabs" value={closed ? "closed" : place === "snoozed" ? "snoozed" : "open"} onChange={show}
      options={options.map((value) => ({ value, label: labels[value] }))} />
  );
}

/** Asked once, after a message came while nobody looked. */
function Ask() {
  return (
    <div class="ask" role="region" aria-label={words.settings.notices}>
      <Icon name="bell" />
      <span class="grow">{words.alerts.ask}</span>
      <button type="button" class="button main" onClick={() => answerAsk(true)}>{words.alerts.yes}</button>
      <button type="button" class="button plain" onClick={() => answerAsk(false)}>{words.alerts.notNow}</button>
    </div>
  );
}

function Content({ from }: { from: Listed }) {
  const { place, closed } = from;
  const filters = filtersOf(from);
  const list = listOf(place, closed, filters);
  const ids = useStaying(list?.ids ?? [], place === "mentions");
  if (list && (ids.length > 0 || list.next !== null)) {
    return <Rows key={listFetch(place, closed, filters)} list={list} ids={ids} from={from} label={titleOf(from)} />;
  }
  if (list) return <Empty from={from} />;
  return fetches.value[listFetch(place, closed, filters)] === "failed" ? <Failed from={from} /> : <GhostRows />;
}

function Failed({ from }: { from: Listed }) {
  const again = <button type="button" class="button" onClick={() => void ensureList(from.place, from.closed, filtersOf(from))}>{words.tryAgain}</button>;
  return <Void icon="away" title={words.list.failed} action={again}>{words.list.failedWhy}</Void>;
}

function Empty({ from }: { from: Listed }) {
  const { place, closed } = from;
  const narrowing = Object.keys(narrowingOf(from)).length > 0;
  if (narrowing) return <NothingFits from={from} />;
  if (place === "unassigned" && from.team) return <Void icon="check" title={words.empty.queue.title}>{closed ? words.empty.queue.closed : words.empty.queue.text}</Void>;
  if (place !== "mine" && place !== "unassigned") return <Void icon="check" title={words.empty[place].title}>{words.empty[place].text}</Void>;
  if (closed) return <Void icon="check" title={words.empty.closed.title}>{words.empty.closed[place]}</Void>;
  const other = place === "mine" ? "unassigned" : "mine";
  const many = desk().counts[other];
  const text = words.empty[place];
  const onward = (
    <button type="button" class="button main" onClick={() => go({ at: "list", place: other, closed: false })}>{text.go}</button>
  );
  return (
    <Void icon={place === "mine" ? "inbox" : "tray"} title={text.title} action={many > 0 ? onward : undefined}>
      {many === 0 ? text.none : place === "mine" ? words.empty.mine.some(many, oldestWait()) : words.empty.unassigned.some(many)}
    </Void>
  );
}

function NothingFits({ from: { place, closed, ...filters } }: { from: Listed }) {
  const wide: Listed = { place, closed, ...(place === "unassigned" && filters.team && { team: filters.team }), ...(place === "all" && filters.label && { label: filters.label }) };
  const all = <button type="button" class="button" onClick={() => go({ at: "list", ...wide })}>{words.empty.narrowed.go}</button>;
  return <Void icon="check" title={words.empty.narrowed.title} action={all}>{words.empty.narrowed.text}</Void>;
}

/** How long the one waits who waits longest; unknown while the end of the list is not here. */
function oldestWait(): string | null {
  const list: List | undefined = listOf("unassigned", false);
  const oldest = list?.order === "oldest" ? list.ids[0] : list?.next === null ? list.ids.at(-1) : undefined;
  const row = oldest === undefined ? undefined : rowOf(oldest);
  return row ? longAge(row.last_at, now.value) : null;
}
