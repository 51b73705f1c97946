import type { Fact } from "../../wire/facts.ts";
import type { State } from "./state.ts";

const KINDS = ["ProfileChanged", "CustomerCompanySaved", "OwnFieldsSaved"] as const;
type Kind = (typeof KINDS)[number];
export type Profiled = Extract<Fact, { kind: Kind }>;

export function isProfiled(fact: Fact): fact is Profiled {
  return (KINDS as readonly string[]).includes(fact.kind);
}

/** What is known of customers. */
export function profiled(state: State, fact: Profiled): State {
  return fact.kind === "OwnFieldsSaved" ? { ...state, own_fields: fact.data.fields } : state;
}
