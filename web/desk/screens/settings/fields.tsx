import "../../style/customers.css";
import { useId, useState } from "preact/hooks";
import type { FieldKind, OwnField } from "../../../wire/customers.ts";
import { attempt } from "../../state/attempting.ts";
import { Field, Wrong } from "../../parts/field.tsx";
import { AreaField } from "../../parts/field.tsx";
import { faultsOf, missing, useForm } from "../../parts/form.ts";
import { Icon } from "../../parts/icon.tsx";
import { Menu } from "../../parts/menu.tsx";
import { command } from "../../state/commands.ts";
import { desk } from "../../state/store.ts";
import { toast } from "../../state/toasts.ts";
import { words as all } from "../../words.ts";
import { customers } from "../../words-customers.ts";

const words = customers.ownFields;
const OF = ["customer", "company"] as const;
const KINDS: readonly FieldKind[] = ["text", "number", "date", "choice", "link"];

/** What the company wants to know of customers and of companies, beside the usual. */
export function FieldsSection() {
  return (
    <>
      {OF.map((of) => <Fields key={of} of={of} />)}
      <section class="sheet-part">
        <h2>{words.add}</h2>
        <FieldForm key={desk().own_fields.length} />
      </section>
    </>
  );
}

function Fields({ of }: { of: OwnField["of"] }) {
  const [editing, setEditing] = useState<string | null>(null);
  const fields = desk().own_fields.filter((one) => one.of === of).sort((a, b) => Number(a.retired) - Number(b.retired) || a.place - b.place);
  const ids = fields.filter(({ retired }) => !retired).map(({ id }) => id);
  const move = (id: string, by: number) => {
    const at = ids.indexOf(id);
    const next = ids.filter((one) => one !== id);
    next.splice(at + by, 0, id);
    void attempt(() => command("/api/own-fields/order", { of, ids: next }));
  };
  return (
    <section class="sheet-part">
      <h2>{words.title}: {words.of[of]?.toLowerCase()}</h2>
      <p class="hint">{fields.length === 0 ? words.none : words.why[of]}</p>
      <ul class="lines-list">
        {fields.map((field) => (
          <li key={field.id} class={field.retired ? "off" : ""}>
            {editing === field.id
              ? <FieldForm field={field} onDone={() => setEditing(null)} />
              : <Line field={field} first={field.id === ids[0]} last={field.id === ids.at(-1)} move={(by) => move(field.id, by)} onEdit={() => setEditing(field.id)} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Line({ field, first, last, move, onEdit }: { field: OwnField; first: boolean; last: boolean; move: (by: number) => void; onEdit: () => void }) {
  const kind = words.kinds[field.kind] ?? field.kind;
  const turn = async () => {
    if ((await attempt(() => command(`/api/own-fields/${encodeURIComponent(field.id)}/retire`, { on: !field.retired }))) !== null && !field.retired) toast({ text: words.retired(field.name) });
  };
  const item = (label: string, run: () => void, danger = false) => <button type="button" class={`item ${danger ? "danger" : ""}`} role="menuitem" onClick={run}>{label}</button>;
  return (
    <>
      <span class="grow">
        <bdi class="clip">{field.name}</bdi>
        <small class="clip">{kind}{field.kind === "choice" && <>: <bdi>{field.choices.join(", ")}</bdi></>}{field.retired && ` · ${words.isRetired}`}</small>
      </span>
      <Menu label={words.more(field.name)} mute at="below" class="end" button={<span class="tool"><Icon name="more" /></span>}>
        {(close) => (
          <>
            {!field.retired && item(words.change, () => { close(); onEdit(); })}
            {!field.retired && !first && item(words.up, () => { close(); move(-1); })}
            {!field.retired && !last && item(words.down, () => { close(); move(1); })}
            {item(field.retired ? words.back : words.retire, () => { close(); void turn(); }, !field.retired)}
          </>
        )}
      </Menu>
    </>
  );
}

function FieldForm({ field, onDone }: { field?: OwnField; onDone?: () => void }) {
  const base = useId();
  const [name, setName] = useState(field?.name ?? "");
  const [of, setOf] = useState<OwnField["of"]>(field?.of ?? "customer");
  const [kind, setKind] = useState<FieldKind>(field?.kind ?? "text");
  const [choices, setChoices] = useState((field?.choices ?? []).join("\n"));
  const lines = choices.split("\n").map((one) => one.trim()).filter(Boolean);
  const check = () => faultsOf({ name: missing(name, words.name), choices: kind === "choice" ? missing(lines.join(""), words.choices) : null });
  const { faults, general, busy, submit } = useForm(check, async () => {
    const chosen = kind === "choice" ? { choices: lines } : {};
    if (field) await command(`/api/own-fields/${encodeURIComponent(field.id)}`, { name: name.trim(), ...chosen });
    else await command("/api/own-fields", { of, name: name.trim(), kind, ...chosen });
    toast({ text: all.saved });
    onDone?.();
    if (!field) setName("");
  });
  return (
    <form class="team-form grow" onSubmit={submit} noValidate>
      <Field label={words.name} hint={words.nameHint} value={name} onValue={setName} wrong={faults.name} maxLength={60} autocomplete="off" autofocus={field !== undefined} />
      {!field && (
        <div class="pair">
          <div class="field"><label for={`${base}-of`}>{words.for}</label><select id={`${base}-of`} class="input" value={of} onChange={(event) => setOf(event.currentTarget.value as OwnField["of"])}>{OF.map((one) => <option key={one} value={one}>{words.of[one]}</option>)}</select></div>
          <div class="field"><label for={`${base}-kind`}>{words.kind}</label><select id={`${base}-kind`} class="input" value={kind} onChange={(event) => setKind(event.currentTarget.value as FieldKind)}>{KINDS.map((one) => <option key={one} value={one}>{words.kinds[one]}</option>)}</select></div>
        </div>
      )}
      {kind === "choice" && <AreaField label={words.choices} rows={4} value={choices} onValue={setChoices} wrong={faults.choices} />}
      {general && <Wrong>{general}</Wrong>}
      <div class="saves">
        <button class="button main" disabled={busy}>{field ? all.save : words.add}</button>
        {onDone && <button type="button" class="button plain" onClick={onDone}>{all.cancel}</button>}
      </div>
    </form>
  );
}
