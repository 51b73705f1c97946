import { useEffect, useId, useRef, useState } from "preact/hooks";
import { request } from "../../../wire/fetch.ts";
import type { CompaniesAnswer, CustomerCompany } from "../../../wire/customers.ts";
import { customers as words } from "../../words-customers.ts";
import type { KeyboardEvent } from "../events.ts";
import { Icon } from "../icon.tsx";

export type Picked = { id: string | null; name: string };
type Props = { id: string; value: Picked; onPick: (picked: Picked) => void; invalid?: boolean };

const SOON = 120;

/** Typing finds a company, or adds one right there. */
export function CompanyPick({ id, value, onPick, invalid = false }: Props) {
  const list = useId();
  const [found, setFound] = useState<readonly CustomerCompany[]>([]);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const typed = value.name.trim();
  useFound(open ? typed : null, setFound);
  const exists = found.some(({ name }) => name.toLocaleLowerCase() === typed.toLocaleLowerCase());
  const options: Picked[] = open && typed !== "" ? [...found.map((one) => ({ id: one.id, name: one.name })), ...(exists ? [] : [{ id: null, name: typed }])] : [];
  const choose = (one: Picked | undefined) => {
    if (!one) return;
    setOpen(false);
    onPick(one);
  };
  const keyed = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && options.length > 0) setAt((at + by + options.length) % options.length);
    else if (event.key === "Enter" && options.length > 0) choose(options[at]);
    else if (event.key === "Escape" && options.length > 0) setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const shown = options.length > 0;
  return (
    <div class="company-pick">
      <input id={id} class="input" role="combobox" autocomplete="off" maxLength={120} value={value.name} aria-label={words.profile.companyField} aria-expanded={shown} aria-autocomplete="list"
        aria-controls={list} aria-activedescendant={shown ? `${list}-${at}` : undefined} aria-invalid={invalid || undefined}
        onInput={(event) => { setOpen(true); setAt(0); onPick({ id: null, name: event.currentTarget.value }); }} onKeyDown={keyed} onBlur={() => setOpen(false)} />
      <div class="menu company-picks" id={list} role="listbox" hidden={!shown} aria-label={words.profile.fields.company} onPointerDown={(event) => event.preventDefault()}>
        {options.map((one, nth) => (
          <div key={one.id ?? "new"} id={`${list}-${nth}`} role="option" aria-selected={nth === at} class={`item ${nth === at ? "on" : ""}`} onPointerMove={() => setAt(nth)} onClick={() => choose(one)}>
            <Icon name={one.id ? "house" : "plus"} />{one.id ? <bdi class="clip">{one.name}</bdi> : <span class="clip">{words.profile.create(one.name)}</span>}
          </div>
        ))}
      </div>
      {open && <span class="sr" role="status">{words.profile.found(found.length)}</span>}
    </div>
  );
}

function useFound(typed: string | null, set: (found: readonly CustomerCompany[]) => void): void {
  const latest = useRef(0);
  useEffect(() => {
    const mine = (latest.current += 1);
    if (!typed) {
      set([]);
      return;
    }
    const timer = setTimeout(() => {
      request<CompaniesAnswer>("GET", `/api/companies?${new URLSearchParams({ q: typed, limit: "6" })}`)
        .then((answer) => { if (mine === latest.current) set(answer.companies); }, () => undefined);
    }, SOON);
    return () => clearTimeout(timer);
  }, [typed]);
}
