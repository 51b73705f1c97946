import { Clock } from "../../parts/age.tsx";
import { AgentFace } from "../../parts/face.tsx";
import { Icon } from "../../parts/icon.tsx";
import { untokened } from "../../parts/mentions.ts";
import { NoteText } from "../../parts/note-text.tsx";
import { nameOf } from "../../state/calling.ts";
import { restoreDraft } from "../../state/drafts.ts";
import { noteDraft, turnTo } from "../../state/noting.ts";
import { dropMessage, type Sending } from "../../state/outgoing.ts";
import { isUnsaid } from "../../state/outgoing-notes.ts";
import { agentById } from "../../state/state.ts";
import { desk, me } from "../../state/store.ts";
import type { Note } from "../../../wire/types.ts";
import { words } from "../../words.ts";
import { NewWording } from "./new-wording.tsx";
import { WithActs } from "./note-acts.tsx";
import { deletedBy, Edited, LeavingFoot, OnlyUs, useEditing } from "./note-parts.tsx";
import { isSoughtFor } from "./seeking.ts";
import { Thread } from "./thread.tsx";

/** A sheet across the column: what the team says among itself, with the answers under it. */
export function NoteView({ note, fresh }: { note: Note; fresh: boolean }) {
  const { editing, edit, done } = useEditing(note);
  const gone = note.deleted_at !== null || isUnsaid(note.id);
  const agent = agentById(desk(), note.agent_id);
  const is = isSoughtFor(note.id);
  if (gone && note.answers === 0) return <Gone one={note} edit={edit} />;
  return (
    <article class={`note ${fresh ? "fresh" : ""} ${is ? "sought" : ""}`} data-note={note.id} aria-current={is || undefined}
      aria-label={words.note.label(agent?.name ?? words.somebody)}>
      <WithActs one={note} class="of-note" edit={edit}>
        {(menu) => (
          <>
            <div class="by">
              {agent && <AgentFace agent={agent} size="s" />}
              <bdi>{agent?.name ?? words.somebody}</bdi><Clock at={note.at} /><Edited one={note} />
              {!editing && menu}
              <OnlyUs />
            </div>
            {gone ? <p class="gone">{deletedBy(note, words.note.deletedBy)}</p> : editing ? <NewWording one={note} onDone={done} /> : <p dir="auto"><NoteText text={note.text} /></p>}
          </>
        )}
      </WithActs>
      <Thread note={note} />
    </article>
  );
}

/** Nothing was said under it, so a line is enough. */
function Gone({ one, edit }: { one: Note; edit: () => void }) {
  return (
    <WithActs one={one} class="happened noted" edit={edit}>
      {(menu) => <><span><Icon name="lock" class="small" /> <bdi>{deletedBy(one, words.note.deletedBy)}</bdi> · <Clock at={one.deleted_at ?? one.at} /></span>{menu}</>}
    </WithActs>
  );
}

/** A note on its way, or one that did not come through. */
export function LeavingNote({ item, conversation, text }: { item: Sending; conversation: string; text: string }) {
  const back = () => {
    dropMessage(item.id);
    restoreDraft(noteDraft(conversation), { ...untokened(text, nameOf), files: [] });
    turnTo(conversation, "note");
  };
  return (
    <article class="note leaving" aria-label={words.note.label(me.value.name)}>
      <div class="by"><AgentFace agent={me.value} size="s" /><bdi>{me.value.name}</bdi><OnlyUs /></div>
      <p dir="auto"><NoteText text={text} /></p>
      <LeavingFoot item={item} onEdit={back} />
    </article>
  );
}
