import { useState } from "preact/hooks";
import type { TargetedEvent } from "preact";
import { WireError } from "../../wire/fetch.ts";
import { words } from "../words.ts";

export type Faults = Readonly<Record<string, string>>;

/** What every form does: check, send once, and put each fault at its field. */
export function useForm(check: () => Faults, work: () => Promise<unknown>) {
  const [faults, setFaults] = useState<Faults>({});
  const [general, setGeneral] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const fail = (cause: unknown) => {
    const told = toldBy(cause);
    setFaults(told.faults);
    setGeneral(told.general);
  };
  const submit = async (event: TargetedEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const found = check();
    setFaults(found);
    setGeneral(null);
    if (busy) return;
    if (Object.keys(found).length === 0) {
      setBusy(true);
      await work().catch(fail);
      setBusy(false);
    }
    requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  };
  return { faults, general, busy, submit: (event: TargetedEvent<HTMLFormElement>) => void submit(event) };
}

function toldBy(cause: unknown): { faults: Faults; general: string | null } {
  if (!(cause instanceof WireError)) return { faults: {}, general: words.failed };
  if (cause.kind === "away") return { faults: {}, general: words.faults.away };
  const atFields = Object.keys(cause.fields).length > 0;
  return { faults: cause.fields, general: atFields ? null : cause.message };
}

export function emailFault(email: string): string | null {
  const at = email.trim();
  if (at === "") return words.faults.missing(words.door.email);
  if (!/^[^\s@]+@[^\s@]+$/.test(at)) return words.faults.email;
  return /\.[^\s.@]{2,}$/.test(at) ? null : words.faults.emailDot;
}

/** Only the faults there are. */
export function faultsOf(all: Record<string, string | null>): Faults {
  return Object.fromEntries(Object.entries(all).filter((one): one is [string, string] => one[1] !== null));
}

export function missing(value: string, what: string): string | null {
  return value.trim() === "" ? words.faults.missing(what) : null;
}

const SHORTEST_PASSWORD = 10;

export function passwordFault(password: string): string | null {
  return password.length < SHORTEST_PASSWORD ? words.faults.short(SHORTEST_PASSWORD) : null;
}
