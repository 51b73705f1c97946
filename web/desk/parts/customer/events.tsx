import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { request } from "../../../wire/fetch.ts";
import type { CustomerEvent, EventsAnswer } from "../../../wire/customers.ts";
import { heard } from "../../state/about.ts";
import { now } from "../../state/clock.ts";
import { pathOf } from "../../state/knowing-customers.ts";
import { listed } from "../../state/route.ts";
import { agentById, labelById } from "../../state/state.ts";
import { desk, whispers } from "../../state/store.ts";
import { words as all } from "../../words.ts";
import { customers as words } from "../../words-customers.ts";
import { clock, dayLine, exactly, sameDay } from "../ages.ts";
import { Fetching } from "../fetched.tsx";
import { Icon, type IconName } from "../icon.tsx";
import { Link } from "../link.tsx";
import { shortName } from "../names.ts";
import { ShowMore } from "./show-more.tsx";
import { paged, usePages } from "./pages.ts";
import { fieldName } from "./saying.ts";
import { Address } from "./value.tsx";
import { comingFrom, joinedEvents, lengthOf, type Stretch, stretchesOf } from "./visits.ts";

const FIRST = 12;

/** What they did on the site and what became of it, newest first, live while they browse. */
export function EventsPart({ customer }: { customer: string }) {
  const pages = usePages(customer, FIRST, async (limit, cursor) => {
    const { events, next } = await request<EventsAnswer>("GET", paged(pathOf(customer, "events"), limit, "before", cursor));
    return { items: events, next };
  });
  const live = heard.value.seen[customer] ?? [];
  const stretches = pages.items ? stretchesOf(joinedEvents(pages.items, live)) : [];
  const here = customer in whispers.value.visiting;
  return (
    <section class="events">
      <h3>{words.events.title}</h3>
      {!pages.items && <Fetching {...pages} />}
      {pages.items && stretches.length === 0 && <p class="hint">{words.events.none}</p>}
      {stretches.map((one, nth) => <StretchView key={one.key} one={one} current={here && nth === 0 && one.visit !== null} />)}
      <ShowMore more={pages.more} />
    </section>
  );
}

function StretchView({ one, current }: { one: Stretch; current: boolean }) {
  const page = current ? one.events.find(({ kind }) => kind === "page") : undefined;
  return (
    <>
      <p class="visit">{headOf(one, current)}</p>
      <ul>{(page ? [page, ...one.events.filter((event) => event !== page)] : one.events).map((event) => <EventView key={event.id} event={event} is={event === page} />)}</ul>
    </>
  );
}

function headOf(one: Stretch, current: boolean): ComponentChildren {
  const first = one.events.at(-1);
  if (!first) return null;
  const length = lengthOf(one);
  if (!length) return dayLine(first.at, now.value);
  const from = comingFrom(length.from, first.url);
  const came = from && (from.is === "search" ? words.events.search : words.events.from(from.host));
  const parts = current
    ? [words.events.thisVisit, came, words.events.since(clock(first.at))]
    : [whenOf(first.at), came, length.seconds >= 60 ? words.events.within(length.pages, long(length.seconds)) : words.events.pages(length.pages)];
  return <bdi>{parts.filter(Boolean).join(" · ")}</bdi>;
}

function whenOf(at: number): string {
  return sameDay(at, now.value) ? clock(at) : `${dayLine(at, now.value)}, ${clock(at)}`;
}

function long(seconds: number): string {
  return seconds < 60 ? words.events.seconds(seconds) : words.events.minutes(Math.round(seconds / 60));
}

const ICONS: Record<CustomerEvent["kind"], IconName> = {
  page: "page", event: "event", started: "bubble", closed: "check", reopened: "refresh", changed: "pencil", labelled: "label",
};

/** One line; pressed, it tells the rest. */
function EventView({ event, is }: { event: CustomerEvent; is: boolean }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <li>
      <button type="button" class="event" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <Icon name={is ? "eye" : ICONS[event.kind]} />
        <span class="clip">{is ? <strong><bdi>{titleOf(event)}</bdi></strong> : <bdi>{titleOf(event)}</bdi>}</span>
        <time dateTime={new Date(event.at).toISOString()} title={exactly(event.at)}>{is ? words.events.now : clock(event.at)}</time>
      </button>
      {open && <dl class="details" id={id}><Details event={event} /></dl>}
    </li>
  );
}

function titleOf(event: CustomerEvent): string {
  switch (event.kind) {
    case "page": return event.title || event.url || words.events.untitled;
    case "event": return event.name ?? "";
    case "started": return words.events.started;
    case "closed": return words.events.closed;
    case "reopened": return words.events.reopened;
    case "changed": return event.becomes ? words.events.changed(fieldName(event.field ?? "")) : words.events.emptied(fieldName(event.field ?? ""));
    case "labelled": return words.events.labelled(labelById(desk(), event.label_id ?? "")?.name ?? words.events.some);
  }
}

function Details({ event }: { event: CustomerEvent }) {
  const agent = event.agent_id && (agentById(desk(), event.agent_id)?.name ?? all.somebody);
  return (
    <>
      <Line is={words.events.at}>{exactly(event.at)}</Line>
      {event.url && <Line is={words.events.address}><Address url={event.url} /></Line>}
      {event.seconds !== null && <Line is={words.events.stayed}>{long(event.seconds)}</Line>}
      {event.referrer && <Line is={words.events.cameFrom}><Address url={event.referrer} /></Line>}
      {Object.entries(event.data ?? {}).map(([name, value]) => <Line key={name} is={name}><bdi>{String(value)}</bdi></Line>)}
      {event.kind === "changed" && <Line is={words.events.was}><bdi>{event.was || words.changes.empty}</bdi></Line>}
      {event.kind === "changed" && <Line is={words.events.becomes}><bdi>{event.becomes || words.changes.empty}</bdi></Line>}
      {agent && <Line is={words.events.by}><bdi>{shortName(agent)}</bdi></Line>}
      {event.conversation_id && <Line is=""><Link to={{ at: "conversation", id: event.conversation_id, ...listed.value }}>{words.events.openIt}</Link></Line>}
    </>
  );
}

function Line({ is, children }: { is: string; children: ComponentChildren }) {
  return <><dt class="clip"><bdi>{is}</bdi></dt><dd>{children}</dd></>;
}
