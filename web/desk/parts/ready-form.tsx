import { useState } from "preact/hooks";
import { Dialog } from "./dialog.tsx";
import { Either } from "./either.tsx";
import { AreaField, Field, Wrong } from "./field.tsx";
import { faultsOf, missing, useForm } from "./form.ts";
import { addReady, changeReady } from "../state/keeping.ts";
import { toast } from "../state/toasts.ts";
import type { ReadyReply } from "../../wire/types.ts";
import { words } from "../words.ts";

type Props = { ready?: ReadyReply; text?: string; onDone?: () => void; onBack?: () => void };

/** A new ready reply, or another wording for one there is. */
export function ReadyForm({ ready, text: given = "", onDone, onBack }: Props) {
  const [name, setName] = useState(ready?.name ?? "");
  const [text, setText] = useState(ready?.text ?? given);
  const [who, setWho] = useState<"team" | "you">("team");
  const check = () => faultsOf({ name: missing(name, words.ready.name), text: missing(text, words.ready.text) });
  const { faults, general, busy, submit } = useForm(check, async () => {
    const called = name.trim();
    await (ready ? changeReady(ready.id, called, text.trim()) : addReady(called, text.trim(), who === "you"));
    toast({ text: words.ready.saved(called) });
    onDone?.();
    if (!ready && !onDone) {
      setName("");
      setText("");
    }
  });
  return (
    <form class="ready-form grow" onSubmit={submit} noValidate>
      <Field label={words.ready.name} hint={words.ready.nameHint} value={name} onValue={setName} wrong={faults.name} autocomplete="off" maxLength={60} />
      <AreaField label={words.ready.text} hint={words.ready.textHint} value={text} onValue={setText} wrong={faults.text} rows={4} />
      {!ready && (
        <div class="field">
          <span class="lab">{words.ready.who}</span>
          <Either label={words.ready.who} value={who} onChange={setWho} options={[{ value: "team", label: words.ready.team }, { value: "you", label: words.ready.you }]} />
        </div>
      )}
      {general && <Wrong>{general}</Wrong>}
      <div class="saves">
        <button class="button main" disabled={busy}>{ready ? words.save : words.ready.make}</button>
        {onBack && <button type="button" class="button plain" onClick={onBack}>{words.cancel}</button>}
      </div>
    </form>
  );
}

/** What stands in the composer, kept. */
export function ReadyDialog({ text, onClose }: { text: string; onClose: () => void }) {
  return <Dialog title={words.ready.save} onClose={onClose}><ReadyForm text={text} onDone={onClose} onBack={onClose} /></Dialog>;
}
