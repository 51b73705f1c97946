import { useEffect, useRef, useState } from "preact/hooks";
import { ensureRows, getNotices, reportNoticesSeen } from "../state/fetching-notes.ts";
import { nameOf } from "../state/calling.ts";
import { connection } from "../state/live.ts";
import { listed } from "../state/route.ts";
import { agentById } from "../state/state.ts";
import { desk, rowOf } from "../state/store.ts";
import type { Notice } from "../../wire/types.ts";
import { words } from "../words.ts";
import { Age } from "./age.tsx";
import { AgentFace } from "./face.tsx";
import { Icon } from "./icon.tsx";
import { Link } from "./link.tsx";
import { plainOf } from "./mentions.ts";
import { shortName } from "./names.ts";
import { Popover } from "./popover.tsx";
import { useTelling } from "./telling.ts";
import { useWatching } from "./watching.ts";

const MOST = 99;

/** What I am told of beside my lists, and how much of it I have not seen. */
export function Bell() {
  const { unseen } = desk().notices;
  const label = unseen > 0 ? `${words.bell.title}, ${words.bell.unseen(unseen)}` : words.bell.title;
  const button = (
    <span class="tool bell"><Icon name="bell" />{unseen > 0 && <span class="badge" aria-hidden="true">{unseen > MOST ? `${MOST}+` : unseen}</span>}</span>
  );
  return <Popover label={label} class="of-bell" button={button}>{(close) => <Notices close={close} />}</Popover>;
}

function Notices({ close }: { close: () => void }) {
  const { items } = desk().notices;
  const fresh = useFresh(items);
  const earlier = useEarlier(items);
  const all = [...items, ...earlier.items.filter((one) => !items.some(({ id }) => id === one.id))];
  useEffect(() => { void ensureRows(all.map((one) => one.conversation_id)); }, [all.length]);
  if (all.length === 0) return <div class="no-notices"><strong>{words.bell.none}</strong><p>{words.bell.noneWhy}</p></div>;
  return (
    <ul class="notices">
      {all.map((one) => <li key={one.id}><Line notice={one} fresh={fresh.has(one.id)} close={close} /></li>)}
      {earlier.more && <li class="more"><button type="button" class="do" onClick={earlier.load}>{earlier.failed ? `${words.bell.failed} ${words.tryAgain}` : words.bell.earlier}</button></li>}
    </ul>
  );
}

function Line({ notice, fresh, close }: { notice: Notice; fresh: boolean; close: () => void }) {
  const agent = agentById(desk(), notice.by_id);
  const customer = rowOf(notice.conversation_id)?.customer;
  const says = words.bell.says[notice.kind](agent ? shortName(agent.name) : words.somebody, customer ? customer.called : words.bell.aCustomer);
  const to = { at: "conversation" as const, id: notice.conversation_id, ...(notice.note_id && { message: notice.note_id }), ...listed.value };
  return (
    <Link to={to} class={`notice ${fresh ? "new" : ""}`} onGo={close}>
      {fresh && <i class="unread" aria-hidden="true" />}
      {agent ? <AgentFace agent={agent} size="s" /> : <span class="face s" aria-hidden="true"><Icon name="clock" class="small" /></span>}
      <span class="grow">
        <span class="what"><bdi>{says}</bdi></span>{fresh && <span class="sr">{words.bell.fresh}</span>}
        {notice.excerpt && <span class="clip words" dir="auto">{plainOf(notice.excerpt, nameOf)}</span>}
      </span>
      <Age at={notice.at} />
    </Link>
  );
}

/** What was not seen when the list was opened, or came since. The desk is told that it is seen now. */
function useFresh(items: readonly Notice[]): ReadonlySet<string> {
  const fresh = useRef(new Set<string>());
  for (const one of items) if (!one.seen) fresh.current.add(one.id);
  const watching = useWatching();
  const { unseen } = desk().notices;
  const told = items.filter((one) => !one.seen).map((one) => one.id).join(" ");
  useTelling(watching && connection.value === "here" && unseen > 0 ? `${unseen} ${told}` : "", reportNoticesSeen);
  return fresh.current;
}

const FIRST = 30;

/** What was told before the newest that are held. */
function useEarlier(items: readonly Notice[]) {
  const [found, setFound] = useState<{ items: readonly Notice[]; next: string | null | undefined }>({ items: [], next: undefined });
  const [failed, setFailed] = useState(false);
  const load = () => {
    setFailed(false);
    const first = found.next === undefined;
    getNotices(found.next ?? null).then(
      (page) => setFound((before) => ({ items: first ? page.items : [...before.items, ...page.items], next: page.next })),
      () => setFailed(true),
    );
  };
  return { items: found.items, failed, load, more: found.next === undefined ? items.length >= FIRST : found.next !== null };
}
