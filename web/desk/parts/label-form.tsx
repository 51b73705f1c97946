import { useEffect, useRef, useState } from "preact/hooks";
import { COLOURS, type Colour, ColourChoice } from "./colours.tsx";
import { Either } from "./either.tsx";
import { Field, Wrong } from "./field.tsx";
import { faultsOf, missing, useForm } from "./form.ts";
import { addLabel, changeLabel } from "../state/keeping.ts";
import { desk } from "../state/store.ts";
import type { Label } from "../../wire/types.ts";
import { words } from "../words.ts";

type Props = { name: string; label?: Label; onDone: (label: Label) => void; onBack?: () => void };

/** A new label, or other looks for one there is. */
export function LabelForm({ name: given, label, onDone, onBack }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const [name, setName] = useState(given);
  const [colour, setColour] = useState<string>(label?.colour ?? freshColour());
  const [who, setWho] = useState<"team" | "you">("team");
  useEffect(() => { if (onBack) form.current?.querySelector("input")?.focus(); }, []);
  const { faults, general, busy, submit } = useForm(() => faultsOf({ name: missing(name, words.labels.name) }), async () => {
    const looks = { name: name.trim(), colour };
    onDone(label ? await changeLabel(label.id, looks) : await addLabel(looks.name, colour, who === "you"));
  });
  return (
    <form class="label-form" ref={form} onSubmit={submit} noValidate>
      <Field label={words.labels.name} value={name} onValue={setName} wrong={faults.name} autocomplete="off" maxLength={60} />
      <ColourChoice value={colour} onChange={setColour} />
      {!label && (
        <div class="field">
          <span class="lab">{words.labels.who}</span>
          <Either label={words.labels.who} value={who} onChange={setWho} options={[{ value: "team", label: words.labels.team }, { value: "you", label: words.labels.you }]} />
        </div>
      )}
      {general && <Wrong>{general}</Wrong>}
      <div class="saves">
        <button class="button main" disabled={busy}>{label ? words.save : words.labels.make}</button>
        {onBack && <button type="button" class="button plain" onClick={onBack}>{label ? words.cancel : words.labels.back}</button>}
      </div>
    </form>
  );
}

/** The one that is worn least. */
function freshColour(): Colour {
  const many = (colour: Colour) => desk().labels.filter((label) => label.colour === colour && !label.retired).length;
  return [...COLOURS].sort((a, b) => many(a) - many(b))[0] ?? "teal";
}
