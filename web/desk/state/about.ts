import { signal } from "@preact/signals";
import type { CustomerAnswer, CustomerCompany, CustomerEvent, Profile } from "../../wire/customers.ts";
import type { CustomerBrief } from "../../wire/types.ts";

// What panel and pages hold of customers, beside the state of conversations. The same rule: one pure function.

export type About = Omit<CustomerAnswer, "seq" | "customer"> & { profile: Profile };

/** `touched` moves with every fact about a customer, a conversation or a company, `anew` when everything has to be fetched again. `seen` are the
    events that came while they browse, newest first. */
export type Heard = {
  about: Readonly<Record<string, About>>;
  touched: Readonly<Record<string, number>>;
  seen: Readonly<Record<string, readonly CustomerEvent[]>>;
  /** Which agent wrote a field last, by customer, since the desk was opened. */
  writers: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
  anew: number;
};

export const heard = signal<Heard>({ about: {}, touched: {}, seen: {}, writers: {}, anew: 0 });

type Of<Kind extends string, Data> = { kind: Kind; data: Data };
export type CustomerFact =
  | Of<"ProfileChanged", { profile: Profile; fields: string[]; by: string | null }>
  | Of<"CustomerCompanySaved", { company: CustomerCompany }>
  | Of<"CustomersMerged", { kept: CustomerBrief; gone_id: string }>
  | Of<"MergeUndone", { customer: CustomerBrief; kept_id: string }>
  | Of<"CustomerErased", { customer_id: string }>
  | Of<"CustomerBlocked", { customer_id: string; until: number | null; on: boolean }>;

/** A fact of any kind; those that are not about customers only say whom, and which conversation, they touched. */
export type Told = { seq: number; kind: string; customer_id: string | null; conversation_id?: string | null; data: object };

/** `whose`: the customer of the conversation that a fact is about, where it names none. */
export function told(before: Heard, fact: Told, whose: string | null): Heard {
  const after = changed(before, fact as Told & CustomerFact);
  return [fact.customer_id, fact.conversation_id ?? null, whose, ...othersOf(fact as Told & CustomerFact)].reduce<Heard>(
    (now, id) => (id === null ? now : { ...now, touched: withTouch(now.touched, id, fact.seq) }), after,
  );
}

const MOST_TOUCHED = 400;

// A desk stays open for days: what nobody can be looking at any more is forgotten.
function withTouch(before: Heard["touched"], id: string, seq: number): Heard["touched"] {
  const after = { ...before, [id]: seq };
  const every = Object.entries(after);
  return every.length <= MOST_TOUCHED ? after : Object.fromEntries(every.sort((a, b) => b[1] - a[1]).slice(0, MOST_TOUCHED / 2));
}

function othersOf(fact: CustomerFact): string[] {
  switch (fact.kind) {
    case "ProfileChanged":
      return [fact.data.profile.id, ...(fact.data.profile.company ? [fact.data.profile.company.id] : [])];
    case "CustomerCompanySaved":
      return [fact.data.company.id];
    case "CustomersMerged":
      return [fact.data.kept.id, fact.data.gone_id];
    case "MergeUndone":
      return [fact.data.customer.id, fact.data.kept_id];
    case "CustomerErased":
    case "CustomerBlocked":
      return [fact.data.customer_id];
    default:
      return []; // Facts of other kinds come here, too.
  }
}

function changed(before: Heard, fact: CustomerFact): Heard {
  switch (fact.kind) {
    case "ProfileChanged":
      return withWriter(withProfile(before, fact.data.profile), fact.data.profile.id, fact.data.fields, fact.data.by);
    case "CustomerCompanySaved":
      return renamed(before, fact.data.company);
    case "CustomersMerged":
      return without(before, fact.data.gone_id);
    case "CustomerErased":
      return without(before, fact.data.customer_id);
    case "CustomerBlocked": {
      const { customer_id, until, on } = fact.data;
      const about = before.about[customer_id];
      return about ? withProfile(before, { ...about.profile, blocked_until: on ? (until ?? 0) : null }) : before;
    }
    default:
      return before;
  }
}

export function withProfile(before: Heard, profile: Profile): Heard {
  const about = before.about[profile.id];
  return about ? { ...before, about: { ...before.about, [profile.id]: { ...about, profile } } } : before;
}

function withWriter(before: Heard, customer: string, fields: readonly string[], by: string | null): Heard {
  const its = { ...before.writers[customer], ...Object.fromEntries(fields.map((field) => [field, by])) };
  return { ...before, writers: { ...before.writers, [customer]: its } };
}

function renamed(before: Heard, company: CustomerCompany): Heard {
  const about = Object.entries(before.about).map(([id, one]) => {
    const its = one.profile.company;
    if (its?.id !== company.id || its.name === company.name) return [id, one] as const;
    return [id, { ...one, profile: { ...one.profile, company: { id: its.id, name: company.name } } }] as const;
  });
  return { ...before, about: Object.fromEntries(about) };
}

function without(before: Heard, customer: string): Heard {
  const { [customer]: _, ...about } = before.about;
  return { ...before, about };
}

/** What was fetched, brought up to date by the facts that came on its way. */
export function withAnswer(before: Heard, asked: string, answer: CustomerAnswer, facts: readonly Told[]): Heard {
  const { seq: _, customer, ...rest } = answer;
  const there: Heard = { ...before, about: { [customer.id]: { ...rest, profile: customer } } };
  const mended = facts.reduce((now, fact) => told(now, fact, null), there).about[customer.id];
  if (!mended) return before;
  // Who was merged into another is answered as that other.
  return { ...before, about: { ...before.about, [customer.id]: mended, ...(asked !== customer.id && { [asked]: mended }) } };
}

const MOST_SEEN = 50;

/** Something that a customer did on the site just now. */
export function withSeen(before: Heard, customer: string, event: CustomerEvent): Heard {
  const have = before.seen[customer] ?? [];
  if (have.some(({ id }) => id === event.id)) return before;
  return { ...before, seen: { ...before.seen, [customer]: [event, ...have].slice(0, MOST_SEEN) } };
}
