import { CustomerFace } from "../../parts/face.tsx";
import { Clock } from "../../parts/age.tsx";
import { clock, dayLine, exactly } from "../../parts/ages.ts";
import type { Block, Group, Said } from "../../parts/grouping.ts";
import { Dots } from "../../parts/dots.tsx";
import { sentence } from "../../parts/happened.ts";
import { Icon } from "../../parts/icon.tsx";
import { wornBy } from "../../parts/labelled.ts";
import { Link } from "../../parts/link.tsx";
import { shortName } from "../../parts/names.ts";
import { Rich } from "../../parts/rich.tsx";
import { now } from "../../state/clock.ts";
import { dropMessage, problemOf, retryMessage } from "../../state/outgoing.ts";
import { listed } from "../../state/route.ts";
import { agentById } from "../../state/state.ts";
import { desk, me } from "../../state/store.ts";
import type { Happening, Row } from "../../../wire/types.ts";
import { words } from "../../words.ts";
import { act } from "./acting.ts";
import { Files } from "../../parts/files.tsx";
import { HeldFoot } from "./held.tsx";
import { NoteView } from "./note.tsx";
import { isSoughtFor } from "./seeking.ts";
import { SaidLine } from "./said-menu.tsx";

/** What was newest at the time of opening: what is newer rises into place. */
export type Known = { position: number; at: number };

export function BlockView({ block, row, known }: { block: Block; row: Row; known: Known }) {
  if (block.is === "day") return <div class="day">{dayLine(block.at, now.value)}</div>;
  if (block.is === "happened") return <Happened happening={block.happening} customer={row.customer.called} />;
  if (block.is === "note") return <NoteView note={block.note} fresh={block.note.at > known.at} />;
  return <GroupView group={block} row={row} known={known.position} />;
}

function Happened({ happening, customer }: { happening: Happening; customer: string }) {
  const other = happening.what.startsWith("continued") ? happening.other_id : null;
  return (
    <div class="happened">
      <span><bdi>{sentence(happening, customer)}</bdi> · <Clock at={happening.at} /></span>
      {other && <Link to={{ at: "conversation", id: other, ...listed.value }}>{words.talk.openOther}</Link>}
    </div>
  );
}

function GroupView({ group, row, known }: { group: Group; row: Row; known: number }) {
  const ours = group.by === "agent";
  return (
    <div class={`group ${ours ? "ours" : ""}`}>
      {!ours && <CustomerFace customer={row.customer} size="s" />}
      <div class="stack">{group.messages.map((message) => <Bubble key={message.client_id} message={message} fresh={message.position > known} />)}</div>
      <Foot group={group} row={row} />
    </div>
  );
}

function Bubble({ message, fresh }: { message: Said; fresh: boolean }) {
  const is = isSoughtFor(message.id);
  const bubble = message.text && <div class={`bubble ${message.leaving ?? ""} ${fresh ? "fresh" : ""} ${is ? "sought" : ""}`} aria-current={is || undefined} dir="auto"><Rich text={message.text} /></div>;
  return (
    <>
      <Dots ids={wornBy(desk().labelled[message.conversation_id] ?? [], message.id)} onPress={(from) => act(message.conversation_id, "labels", from, message.id)} />
      {bubble && <Files files={message.files} />}
      <SaidLine message={message}>{bubble || <Files files={message.files} />}</SaidLine>
    </>
  );
}

/** One foot for each group: when, and how far it came. */
function Foot({ group, row }: { group: Group; row: Row }) {
  const last = group.messages.at(-1);
  if (!last) return null;
  if (last.leaving === "failed") return <FailedFoot id={last.client_id} />;
  if (last.leaving === "held") return <HeldFoot id={last.client_id} due={last.due ?? 0} />;
  if (last.leaving) return <div class="foot"><Icon name="clock" class="small" />{words.talk.waiting}</div>;
  if (group.by === "customer") return <div class="foot"><Clock at={last.at} /></div>;
  const seen = row.customer_saw >= last.position;
  const time = clock(last.at);
  return (
    <div class="foot">
      {group.agentId === me.value.id ? <Icon name={seen ? "checks" : "check"} class="small" /> : <By id={group.agentId} />}
      <time dateTime={new Date(last.at).toISOString()} title={exactly(last.at)}>{seen ? words.talk.seenAt(time) : words.talk.sent(time)}</time>
    </div>
  );
}

function By({ id }: { id: string | null }) {
  const name = agentById(desk(), id)?.name;
  return <span><bdi>{name ? shortName(name) : words.somebody}</bdi> ·</span>;
}

function FailedFoot({ id }: { id: string }) {
  return (
    <div class="foot bad" role="alert">
      <Icon name="warn" class="small" /><span>{problemOf(id)}</span>
      <button type="button" onClick={() => retryMessage(id)}>{words.tryAgain}</button>
      <button type="button" onClick={() => dropMessage(id)}>{words.delete}</button>
    </div>
  );
}
