import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { clock, dayLine } from "../../parts/ages.ts";
import { Icon } from "../../parts/icon.tsx";
import { untokened } from "../../parts/mentions.ts";
import { shortName } from "../../parts/names.ts";
import { nameOf } from "../../state/calling.ts";
import { now } from "../../state/clock.ts";
import { keepDraft } from "../../state/drafts.ts";
import { wordingDraft } from "../../state/noting.ts";
import { dropMessage, retryMessage, type Sending, whyNot } from "../../state/outgoing.ts";
import { agentById } from "../../state/state.ts";
import { desk, me } from "../../state/store.ts";
import type { Note, ThreadAnswer } from "../../../wire/types.ts";
import { words } from "../../words.ts";

/** Stands wherever only the team reads. */
export function OnlyUs() {
  return <span class="only"><Icon name="lock" class="small" />{words.note.only}</span>;
}

export function deletedBy(one: Note | ThreadAnswer, says: (name: string | null) => string): string {
  return says(one.agent_id === me.value.id ? null : shortName(agentById(desk(), one.agent_id)?.name ?? words.somebody));
}

export function Edited({ one }: { one: Note | ThreadAnswer }) {
  if (one.edited_at === null || one.deleted_at !== null) return null;
  return <span class="edited" title={words.note.editedAt(`${dayLine(one.edited_at, now.value)} ${clock(one.edited_at)}`)}>{words.note.edited}</span>;
}

/** Changing the words of what I wrote; they stand in the field as they were. */
export function useEditing(one: Note | ThreadAnswer) {
  const [editing, setEditing] = useState(false);
  const edit = () => {
    keepDraft(wordingDraft(one.id), untokened(one.text, nameOf));
    setEditing(true);
  };
  const done = () => {
    keepDraft(wordingDraft(one.id), { text: "", mentions: [] });
    setEditing(false);
  };
  return { editing, edit, done };
}

export function LeavingFoot({ item, onEdit }: { item: Sending; onEdit?: () => void }): ComponentChildren {
  if (item.state !== "failed") return <div class="foot"><Icon name="clock" class="small" />{words.note.waiting}</div>;
  return (
    <div class="foot bad" role="alert">
      <Icon name="warn" class="small" /><span>{words.note.notAdded(whyNot(item.id) ?? words.failed)}</span>
      <button type="button" onClick={() => retryMessage(item.id)}>{words.tryAgain}</button>
      {onEdit && <button type="button" onClick={onEdit}>{words.note.edit}</button>}
      <button type="button" onClick={() => dropMessage(item.id)}>{words.delete}</button>
    </div>
  );
}
