import { useId, useState } from "preact/hooks";
import { CompanyPick } from "../../parts/customer/company-pick.tsx";
import { FieldInput } from "../../parts/customer/field-input.tsx";
import { ownFields } from "../../parts/customer/profile.tsx";
import { countryName } from "../../parts/customer/saying.ts";
import { Icon } from "../../parts/icon.tsx";
import { inOrder } from "../../parts/labelled.ts";
import { Popover } from "../../parts/popover.tsx";
import { labelById } from "../../state/state.ts";
import { desk } from "../../state/store.ts";
import { customers as words } from "../../words-customers.ts";
import { filtersOf, type Narrowing } from "./asking.ts";
import { COUNTRIES } from "./countries.ts";

type Props = { narrowing: Narrowing; narrow: (to: Narrowing) => void };

export function FiltersMenu({ narrowing, narrow }: Props) {
  const many = filtersOf(narrowing).length;
  return (
    <Popover label={words.list.filter} class="end" button={<span class={`tool ${many > 0 ? "narrowed" : ""}`}><Icon name="filter" /></span>}>
      {() => <Form narrowing={narrowing} narrow={narrow} />}
    </Popover>
  );
}

function Form({ narrowing, narrow }: Props) {
  const base = useId();
  const [company, setCompany] = useState({ id: narrowing.company ?? null, name: "" });
  const [city, setCity] = useState(narrowing.city ?? "");
  const put = (changes: Narrowing) => narrow({ ...narrowing, ...changes });
  const select = (name: keyof Narrowing, options: readonly (readonly [string, string])[]) => (
    <div class="field">
      <label for={`${base}-${name}`}>{words.list.by[name]}</label>
      <select id={`${base}-${name}`} class="input" value={narrowing[name] ?? ""} onChange={(event) => put({ [name]: event.currentTarget.value })}>
        <option value="">{words.list.any}</option>
        {options.map(([value, says]) => <option key={value} value={value}>{says}</option>)}
      </select>
    </div>
  );
  const field = ownFields("customer").find(({ id }) => id === narrowing.field);
  return (
    <div class="filter-form">
      {select("seen", Object.entries(words.list.seen))}
      {select("named", Object.entries(words.list.named))}
      <div class="field"><label for={`${base}-company`}>{words.list.by.company}</label>
        <CompanyPick id={`${base}-company`} value={company} onPick={(picked) => { setCompany({ id: picked.id, name: picked.name }); if (picked.id) put({ company: picked.id }); else if (picked.name === "") put({ company: "" }); }} /></div>
      {select("country", COUNTRIES.map((code) => [code, countryName(code) ?? code] as const).sort((a, b) => a[1].localeCompare(b[1])))}
      <form class="field" onSubmit={(event) => { event.preventDefault(); put({ city: city.trim() }); }}>
        <label for={`${base}-city`}>{words.list.by.city}</label>
        <input id={`${base}-city`} class="input" autocomplete="off" value={city} onInput={(event) => setCity(event.currentTarget.value)} onBlur={() => { if (city.trim() !== (narrowing.city ?? "")) put({ city: city.trim() }); }} />
      </form>
      {select("label", inOrder(desk().labels.filter(({ retired }) => !retired)).map(({ id, name }) => [id, name]))}
      {ownFields("customer").length > 0 && select("field", ownFields("customer").map(({ id, name }) => [id, name]))}
      {field && <div class="field"><label for={`${base}-value`} class="clip"><bdi>{field.name}</bdi></label><ValueInput key={field.id} id={`${base}-value`} field={field} narrowing={narrowing} put={put} /></div>}
    </div>
  );
}

function ValueInput({ id, field, narrowing, put }: { id: string; field: ReturnType<typeof ownFields>[number]; narrowing: Narrowing; put: (changes: Narrowing) => void }) {
  const [value, setValue] = useState(narrowing.value ?? "");
  const set = (next: string) => {
    setValue(next);
    put({ value: next.trim() });
  };
  return <FieldInput id={id} kind={field.kind} choices={field.choices} value={value} onValue={set} />;
}

/** What it is narrowed to, each to be taken away. */
export function FilterChips({ narrowing, narrow, companyName }: Props & { companyName: string | null }) {
  const filters = filtersOf(narrowing);
  if (filters.length === 0) return null;
  const says = (name: keyof Narrowing): string => {
    const value = narrowing[name] ?? "";
    switch (name) {
      case "company": return companyName ?? words.list.by.company ?? "";
      case "country": return countryName(value) ?? value;
      case "label": return labelById(desk(), value)?.name ?? words.list.by.label ?? "";
      case "seen": return words.list.seen[value] ?? value;
      case "named": return words.list.named[value] ?? value;
      case "field": return words.list.is(ownFields("customer").find(({ id }) => id === value)?.name ?? "", narrowing.value || words.list.any);
      default: return value;
    }
  };
  return (
    <ul class="filter-chips" aria-label={words.list.filters}>
      {filters.map((name) => (
        <li key={name}><button type="button" class="chip small" aria-label={words.list.remove(says(name))} onClick={() => narrow({ ...narrowing, [name]: "", ...(name === "field" && { value: "" }) })}><bdi class="clip">{says(name)}</bdi><Icon name="x" class="small" /></button></li>
      ))}
    </ul>
  );
}
