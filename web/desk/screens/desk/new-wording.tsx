import { useState } from "preact/hooks";
import { WireError } from "../../../wire/fetch.ts";
import type { Answered, NoteAnswer } from "../../../wire/answers.ts";
import { Wrong } from "../../parts/field.tsx";
import { refusal } from "../../state/attempting.ts";
import { command } from "../../state/commands.ts";
import { withNote } from "../../state/merge.ts";
import { wordingDraft } from "../../state/noting.ts";
import { change } from "../../state/store.ts";
import type { Note, ThreadAnswer } from "../../../wire/types.ts";
import { words } from "../../words.ts";
import { useNoteField } from "./note-field.tsx";

/** In place of the words themselves. What was refused stays in the field. */
export function NewWording({ one, onDone }: { one: Note | ThreadAnswer; onDone: () => void }) {
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async (text: string) => {
    setBusy(true);
    try {
      const of = "answers" in one ? "notes" : "threads";
      const answer = await command<NoteAnswer | Answered>(`/api/${of}/${encodeURIComponent(one.id)}/edit`, { text });
      change((before) => withNote(before, answer));
      onDone();
    } catch (cause) {
      if (!(cause instanceof WireError)) throw cause;
      setBusy(false);
      setWrong(refusal(cause));
    }
  };
  const { field, send, tooMany, empty } = useNoteField({
    draft: wordingDraft(one.id), label: words.note.wording, placeholder: "", autofocus: true, onSend: (text) => { if (!busy) void save(text); }, onLeave: onDone,
  });
  return (
    <form class="wording" onSubmit={(event) => { event.preventDefault(); send(); }}>
      {field}
      {tooMany > 0 && <Wrong>{words.write.tooLong(tooMany)}</Wrong>}
      {wrong && <Wrong>{wrong}</Wrong>}
      <div class="saves">
        <button class="button main" disabled={busy || empty || tooMany > 0}>{words.save}</button>
        <button type="button" class="button plain" onClick={onDone}>{words.cancel}</button>
      </div>
    </form>
  );
}
