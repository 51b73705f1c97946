import { request } from "../../wire/fetch.ts";
import type { CustomerAnswer, ProfileAnswer } from "../../wire/customers.ts";
import type { Fact, Whisper } from "../../wire/facts.ts";
import { type CustomerFact, heard, told, withAnswer, withProfile, withSeen } from "./about.ts";
import { command } from "./commands.ts";
import { once } from "./fetching.ts";
import { rowOf, withFacts } from "./store.ts";

export function pathOf(customer: string, ...rest: string[]): string {
  return ["/api/customers", ...[customer, ...rest].map(encodeURIComponent)].join("/");
}

/** Who they are, fetched anew beside what is shown. */
export function loadCustomer(id: string): Promise<void> {
  return once(`customer:${id}`, async () => {
    const { answer, facts } = await withFacts(() => request<CustomerAnswer>("GET", pathOf(id)));
    heard.value = withAnswer(heard.peek(), id, answer, facts);
  });
}

export type ProfileChanges = {
  name?: string; email?: string; phone?: string; title?: string; about?: string; company_id?: string; company_name?: string;
  fields?: Record<string, string>; seen?: Record<string, string>;
};

const mine = new Map<string, Set<string>>();

/** Answers which of a colleague's values were replaced by it. */
export async function saveCustomer(id: string, changes: ProfileChanges): Promise<string[]> {
  const { customer, overwritten } = await command<ProfileAnswer>(pathOf(id), changes);
  heard.value = withProfile(heard.peek(), customer);
  const { fields, seen: _, company_id, company_name, ...rest } = changes;
  const written = [...Object.keys(rest), ...Object.keys(fields ?? {}), ...(company_id !== undefined || company_name !== undefined ? ["company"] : [])];
  mine.set(id, new Set([...(mine.get(id) ?? []), ...written]));
  return overwritten;
}

type Overwritten = { customer: string; fields: string[]; by: string };
let tell: (what: Overwritten) => void = () => undefined;

/** What a colleague writes over what I wrote is told to me. */
export function onOverwritten(say: (what: Overwritten) => void): void {
  tell = say;
}

export function hearOfCustomers(fact: Fact, me: string): void {
  const whose = fact.conversation_id ? (rowOf(fact.conversation_id)?.customer.id ?? null) : null;
  heard.value = told(heard.peek(), fact, whose);
  overwritten(fact as unknown as CustomerFact, me);
}

function overwritten(fact: CustomerFact, me: string): void {
  if (fact.kind !== "ProfileChanged" || fact.data.by === null || fact.data.by === me) return;
  const { profile, fields, by } = fact.data;
  const written = mine.get(profile.id);
  const lost = fields.filter((field) => written?.delete(field));
  if (lost.length > 0) tell({ customer: profile.id, fields: lost, by });
}

/** What a customer does on the site while one looks at them. */
export function hearOnSite(whisper: Whisper): void {
  if (whisper.kind !== "visiting" || !("event" in whisper) || !whisper.event) return;
  heard.value = withSeen(heard.peek(), whisper.customer_id, whisper.event);
}

/** Everything may have changed meanwhile. */
export function customersAnew(): void {
  heard.value = { ...heard.peek(), anew: heard.peek().anew + 1 };
}
