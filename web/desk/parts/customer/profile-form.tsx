import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { OwnField, Profile } from "../../../wire/customers.ts";
import { heard } from "../../state/about.ts";
import { onOverwritten, type ProfileChanges, saveCustomer } from "../../state/knowing-customers.ts";
import { go } from "../../state/route.ts";
import { agentById } from "../../state/state.ts";
import { desk } from "../../state/store.ts";
import { toast } from "../../state/toasts.ts";
import { words as all } from "../../words.ts";
import { customers as words } from "../../words-customers.ts";
import { Wrong } from "../field.tsx";
import { useForm } from "../form.ts";
import { shortName } from "../names.ts";
import { CompanyPick, type Picked } from "./company-pick.tsx";
import { FieldInput } from "./field-input.tsx";
import { changesOf, type Draft, draftOf } from "./profile-draft.ts";
import { fieldName } from "./saying.ts";

const LINES = ["name", "email", "phone", "company", "title"] as const;

type Props = { profile: Profile; own: readonly OwnField[]; first: string; onDone: () => void };

/** The same fields, to be written in. Only what was changed is sent, with what stood there when this began. */
export function ProfileForm({ profile, own, first, onDone }: Props) {
  const began = useRef(draftOf(profile)).current;
  const [draft, setDraft] = useState<Draft>(began);
  const form = useRef<HTMLFormElement>(null);
  const base = useId();
  useLayoutEffect(() => { form.current?.querySelector<HTMLElement>(`[id="${base}-${first}"]`)?.focus(); }, []);
  const now = draftOf(profile);
  const put = (field: string, value: string) => setDraft((before) => ({ ...before, [field]: { id: null, name: value } }));
  const { faults, general, busy, submit } = useForm(() => ({}), async () => {
    const changes = changesOf(began, draft, own);
    if (changes) await save(profile.id, changes);
    onDone();
  });
  const shown = (field: string): Picked => (same(draft[field], began[field]) ? (now[field] ?? NOTHING) : (draft[field] ?? NOTHING));
  const line = (field: string, input: preact.ComponentChildren) => (
    <div class="line" key={field}>
      <label for={`${base}-${field}`}><bdi>{fieldName(field)}</bdi></label>
      <div class="grow">
        {input}
        <Meanwhile customer={profile.id} field={field} began={began} draft={draft} now={now} />
        {faults[field] && <Wrong id={`${base}-${field}-below`}>{faults[field]}</Wrong>}
      </div>
    </div>
  );
  const input = (field: string, kind: OwnField["kind"] | "email" | "tel" | "area", choices: readonly string[] = []) => (
    <FieldInput id={`${base}-${field}`} kind={kind} choices={choices} value={shown(field).name} wrong={faults[field] !== undefined} onValue={(value) => put(field, value)} />
  );
  return (
    <form class="profile-form" ref={form} onSubmit={submit} noValidate onKeyDown={(event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      onDone();
    }}>
      {LINES.map((field) => line(field, field === "company"
        ? <CompanyPick id={`${base}-company`} value={shown("company")} invalid={faults.company !== undefined || faults.company_name !== undefined} onPick={(picked) => setDraft((before) => ({ ...before, company: picked }))} />
        : input(field, field === "email" ? "email" : field === "phone" ? "tel" : "text")))}
      {own.map((field) => line(field.id, input(field.id, field.kind, field.choices)))}
      {line("about", input("about", "area"))}
      {general && <Wrong>{general}</Wrong>}
      <div class="saves">
        <button class="button main" disabled={busy}>{words.profile.save}</button>
        <button type="button" class="button plain" onClick={onDone}>{all.cancel}</button>
      </div>
    </form>
  );
}

const NOTHING: Picked = { id: null, name: "" };

function same(a: Picked | undefined, b: Picked | undefined): boolean {
  return a?.name === b?.name && a?.id === b?.id;
}

/** What a colleague wrote there since this began, where I write too. */
function Meanwhile({ customer, field, began, draft, now }: { customer: string; field: string; began: Draft; draft: Draft; now: Draft }) {
  if (same(draft[field], began[field]) || same(now[field], began[field]) || same(now[field], draft[field])) return null;
  return <span class="hint" role="status">{words.profile.meanwhile(nameOfAgent(heard.value.writers[customer]?.[field] ?? null), now[field]?.name ?? "")}</span>;
}

async function save(customer: string, changes: ProfileChanges): Promise<void> {
  const overwritten = await saveCustomer(customer, changes);
  if (overwritten.length > 0) toast({ text: words.profile.overwrote(overwritten.map(fieldName).join(", ")) });
}

/** Whoever was first is told, wherever they are by now. */
onOverwritten(({ fields, by, customer }) => toast({
  text: words.profile.lost(nameOfAgent(by), fields.map(fieldName).join(", ")),
  action: { label: words.profile.look, run: () => go({ at: "customer", id: customer }) },
}));

function nameOfAgent(id: string | null): string {
  return shortName(agentById(desk(), id)?.name ?? all.somebody);
}
