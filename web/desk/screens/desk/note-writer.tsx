import { Icon } from "../../parts/icon.tsx";
import { keepDraft } from "../../state/drafts.ts";
import { connection } from "../../state/live.ts";
import { noteDraft } from "../../state/noting.ts";
import { addNote } from "../../state/outgoing-notes.ts";
import { me } from "../../state/store.ts";
import type { Row } from "../../../wire/types.ts";
import { words } from "../../words.ts";
import { EmojiButton } from "./emoji.tsx";
import { useNoteField } from "./note-field.tsx";

/** What the team alone reads, while it is written. */
export function NoteWriter({ row }: { row: Row }) {
  const key = noteDraft(row.id);
  const { field, text, send, write, ask, tooMany } = useNoteField({
    draft: key, label: words.note.field, placeholder: words.note.placeholder,
    onSend: (said) => {
      keepDraft(key, { text: "", mentions: [] });
      addNote(row.id, said);
    },
  });
  return (
    <form onSubmit={(event) => { event.preventDefault(); send(); }}>
      {field}
      <div class="tools">
        <EmojiButton into={text} onChange={write} />
        <button type="button" class="tool" aria-label={words.note.mention} title={words.note.mention} onClick={ask}><Icon name="at" /></button>
        <Hint tooMany={tooMany} />
        <button class="button main" disabled={tooMany > 0}>{words.note.add}</button>
      </div>
    </form>
  );
}

function Hint({ tooMany }: { tooMany: number }) {
  if (tooMany > 0) return <span class="hint bad" role="status">{words.write.tooLong(tooMany)}</span>;
  if (connection.value === "away") return <span class="hint">{words.write.kept}</span>;
  return <span class="hint for-keys">{enterHint(me.value.preferences.enter_sends)}</span>;
}

function enterHint(sends: boolean): string {
  if (sends) return words.note.enterAdds;
  return navigator.userAgent.includes("Mac") ? words.note.cmdEnterAdds : words.note.ctrlEnterAdds;
}
