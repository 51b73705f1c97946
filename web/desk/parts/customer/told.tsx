import { useState } from "preact/hooks";
import { now } from "../../state/clock.ts";
import { agentById } from "../../state/state.ts";
import { desk, me } from "../../state/store.ts";
import type { CustomerBrief, Note, TimelineItem } from "../../../wire/types.ts";
import { words as all } from "../../words.ts";
import { customers as words } from "../../words-customers.ts";
import { together } from "../../words-together.ts";
import { Clock } from "../age.tsx";
import { dayLine } from "../ages.ts";
import { AgentFace, CustomerFace } from "../face.tsx";
import { Files } from "../files.tsx";
import { type Block, blocksOf, type Group } from "../grouping.ts";
import { sentence } from "../happened.ts";
import { Icon } from "../icon.tsx";
import { shortName } from "../names.ts";
import { NoteText } from "../note-text.tsx";
import { Rich } from "../rich.tsx";

type Props = { items: readonly TimelineItem[]; customer: CustomerBrief; sought?: string | null };

/** What was said, to be read: nothing can be done with it here. `sought` is a message or a note that is looked for. */
export function Told({ items, customer, sought = null }: Props) {
  return <>{blocksOf(items).map((block) => <BlockView key={block.key} block={block} customer={customer} sought={sought} />)}</>;
}

function BlockView({ block, customer, sought }: { block: Block; customer: CustomerBrief; sought: string | null }) {
  if (block.is === "day") return <div class="day">{dayLine(block.at, now.value)}</div>;
  if (block.is === "happened") return <div class="happened"><span><bdi>{sentence(block.happening, customer.called)}</bdi> · <Clock at={block.happening.at} /></span></div>;
  if (block.is === "note") return <NoteTold note={block.note} sought={sought === block.note.id} />;
  return <GroupTold group={block} customer={customer} sought={sought} />;
}

function GroupTold({ group, customer, sought }: { group: Group; customer: CustomerBrief; sought: string | null }) {
  const ours = group.by === "agent";
  const last = group.messages.at(-1);
  const agent = agentById(desk(), group.agentId);
  return (
    <div class={`group ${ours ? "ours" : ""}`}>
      {!ours && <CustomerFace customer={customer} size="s" />}
      <div class="stack">
        {group.messages.map((message) => (
          <>
            {message.text && <div class={`bubble ${message.id === sought ? "sought" : ""}`} data-item={message.id} aria-current={message.id === sought || undefined} dir="auto"><Rich text={message.text} /></div>}
            <Files files={message.files} />
          </>
        ))}
      </div>
      {last && <div class="foot">{ours && <span><bdi>{group.agentId === me.value.id ? all.you : agent ? shortName(agent.name) : all.somebody}</bdi> ·</span>}<Clock at={last.at} /></div>}
    </div>
  );
}

const LONG = 700;

function NoteTold({ note, sought }: { note: Note; sought: boolean }) {
  const [whole, setWhole] = useState(note.text.length <= LONG || sought);
  const agent = agentById(desk(), note.agent_id);
  return (
    <article class={`note ${sought ? "sought" : ""}`} data-item={note.id} aria-current={sought || undefined} aria-label={together.note.label(agent?.name ?? all.somebody)}>
      <div class="by">
        {agent && <AgentFace agent={agent} size="s" />}<bdi>{agent?.name ?? all.somebody}</bdi><Clock at={note.at} />
        <span class="only"><Icon name="lock" class="small" />{together.note.only}</span>
      </div>
      <p dir="auto"><NoteText text={whole ? note.text : `${note.text.slice(0, LONG)}…`} /></p>
      {!whole && <button type="button" class="do" onClick={() => setWhole(true)}>{words.panel.all}</button>}
      {note.answers > 0 && <p class="hint">{together.thread.answers(note.answers)}</p>}
    </article>
  );
}
