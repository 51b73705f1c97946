import { useEffect, useRef } from "preact/hooks";
import { useComputed } from "@preact/signals";
import { Icon } from "../../parts/icon.tsx";
import { CustomerFace } from "../../parts/face.tsx";
import { blocksOf, type Said } from "../../parts/grouping.ts";
import { useTelling } from "../../parts/telling.ts";
import { fetches, loadOlder, reportRead } from "../../state/fetching.ts";
import { reportLooked } from "../../state/fetching-notes.ts";
import { connection } from "../../state/live.ts";
import { isHeld, sendingIn, type Sending } from "../../state/outgoing.ts";
import { leavingUnder } from "../../state/outgoing-notes.ts";
import { isUnread } from "../../state/state.ts";
import { desk, me, whispers } from "../../state/store.ts";
import { CUSTOMER } from "../../state/whispers.ts";
import type { Row, TimelineItem } from "../../../wire/types.ts";
import { words } from "../../words.ts";
import { BlockView } from "./blocks.tsx";
import { useFollowing } from "./following.ts";
import { LeavingNote } from "./note.tsx";
import { useSeeking } from "./seeking.ts";
import { useWatching } from "../../parts/watching.ts";

/** What was said, oldest above. It stays where it is read, and at its end while that is in view. */
export function Log({ row, items }: { row: Row; items: readonly TimelineItem[] }) {
  const box = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const leaving = sendingIn(row.id);
  const notes = leavingUnder("note", row.id);
  const newest = items.at(-1)?.position ?? 0;
  const known = useRef({ position: newest, at: Math.max(0, ...items.map((item) => item.at)) });
  const follow = useFollowing(box, inner, items[0]?.position ?? 0, newestOf([...leaving, ...notes])?.id);
  useSeeking(box, row.id, items);
  const missed = useMissed(items, follow.atEnd);
  useReadReport(row, newest, follow.atEnd);
  useLookReport(row);
  const older = desk().older[row.id] ?? false;
  useEffect(() => {
    if (older && follow.nearStart) void loadOlder(row.id);
  }, [older, follow.nearStart, items[0]?.position]);
  const blocks = blocksOf([...items, ...leaving.map((one) => asSaid(one, me.value.id))]);
  return (
    <>
      <div class="said" ref={box} tabIndex={0} role="log" aria-label={words.talk.log}>
        <div class="in" ref={inner}>
          {older && <Older id={row.id} />}
          {blocks.map((block) => <BlockView key={block.key} block={block} row={row} known={known.current} />)}
          {notes.map((item) => <LeavingNote key={item.id} item={item} conversation={row.id} text={item.body.text} />)}
          <Typing row={row} />
        </div>
      </div>
      {!follow.atEnd && <Jump missed={missed} go={follow.toEnd} />}
    </>
  );
}

function newestOf(all: readonly Sending[]): Sending | undefined {
  return all.reduce<Sending | undefined>((newest, one) => (newest && newest.at > one.at ? newest : one), undefined);
}

function asSaid(sending: Sending, agentId: string): Said {
  const { id, body, lane, at, state } = sending;
  const { text, files } = body.what === "message" ? body : { text: "", files: [] };
  return {
    id, conversation_id: lane, position: at, at, by: "agent", agent_id: agentId, text, files, client_id: id,
    leaving: state === "failed" ? "failed" : isHeld(sending) ? "held" : "waiting",
    ...(body.what === "message" && body.due !== undefined && { due: body.due }),
  };
}

function Older({ id }: { id: string }) {
  if (fetches.value[`older:${id}`] !== "failed") return <div class="day" aria-label={words.talk.older}>…</div>;
  return (
    <div class="day">{words.talk.olderFailed} <button type="button" class="do" onClick={() => void loadOlder(id)}>{words.tryAgain}</button></div>
  );
}

function Typing({ row }: { row: Row }) {
  const types = useComputed(() => CUSTOMER in (whispers.value.typing[row.id] ?? {}));
  if (!types.value) return null;
  return (
    <div class="group typing">
      <CustomerFace customer={row.customer} size="s" />
      <div class="stack"><div class="bubble dots-typing"><i /><i /><i /><span class="sr">{words.talk.typing(row.customer.called)}</span></div></div>
    </div>
  );
}

function Jump({ missed, go }: { missed: number; go: () => void }) {
  return (
    <div class="jump">
      <button type="button" aria-label={missed > 0 ? words.talk.newMessages(missed) : words.talk.newest} onClick={go}>
        <Icon name="down" />
        {missed > 0 && <span class="badge" aria-hidden="true">{missed}</span>}
      </button>
    </div>
  );
}

/** Messages that came while the eye was further up. */
function useMissed(items: readonly TimelineItem[], atEnd: boolean): number {
  const seen = useRef(0);
  const newest = items.at(-1)?.position ?? 0;
  if (atEnd || seen.current === 0) seen.current = newest;
  return items.filter((item) => item.position > seen.current && "by" in item && item.by === "customer").length;
}

/** Read is what stood at the end of an open conversation in a window that someone looked at. */
function useReadReport(row: Row, newest: number, atEnd: boolean): void {
  const watching = useWatching();
  const online = connection.value === "here";
  const due = atEnd && watching && online && (isUnread(row) || row.team_saw < row.asked_position);
  useEffect(() => {
    if (!due) return;
    const timer = setTimeout(() => void reportRead(row.id, newest), 250);
    return () => clearTimeout(timer);
  }, [due, newest]);
}

/** Opening a conversation answers what called me there, and so does being there when it comes. */
function useLookReport(row: Row): void {
  const watching = useWatching();
  const told = desk().notices.items.filter((one) => !one.seen && one.conversation_id === row.id).map((one) => one.id);
  const calls = [...(row.mention ? [row.mention.at] : []), ...told].join(" ");
  useTelling(watching && connection.value === "here" ? calls : "", () => reportLooked(row.id));
}
