import { useComputed } from "@preact/signals";
import { useRef } from "preact/hooks";
import { addressOf, go, openId, type Listed } from "../../state/route.ts";
import { agentById, isUnread } from "../../state/state.ts";
import { nameOf } from "../../state/calling.ts";
import { type Draft, drafts, isEmpty } from "../../state/drafts.ts";
import { noteDraft } from "../../state/noting.ts";
import { desk, me, whispers } from "../../state/store.ts";
import { present } from "../../state/whispers.ts";
import { Age } from "../../parts/age.tsx";
import { Dots } from "../../parts/dots.tsx";
import { AgentFace, CustomerFace } from "../../parts/face.tsx";
import { Icon } from "../../parts/icon.tsx";
import { plainOf } from "../../parts/mentions.ts";
import { shortName } from "../../parts/names.ts";
import { shortWhen, whenOf } from "../../parts/snoozing.ts";
import { now } from "../../state/clock.ts";
import type { Mention, Row } from "../../../wire/types.ts";
import { words } from "../../words.ts";

type Props = { row: Row; from: Listed; tabbable: boolean; onFocus: () => void };

export function RowLink({ row, from, tabbable, onFocus }: Props) {
  const to = { at: "conversation" as const, id: row.id, ...from };
  const on = openId.value === row.id;
  const mention = useLastMention(row, from.place === "mentions");
  const fresh = isUnread(row) || (mention !== null && row.mention !== null);
  const open = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a class={`row ${fresh ? "new" : ""} ${on ? "on" : ""}`} href={addressOf(to)} data-id={row.id} aria-current={on ? "true" : undefined}
      tabIndex={tabbable ? 0 : -1} onClick={open} onFocus={onFocus}>
      {fresh && <i class="unread" title={words.list.notRead} aria-hidden="true" />}
      <CustomerFace customer={row.customer} onSite={row.customer.id in whispers.value.visiting} />
      <div class="lines">
        <div class="one"><bdi class="name clip">{row.customer.called}</bdi>{fresh && <span class="sr">{words.list.notRead}</span>}<Kept row={row} /><When row={row} mention={mention} /></div>
        <div class="two"><Last row={row} mention={mention} /><Who id={row.id} /></div>
      </div>
    </a>
  );
}

/** A star, and the labels as dots. */
function Kept({ row: { starred, labels, own_labels } }: { row: Row }) {
  return (
    <>
      {starred && <span class="starred"><Icon name="star" class="small solid" /><span class="sr">{words.star.starred}</span></span>}
      <Dots ids={[...labels, ...own_labels]} />
    </>
  );
}

type Shown = { row: Row; mention: Mention | null };

function When({ row: { last_at, snoozed_until }, mention }: Shown) {
  if (mention || snoozed_until === null) return <Age at={mention?.at ?? last_at} />;
  return (
    <span class="until" title={words.snooze.until(whenOf(snoozed_until, now.value))}>
      <Icon name="clock" class="small" /><span class="sr">{words.snooze.until("")}</span>{shortWhen(snoozed_until, now.value)}
    </span>
  );
}

function Last({ row, mention }: Shown) {
  const begun = useBegun(row.id);
  if (mention) return <span class="words clip" dir="auto">{byAgent(mention.agent_id, plainOf(mention.text, nameOf))}</span>;
  if (begun) {
    const { text, files } = begun;
    return <span class="words clip" dir="auto"><span class="draft">{words.list.draft}</span> {text.trim() || files[0]?.name}</span>;
  }
  return <span class="words clip" dir="auto">{row.last && <LastWords row={row} />}</span>;
}

/** What I began there. Another row's draft redraws nothing here. */
function useBegun(id: string): Draft | undefined {
  return useComputed(() => [id, noteDraft(id)].map((key) => drafts.value[key]).find((one) => one !== undefined && !isEmpty(one))).value;
}

/** Under Mentions a row says who called me. Looked at, it keeps these words for as long as it is there. */
function useLastMention({ mention }: Row, asked: boolean): Mention | null {
  const last = useRef(mention);
  if (mention) last.current = mention;
  return asked ? last.current : null;
}

function LastWords({ row: { last } }: { row: Row }) {
  if (!last) return null;
  const said = last.text === "" ? (last.file ?? "") : last.text;
  const text = last.by === "customer" ? said : byAgent(last.agent_id, said);
  return last.text ? <>{text}</> : <><Icon name="clip" class="small" /> {text}</>;
}

function byAgent(id: string | null, said: string): string {
  if (id === me.value.id) return words.list.mine(said);
  return words.list.theirs(shortName(agentById(desk(), id)?.name ?? words.somebody), said);
}

/** Who else is here, at the end of the line: one by name, more by number. */
function Who({ id }: { id: string }) {
  const { replying, looking } = present(whispers.value, id, me.value.id);
  const who = [...replying, ...looking].map((one) => agentById(desk(), one)).filter((one) => one !== undefined);
  const [first] = who;
  if (!first) return null;
  return (
    <span class="who">
      {who.slice(0, 2).map((agent) => <AgentFace key={agent.id} agent={agent} size="xs" />)}
      {who.length === 1 ? alone(shortName(first.name), replying.length > 0) : together(who.length, replying.length)}
    </span>
  );
}

function alone(name: string, replies: boolean): string {
  return replies ? words.list.replying(name) : words.list.looking(name);
}

function together(many: number, replying: number): string {
  return replying === many ? words.list.manyReplying(many) : words.list.manyLooking(many);
}
