import { useEffect } from "preact/hooks";
import type { NotesAnswer } from "../../../wire/answers.ts";
import { Age } from "../../parts/age.tsx";
import { AgentFace } from "../../parts/face.tsx";
import { Fetching, useFetched } from "../../parts/fetched.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Link } from "../../parts/link.tsx";
import { shortName } from "../../parts/names.ts";
import { plainOf } from "../../parts/mentions.ts";
import { nameOf } from "../../state/calling.ts";
import { narrow } from "../../state/device.ts";
import { connection } from "../../state/live.ts";
import { beginWriting } from "../../state/noting.ts";
import { panelOpen } from "../../state/panel.ts";
import { listed } from "../../state/route.ts";
import { agentById } from "../../state/state.ts";
import { desk } from "../../state/store.ts";
import { isNote, type Note, type Row } from "../../../wire/types.ts";
import { words } from "../../words.ts";

const shut = () => { panelOpen.value = false; };

/** Beside the conversation, on a phone above it: every note of it, each leading to its place. */
export function NotesPanel({ row }: { row: Row }) {
  const asked = useFetched<NotesAnswer>(`/api/conversations/${encodeURIComponent(row.id)}/notes`);
  const online = connection.value === "here";
  useEffect(() => { if (online && asked.failed) asked.load(); }, [online]);
  const notes = allNotes(row.id, asked.value?.notes ?? []);
  const add = () => {
    if (narrow.peek()) shut();
    beginWriting(row.id, "note");
  };
  return (
    <aside class="panel" aria-label={words.panel.title} onKeyDown={(event) => { if (event.key === "Escape") shut(); }}>
      <header class="head">
        <h2 class="grow">{words.panel.title} {notes.length > 0 && <span class="count">{notes.length}</span>}</h2>
        <button type="button" class="do" onClick={add}>{words.panel.add}</button>
        <button type="button" class="tool" aria-label={words.panel.close} title={words.panel.close} onClick={shut}><Icon name="x" /></button>
      </header>
      <div class="panel-in">
        {!asked.value && <Fetching {...asked} />}
        {asked.value && notes.length === 0 && <p class="hint">{words.panel.none}</p>}
        <ul>{notes.map((note) => <li key={note.id}><Sheetlet note={note} /></li>)}</ul>
      </div>
    </aside>
  );
}

function Sheetlet({ note }: { note: Note }) {
  const agent = agentById(desk(), note.agent_id);
  const to = { at: "conversation" as const, id: note.conversation_id, message: note.id, ...listed.value };
  return (
    <Link to={to} class="note short" onGo={() => { if (narrow.peek()) shut(); }}>
      <span class="by">{agent && <AgentFace agent={agent} size="xs" />}<bdi>{agent ? shortName(agent.name) : words.somebody}</bdi> · <Age at={note.at} /><span class="sr">. {words.panel.jump}</span></span>
      <span class="says" dir="auto">{plainOf(note.text, nameOf)}</span>
      {note.answers > 0 && <span class="under"><Icon name="thread" class="small turns" />{words.thread.answers(note.answers)}</span>}
    </Link>
  );
}

/** What was fetched, with what has come or changed since. Newest first. */
function allNotes(conversation: string, fetched: readonly Note[]): Note[] {
  const held = (desk().timelines[conversation] ?? []).filter(isNote);
  const all = new Map([...fetched, ...held].map((note) => [note.id, note]));
  return [...all.values()].filter((note) => note.deleted_at === null).sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}
