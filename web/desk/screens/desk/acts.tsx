import { useEffect, useRef } from "preact/hooks";
import { Floating } from "../../parts/floating.tsx";
import { Icon, type IconName } from "../../parts/icon.tsx";
import { SheetOf } from "../../parts/popover.tsx";
import { Sheet, SheetItem } from "../../parts/sheet.tsx";
import { narrow } from "../../state/device.ts";
import { putStar } from "../../state/keeping.ts";
import { closeConversation, reopenConversation, willBeClosed } from "../../state/outgoing.ts";
import { rowOf } from "../../state/store.ts";
import type { Row } from "../../../wire/types.ts";
import { words } from "../../words.ts";
import { type Acting, acting, leave, type Page, turnTo } from "./acting.ts";
import { mayHandOver, Takers } from "./hand-over.tsx";
import { LabelChips, LabelPicks } from "./label-picks.tsx";
import { maySnooze, SnoozePicks } from "./snooze-picks.tsx";

/** The small window of what can be done with a conversation; on a phone a sheet. */
export function Acts() {
  const now = acting.value;
  const row = now && rowOf(now.id);
  if (!now || !row) return null;
  return narrow.value ? <Below key={now.page} now={now} row={row} /> : <Beside now={now} row={row} />;
}

function titleOf(page: Page, row: Row, message: string | null): string {
  switch (page) {
    case "acts": return words.acts.menu(row.customer.called);
    case "labels": return message === null ? words.labels.ofConversation : words.labels.ofMessage;
    case "snooze": return words.snooze.tool;
    case "hand": return words.hand.over;
  }
}

function Beside({ now, row }: { now: Acting; row: Row }) {
  const box = useRef<HTMLDivElement>(null);
  const { page, at, message, from } = now;
  useEffect(() => { box.current?.querySelector<HTMLElement>("input:not([type=datetime-local]), button")?.focus(); }, [page]);
  return (
    <Floating label={titleOf(page, row, message)} role={page === "acts" ? "menu" : "dialog"} class={`of-${page}`} at={at} except={from} onClose={(how) => leave(how === "escaped")}>
      <div ref={box} role="presentation">
        {page === "acts"
          ? <>{actsOf(row).map(({ icon, solid, label, run }) => <button key={label} type="button" class="item" role="menuitem" onClick={run}><Icon name={icon} class={solid ? "solid" : ""} />{label}</button>)}</>
          : <PageOf now={now} row={row} />}
      </div>
    </Floating>
  );
}

function Below({ now, row }: { now: Acting; row: Row }) {
  const { page, message } = now;
  // A sheet that gives way to the next one says that it closed only after that.
  const shut = () => { if (acting.peek()?.page === page) leave(true); };
  const title = titleOf(page, row, message);
  if (page !== "acts") return <SheetOf label={title} onClose={shut}><PageOf now={now} row={row} /></SheetOf>;
  return (
    <Sheet label={title} onClose={shut} first={<LabelChips id={row.id} message={message} onAll={() => turnTo("labels")} />}>
      {actsOf(row).map(({ icon, label, run }) => <SheetItem key={label} icon={icon} run={run}>{label}</SheetItem>)}
    </Sheet>
  );
}

function PageOf({ now: { page, message }, row }: { now: Acting; row: Row }) {
  if (page === "labels") return <LabelPicks id={row.id} message={message} />;
  if (page === "snooze") return <SnoozePicks row={row} onDone={() => leave(true)} />;
  return <Takers row={row} onDone={() => leave(true)} />;
}

type OneAct = { icon: IconName; solid?: boolean; label: string; run: () => void };

function actsOf(row: Row): OneAct[] {
  const closed = willBeClosed(row.id, row.closed);
  const then = (work: () => void) => () => {
    leave(true);
    work();
  };
  const all: OneAct[] = [
    { icon: "label", label: narrow.value ? words.labels.all : words.acts.labels, run: () => turnTo("labels") },
    { icon: "star", solid: row.starred, label: row.starred ? words.star.off : words.star.on, run: then(() => void putStar(row.id, !row.starred)) },
  ];
  if (maySnooze(row)) all.push({ icon: "clock", label: words.snooze.tool, run: () => turnTo("snooze") });
  if (mayHandOver(row)) all.push({ icon: "hand", label: words.acts.hand, run: () => turnTo("hand") });
  all.push(closed
    ? { icon: "refresh", label: words.acts.reopen, run: then(() => reopenConversation(row.id)) }
    : { icon: "check", label: words.acts.close, run: then(() => closeConversation(row.id)) });
  return all;
}
