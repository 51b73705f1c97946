import "../../style/tables.css";
import "../../style/customers.css";
import "./customers.css";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { request, WireError } from "../../../wire/fetch.ts";
import type { CompanyAnswer, CustomerCompany } from "../../../wire/customers.ts";
import { AboutThem } from "../../parts/customer/about-them.tsx";
import { Changes } from "../../parts/customer/changes.tsx";
import { FieldInput } from "../../parts/customer/field-input.tsx";
import { ownFields } from "../../parts/customer/profile.tsx";
import { useAgain } from "../../parts/customer/pages.ts";
import { placeOf } from "../../parts/customer/saying.ts";
import { Address, OwnValue } from "../../parts/customer/value.tsx";
import { Age } from "../../parts/age.tsx";
import { CustomerFace } from "../../parts/face.tsx";
import { Wrong } from "../../parts/field.tsx";
import { useForm } from "../../parts/form.ts";
import { Icon } from "../../parts/icon.tsx";
import { Link } from "../../parts/link.tsx";
import { Rail } from "../../parts/rail.tsx";
import { Void } from "../../parts/void.tsx";
import { command } from "../../state/commands.ts";
import { whispers } from "../../state/store.ts";
import { words as all } from "../../words.ts";
import { customers as words } from "../../words-customers.ts";
import { CompanyTalks } from "./company-talks.tsx";

/** A company: what is known of it, who belongs to it, and what was said with them. */
export function Company({ id }: { id: string }) {
  const [answer, setAnswer] = useState<CompanyAnswer | null>(null);
  const [fault, setFault] = useState<"failed" | "missing" | null>(null);
  const load = () => {
    setFault(null);
    request<CompanyAnswer>("GET", `/api/companies/${encodeURIComponent(id)}`).then(setAnswer, (cause: unknown) => setFault(cause instanceof WireError && cause.kind === "missing" ? "missing" : "failed"));
  };
  const people = (answer?.customers ?? []).map((one) => one.id);
  useEffect(load, [id]);
  useAgain(id, load, people);
  return (
    <div class="desk paged">
      <Rail />
      <main class="page company-page">
        <header class="head">
          <Link to={{ at: "customers" }} class="tool back" label={words.company.back}><Icon name="left" class="large turns" /></Link>
          <span class="face s square" aria-hidden="true"><Icon name="house" class="small" /></span>
          <h1 class="grow clip" title={answer?.company.name}><bdi>{answer?.company.name ?? words.company.title}</bdi></h1>
        </header>
        {answer ? <Inside answer={answer} load={load} />
          : fault === "missing" ? <Void icon="house" title={words.company.missing}>{words.company.missingWhy}</Void>
          : fault ? <Void icon="away" title={words.list.failed} action={<button type="button" class="button" onClick={load}>{all.tryAgain}</button>} />
          : <p class="hint late wide-in">{all.settings.loading}</p>}
      </main>
    </div>
  );
}

function Inside({ answer, load }: { answer: CompanyAnswer; load: () => void }) {
  const { company, customers, changes } = answer;
  const people = customers.map((one) => one.id);
  return (
    <div class="wide-in company-in">
      <Details company={company} load={load} />
      <section>
        <h2>{words.company.people} <span class="count">{company.customers.toLocaleString("en-GB")}</span></h2>
        {customers.length === 0 ? <p class="hint">{words.company.noPeople}</p> : (
          <ul class="people">
            {customers.map((one) => (
              <li key={one.id}>
                <CustomerFace customer={one} onSite={one.id in whispers.value.visiting} size="s" />
                <span class="grow clip"><Link to={{ at: "customer", id: one.id }}><bdi>{one.called}</bdi></Link> <small><bdi>{[one.title, placeOf(one)].filter(Boolean).join(" · ")}</bdi></small></span>
                <small><Age at={one.seen_at} /></small>
              </li>
            ))}
          </ul>
        )}
        {company.customers > customers.length && <Link to={{ at: "customers", query: new URLSearchParams({ company: company.id }).toString() }} class="do">{words.panel.all}</Link>}
      </section>
      <CompanyTalks key={company.id} company={company.id} people={people} />
      {changes.length > 0 && <section><h2>{words.company.changes}</h2><Changes changes={changes} /></section>}
    </div>
  );
}

function Details({ company, load }: { company: CustomerCompany; load: () => void }) {
  const [editing, edit] = useState(false);
  const own = ownFields("company").filter(({ id }) => company.fields[id]);
  if (editing) return <section><h2>{words.company.details}</h2><Form company={company} onDone={() => { edit(false); load(); }} /></section>;
  const bare = !company.website && !company.about && own.length === 0;
  return (
    <section>
      <h2>{words.company.details}<button type="button" class="do" onClick={() => edit(true)}>{words.company.edit}</button></h2>
      {bare && <p class="hint">{words.company.nothing}</p>}
      <dl class="fields">
        {company.website && <><dt>{words.company.website}</dt><dd><Address url={company.website} /></dd></>}
        {own.map((field) => <><dt class="own"><bdi>{field.name}</bdi></dt><dd><OwnValue field={field} value={company.fields[field.id] ?? ""} /></dd></>)}
      </dl>
      {company.about && <AboutThem text={company.about} />}
    </section>
  );
}

function Form({ company, onDone }: { company: CustomerCompany; onDone: () => void }) {
  const base = useId();
  const form = useRef<HTMLFormElement>(null);
  const began = useRef<Record<string, string>>({ name: company.name, website: company.website ?? "", about: company.about, ...company.fields }).current;
  const [draft, setDraft] = useState(began);
  useEffect(() => { form.current?.querySelector<HTMLElement>("input")?.focus(); }, []);
  const own = ownFields("company");
  const { faults, general, busy, submit } = useForm(() => ({}), async () => {
    const changed = (field: string) => (draft[field] ?? "").trim() !== (began[field] ?? "");
    const plain = Object.fromEntries(["name", "website", "about"].filter(changed).map((field) => [field, (draft[field] ?? "").trim()]));
    const fields = Object.fromEntries(own.map(({ id }) => id).filter(changed).map((id) => [id, (draft[id] ?? "").trim()]));
    const changes = { ...plain, ...(Object.keys(fields).length > 0 && { fields }) };
    if (Object.keys(changes).length > 0) await command(`/api/companies/${encodeURIComponent(company.id)}`, changes);
    onDone();
  });
  const line = (field: string, name: string, kind: Parameters<typeof FieldInput>[0]["kind"], choices: readonly string[] = []) => (
    <div class="line" key={field}>
      <label for={`${base}-${field}`}><bdi>{name}</bdi></label>
      <div class="grow">
        <FieldInput id={`${base}-${field}`} kind={kind} choices={choices} value={draft[field] ?? ""} wrong={faults[field] !== undefined} onValue={(value) => setDraft({ ...draft, [field]: value })} />
        {faults[field] && <Wrong id={`${base}-${field}-below`}>{faults[field]}</Wrong>}
      </div>
    </div>
  );
  return (
    <form class="profile-form" ref={form} onSubmit={submit} noValidate onKeyDown={(event) => { if (event.key === "Escape") onDone(); }}>
      {line("name", words.company.name, "text")}
      {line("website", words.company.website, "link")}
      {own.map((field) => line(field.id, field.name, field.kind, field.choices))}
      {line("about", words.company.about, "area")}
      {general && <Wrong>{general}</Wrong>}
      <div class="saves">
        <button class="button main" disabled={busy}>{words.profile.save}</button>
        <button type="button" class="button plain" onClick={onDone}>{all.cancel}</button>
      </div>
    </form>
  );
}
