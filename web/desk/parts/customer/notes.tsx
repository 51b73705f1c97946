import type { NotesAnswer } from "../../../wire/answers.ts";
import { request } from "../../../wire/fetch.ts";
import type { CustomerNotesAnswer } from "../../../wire/customers.ts";
import { nameOf } from "../../state/calling.ts";
import { narrow } from "../../state/device.ts";
import { pathOf } from "../../state/knowing-customers.ts";
import { beginWriting } from "../../state/noting.ts";
import { panelOpen } from "../../state/panel.ts";
import { listed } from "../../state/route.ts";
import { agentById } from "../../state/state.ts";
import { desk } from "../../state/store.ts";
import { isNote, type Note } from "../../../wire/types.ts";
import { words as all } from "../../words.ts";
import { customers as words } from "../../words-customers.ts";
import { Age } from "../age.tsx";
import { AgentFace } from "../face.tsx";
import { Fetching, useFetched } from "../fetched.tsx";
import { Icon } from "../icon.tsx";
import { Link } from "../link.tsx";
import { plainOf } from "../mentions.ts";
import { shortName } from "../names.ts";
import { ShowMore } from "./show-more.tsx";
import { paged, useAgain, usePages } from "./pages.ts";

type Props = { customer: string; here: string | null; onOpen: (note: Note) => void };

const FIRST = 20;

/** What the team wrote down: in this conversation, and in all others of theirs. */
export function NotesPart({ customer, here, onOpen }: Props) {
  const pages = usePages(customer, FIRST, async (limit, cursor) => {
    const { notes, next } = await request<CustomerNotesAnswer>("GET", paged(pathOf(customer, "notes"), limit, "before", cursor));
    return { items: notes, next };
  });
  const others = (pages.items ?? []).filter((note) => note.conversation_id !== here);
  const add = () => {
    if (narrow.peek()) panelOpen.value = false;
    if (here) beginWriting(here, "note");
  };
  return (
    <section class="notes-of">
      <h3>{words.notes.title}{here && <button type="button" class="do" onClick={add}>{words.notes.add}</button>}</h3>
      {here ? <Here conversation={here} customer={customer} others={others.length} /> : null}
      {!pages.items && <Fetching {...pages} />}
      {!here && pages.items?.length === 0 && <p class="hint">{words.notes.none}</p>}
      {here && others.length > 0 && <p class="visit">{words.notes.others}</p>}
      <ul>{others.map((note) => <li key={note.id}><button type="button" class="note short" onClick={() => onOpen(note)}><NoteInShort note={note} jump={words.notes.lookAt} /></button></li>)}</ul>
      <ShowMore more={pages.more} />
    </section>
  );
}

function Here({ conversation, customer, others }: { conversation: string; customer: string; others: number }) {
  const asked = useFetched<NotesAnswer>(`/api/conversations/${encodeURIComponent(conversation)}/notes`);
  useAgain(customer, asked.load);
  const notes = allNotes(conversation, asked.value?.notes ?? []);
  if (!asked.value) return <Fetching {...asked} />;
  if (notes.length === 0) return others === 0 ? <p class="hint">{words.notes.none}</p> : null;
  const to = (note: Note) => ({ at: "conversation" as const, id: note.conversation_id, message: note.id, ...listed.value });
  return (
    <>
      {others > 0 && <p class="visit">{words.notes.here}</p>}
      <ul>
        {notes.map((note) => (
          <li key={note.id}>
            <Link to={to(note)} class="note short" onGo={() => { if (narrow.peek()) panelOpen.value = false; }}><NoteInShort note={note} jump={words.notes.jump} /></Link>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A note in short: by whom, of whom if that does not go without saying, when, and its words. */
export function NoteInShort({ note, jump, whose }: { note: Note; jump: string; whose?: string }) {
  const agent = agentById(desk(), note.agent_id);
  return (
    <>
      <span class="by">{agent && <AgentFace agent={agent} size="xs" />}<bdi>{agent ? shortName(agent.name) : all.somebody}</bdi>{whose && <> · <bdi class="clip">{words.notes.about(whose)}</bdi></>} · <Age at={note.at} /><span class="sr">. {jump}</span></span>
      <span class="says" dir="auto">{plainOf(note.text, nameOf)}</span>
      {note.answers > 0 && <span class="under"><Icon name="thread" class="small turns" />{all.thread.answers(note.answers)}</span>}
    </>
  );
}

/** What was fetched, with what has come or changed since. Newest first. */
function allNotes(conversation: string, fetched: readonly Note[]): Note[] {
  const held = (desk().timelines[conversation] ?? []).filter(isNote);
  const every = new Map([...fetched, ...held].map((note) => [note.id, note]));
  return [...every.values()].filter((note) => note.deleted_at === null).sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}
