import "../../style/customers.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { heard } from "../../state/about.ts";
import { fetches } from "../../state/fetching.ts";
import { loadCustomer } from "../../state/knowing-customers.ts";
import { rowOf } from "../../state/store.ts";
import type { Past } from "../../../wire/customers.ts";
import type { CustomerBrief, Note } from "../../../wire/types.ts";
import { customers as words } from "../../words-customers.ts";
import type { KeyboardEvent } from "../events.ts";
import { Fetching } from "../fetched.tsx";
import { Icon } from "../icon.tsx";
import { Duplicates } from "./duplicates.tsx";
import { EventsPart } from "./events.tsx";
import { Head } from "./head.tsx";
import { MoreMenu } from "./more.tsx";
import { NotesPart } from "./notes.tsx";
import { useAgain } from "./pages.ts";
import { PastPart, whoOf } from "./past.tsx";
import { type Beside, PastTalk } from "./past-talk.tsx";
import { ProfilePart } from "./profile.tsx";

type Props = { customer: CustomerBrief; conversation: string | null; onShut: (() => void) | null };

/** Everything about one customer in one scroll. */
export function CustomerPanel({ customer, conversation, onShut }: Props) {
  const { id } = customer;
  const [editing, edit] = useState<string | null>(null);
  const [beside, setBeside] = useState<Beside | null>(null);
  const inner = useRef<HTMLDivElement>(null);
  const from = useRef<HTMLElement | null>(null);
  useEffect(() => { void loadCustomer(id); }, [id]);
  useAgain(id, () => void loadCustomer(id));
  const about = heard.value.about[id];
  const failed = fetches.value[`customer:${id}`] === "failed";
  const open = (one: Beside) => {
    from.current = document.activeElement as HTMLElement | null;
    setBeside(one);
  };
  const back = () => {
    setBeside(null);
    requestAnimationFrame(() => from.current?.focus());
  };
  const openPast = (past: Past) => open({ row: past.conversation, who: whoOf(past), item: null });
  const openNote = (note: Note) => {
    const row = rowOf(note.conversation_id);
    open({ row: { id: note.conversation_id, customer, started_at: row?.started_at ?? note.at }, who: words.notes.title, item: note.id });
  };
  const escaped = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || (event.target as Element).closest("dialog")) return; // A dialog closes itself.
    event.stopPropagation();
    if (beside) back();
    else onShut?.();
  };
  return (
    <aside class="panel" aria-label={words.panel.label(customer.called)} onKeyDown={escaped}>
      <div class="panel-whole" inert={beside !== null}>
        <header class="head">
          <h2 class="grow">{words.panel.title}</h2>
          {about && <MoreMenu about={about} />}
          {onShut && <button type="button" class="tool" aria-label={words.panel.close} title={words.panel.close} onClick={onShut}><Icon name="x" /></button>}
        </header>
        <div class="panel-in" ref={inner}>
          {about ? (
            <>
              <Head profile={about.profile} onName={() => edit("name")} />
              {about.duplicates.length > 0 && <Duplicates of={about.profile} ones={about.duplicates} />}
              <ProfilePart profile={about.profile} editing={editing} edit={edit} />
            </>
          ) : <section><Fetching failed={failed} load={() => void loadCustomer(id)} /></section>}
          <EventsPart key={`e${id}`} customer={id} />
          <PastPart key={`p${id}`} customer={id} here={conversation} many={about?.conversations ?? null} onOpen={openPast} />
          <NotesPart key={`n${id}`} customer={id} here={conversation} onOpen={openNote} />
        </div>
      </div>
      {beside && <PastTalk key={beside.row.id} beside={beside} onBack={back} />}
    </aside>
  );
}
