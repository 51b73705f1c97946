import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { CustomerBrief, Row, TimelineItem } from "../../../wire/types.ts";
import { shortDate } from "../../parts/ages.ts";
import { Told } from "../../parts/customer/told.tsx";
import { Dots } from "../../parts/dots.tsx";
import { AgentFace } from "../../parts/face.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Link } from "../../parts/link.tsx";
import { shortName } from "../../parts/names.ts";
import { Void } from "../../parts/void.tsx";
import { now } from "../../state/clock.ts";
import { listed } from "../../state/route.ts";
import { agentById } from "../../state/state.ts";
import { desk, me } from "../../state/store.ts";
import { words as all } from "../../words.ts";
import { customers as words } from "../../words-customers.ts";
import type { Goal, Reading } from "./reading.ts";
import { chaptersOf, keyOf, spokenFrom } from "./telling.ts";

const NEAR = 500;

/** Every conversation as one: the older come as one goes up, the newer as one goes down. */
export function History({ reading, customer }: { reading: Reading; customer: CustomerBrief }) {
  const { telling, fault, goal, jumps } = reading;
  const box = useRef<HTMLDivElement>(null);
  const kept = useRef({ height: 0, first: "" });
  const [atEnd, setAtEnd] = useState(true);
  const first = telling?.items[0] ? keyOf(telling.items[0]) : "";
  const last = telling?.items.at(-1);
  useLayoutEffect(() => settle(box.current, kept.current, first), [first]);
  useLayoutEffect(() => { if (telling && jumps > 0) reach(box.current, goal, telling.items); }, [jumps]);
  useLayoutEffect(() => { if (atEnd && telling?.newer === null && box.current) box.current.scrollTop = box.current.scrollHeight; }, [last && keyOf(last)]);
  useLayoutEffect(() => { kept.current = { height: box.current?.scrollHeight ?? 0, first }; });
  const scrolled = () => {
    const element = box.current;
    if (!element) return;
    const left = element.scrollHeight - element.scrollTop - element.clientHeight;
    setAtEnd(left < 48 && telling?.newer === null);
    if (element.scrollTop < NEAR) reading.older();
    if (left < NEAR) reading.newer();
  };
  useEffect(scrolled, [telling]);
  if (fault && !telling) return <Fault reading={reading} />;
  if (telling?.items.length === 0) return <Void icon="bubble" title={words.history.empty}>{words.history.emptyWhy}</Void>;
  const sought = typeof goal === "object" && "item" in goal ? goal.item : null;
  return (
    <>
      <div class="said history" ref={box} tabIndex={0} role="log" aria-label={words.history.log(customer.called)} aria-busy={!telling} onScroll={scrolled}>
        <div class="in">
          {telling?.older === null && <p class="day">{words.history.begins}</p>}
          {telling ? chaptersOf(telling).map((one) => (
            <section key={one.key} class="chapter">
              {one.row && <Mark row={one.row} />}
              <div class="told"><Told items={one.items} customer={customer} sought={sought} /></div>
            </section>
          )) : <p class="day late">{all.settings.loading}</p>}
        </div>
      </div>
      {!atEnd && telling && (
        <div class="jump"><button type="button" aria-label={words.history.newest} onClick={() => reading.begin({}, "end")}><Icon name="down" /></button></div>
      )}
    </>
  );
}

/** Which conversation this is, and with whom; it stays in view while one reads it. */
function Mark({ row }: { row: Row }) {
  const agent = agentById(desk(), row.owner_id);
  const name = agent ? (agent.id === me.value.id ? all.you.toLowerCase() : shortName(agent.name)) : null;
  return (
    <header class="mark-of">
      {agent ? <AgentFace agent={agent} size="xs" /> : <Icon name="tray" class="small" />}
      <span class="clip"><strong>{shortDate(row.started_at, now.value)}</strong> · <bdi>{name ? words.history.with(name) : words.history.nobody}</bdi> · {row.closed ? all.talk.closed.toLowerCase() : all.list.open.toLowerCase()}</span>
      <Dots ids={[...row.labels, ...row.own_labels]} />
      <Link to={{ at: "conversation", id: row.id, ...listed.value }} class="do">{words.history.openIt}</Link>
    </header>
  );
}

// What comes above moves nothing under the eye.
function settle(element: HTMLElement | null, before: { height: number; first: string }, first: string): void {
  if (element && before.first !== "" && before.first !== first) element.scrollTop += element.scrollHeight - before.height;
}

function reach(element: HTMLElement | null, goal: Goal, items: readonly TimelineItem[]): void {
  if (!element) return;
  if (goal === "end") {
    element.scrollTop = element.scrollHeight;
    return;
  }
  const which = "item" in goal ? goal.item : spokenFrom(items, goal.moment);
  const found = which ? element.querySelector(`[data-item="${CSS.escape(which)}"]`) : null;
  if (found) found.scrollIntoView({ block: "item" in goal ? "center" : "start" });
  else element.scrollTop = "item" in goal ? 0 : element.scrollHeight;
}

function Fault({ reading }: { reading: Reading }) {
  if (reading.fault === "missing") return <Void icon="person" title={words.history.missing}>{words.history.missingWhy}</Void>;
  const again = <button type="button" class="button" onClick={() => reading.begin({}, "end")}>{all.tryAgain}</button>;
  return <Void icon="away" title={words.history.failed} action={again}>{words.history.failedWhy}</Void>;
}
