import { useLayoutEffect } from "preact/hooks";
import { Dots } from "../../parts/dots.tsx";
import { Icon } from "../../parts/icon.tsx";
import { safeAddress } from "../../parts/links.ts";
import { Link } from "../../parts/link.tsx";
import { shortName } from "../../parts/names.ts";
import { whenOf } from "../../parts/snoozing.ts";
import { now } from "../../state/clock.ts";
import { narrow } from "../../state/device.ts";
import { onKey } from "../../state/keys.ts";
import { closeConversation, reopenConversation, willBeClosed } from "../../state/outgoing.ts";
import { panelOpen } from "../../state/panel.ts";
import { listed } from "../../state/route.ts";
import { agentById } from "../../state/state.ts";
import { desk, me, whispers } from "../../state/store.ts";
import type { Row } from "../../../wire/types.ts";
import { words } from "../../words.ts";
import { act } from "./acting.ts";
import { HandOver, mayHandOver } from "./hand-over.tsx";
import { HeadMenu } from "./head-menu.tsx";
import { KeepTools } from "./keep-tools.tsx";
import { useOffered } from "./offering.ts";
import { reachForPanel } from "./panel-ahead.ts";

export function TalkHead({ row }: { row: Row }) {
  useOffered(row);
  return (
    <header class="head">
      <Link to={{ at: "list", ...listed.value }} class="tool back" label={words.talk.back(words.places[listed.value.place])}>
        <Icon name="left" class="large turns" />
      </Link>
      <div class="about">
        <div class="called">
          <h2 class="clip"><bdi>{row.customer.called}</bdi></h2>
          <Dots ids={[...row.labels, ...row.own_labels]} onPress={(from) => act(row.id, "labels", from)} />
        </div>
        <p><Icon name="globe" class="small" /><span class="clip"><About row={row} /></span></p>
      </div>
      <KeepTools row={row} />
      {!narrow.value && mayHandOver(row) && <HandOver row={row} />}
      <Closing row={row} />
      {narrow.value ? <HeadMenu row={row} /> : <PanelButton customer={row.customer.id} />}
    </header>
  );
}

function PanelButton({ customer }: { customer: string }) {
  const on = panelOpen.value;
  const reach = () => reachForPanel(customer);
  return (
    <button type="button" class={`tool ${on ? "on" : ""}`} aria-label={words.about} title={words.about} aria-pressed={on} onPointerEnter={reach} onFocus={reach} onClick={() => { panelOpen.value = !on; }}>
      <Icon name="info" />
    </button>
  );
}

function About({ row }: { row: Row }) {
  return <>{words.talk.channel[row.channel]}<Whose row={row} /><Asleep row={row} /><Reading customer={row.customer.id} /></>;
}

function Whose({ row }: { row: Row }) {
  if (row.owner_id === null) return <> · {words.talk.unassigned}</>;
  if (row.owner_id === me.value.id) return null;
  const owner = agentById(desk(), row.owner_id);
  return <> · <bdi>{words.talk.theirs(owner ? shortName(owner.name) : words.somebody)}</bdi></>;
}

function Asleep({ row: { snoozed_until } }: { row: Row }) {
  return snoozed_until === null ? null : <> · {words.snooze.until(whenOf(snoozed_until, now.value))}</>;
}

function Reading({ customer }: { customer: string }) {
  const visit = whispers.value.visiting[customer];
  if (!visit) return null;
  if (!visit.page) return <> · {words.talk.onSite}</>;
  const { title, url } = visit.page;
  const href = safeAddress(url);
  const name = <bdi>{title || url}</bdi>;
  return (
    <> · {words.talk.reading} {href ? <a href={href} target="_blank" rel="noopener noreferrer">{name}</a> : name} {words.talk.now}</>
  );
}

function Closing({ row }: { row: Row }) {
  const closed = willBeClosed(row.id, row.closed);
  useLayoutEffect(() => onKey("c", () => { if (!closed) closeConversation(row.id); }));
  return closed ? (
    <button type="button" class="button" onClick={() => reopenConversation(row.id)}><Icon name="refresh" class="small" />{words.talk.reopen}</button>
  ) : (
    <button type="button" class="button" onClick={() => closeConversation(row.id)}><Icon name="check" class="small" />{words.talk.close}</button>
  );
}
