import { useRef } from "preact/hooks";
import { request } from "../../../wire/fetch.ts";
import type { CompanyNotesAnswer, PastAnswer } from "../../../wire/customers.ts";
import { ShowMore } from "../../parts/customer/show-more.tsx";
import { NoteInShort } from "../../parts/customer/notes.tsx";
import { paged, type Pages, usePages } from "../../parts/customer/pages.ts";
import { PastLine } from "../../parts/customer/past.tsx";
import { Fetching } from "../../parts/fetched.tsx";
import { Link } from "../../parts/link.tsx";
import { listed } from "../../state/route.ts";
import { customers as words } from "../../words-customers.ts";

const FIRST = 10;

type Props = { company: string; people: readonly string[] };

/** What was said with everybody who works there, and what the team wrote down of it; the newest first. */
export function CompanyTalks({ company, people }: Props) {
  // Not every fact of a conversation names its customer.
  const also = useRef(people);
  const path = (what: string) => `/api/companies/${encodeURIComponent(company)}/${what}`;
  const talks = usePages(company, FIRST, async (limit, cursor) => {
    const { past, next } = await request<PastAnswer>("GET", paged(path("conversations"), limit, "after", cursor));
    return { items: past, next };
  }, also.current);
  const notes = usePages(company, FIRST, async (limit, cursor) => {
    const answer = await request<CompanyNotesAnswer>("GET", paged(path("notes"), limit, "before", cursor));
    return { items: answer.notes, next: answer.next };
  }, also.current);
  also.current = [...people, ...(talks.items ?? []).map(({ conversation }) => conversation.id), ...(notes.items ?? []).map(({ note }) => note.conversation_id)];
  return (
    <>
      <section>
        <h2>{words.company.talks}</h2>
        <Paged pages={talks} none={words.company.noTalks} />
        <ul>{talks.items?.map((one) => <li key={one.conversation.id}><PastLine past={one} whose={one.conversation.customer.called} /></li>)}</ul>
        <Onward pages={talks} />
      </section>
      <section class="notes-of">
        <h2>{words.company.notes}</h2>
        <Paged pages={notes} none={words.company.noNotes} />
        <ul>
          {notes.items?.map(({ note, customer }) => (
            <li key={note.id}>
              <Link to={{ at: "conversation", id: note.conversation_id, message: note.id, ...listed.value }} class="note short"><NoteInShort note={note} whose={customer.called} jump={words.notes.jump} /></Link>
            </li>
          ))}
        </ul>
        <Onward pages={notes} />
      </section>
    </>
  );
}

function Paged({ pages, none }: { pages: Pages<unknown>; none: string }) {
  if (!pages.items) return <Fetching {...pages} />;
  return pages.items.length === 0 ? <p class="hint">{none}</p> : null;
}

function Onward({ pages }: { pages: Pages<unknown> }) {
  return pages.failed && pages.items ? <Fetching {...pages} /> : <ShowMore more={pages.more} />;
}
