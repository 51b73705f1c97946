import type { Fact } from "../../wire/facts.ts";
import type { CustomerBrief, Row } from "../../wire/types.ts";
import { withoutConversations } from "./erased.ts";
import type { State } from "./state.ts";

const KINDS = [
  "CustomerAppeared", "CustomerChanged", "CustomersMerged", "MergeUndone", "CustomerErased", "ConversationsErased",
] as const;
type Kind = (typeof KINDS)[number];
type OfCustomers = Extract<Fact, { kind: Kind }>;

export function isOfCustomers(fact: Fact): fact is OfCustomers {
  return (KINDS as readonly string[]).includes(fact.kind);
}

/** Who the customers are, on the rows of their conversations. */
export function ofCustomers(state: State, fact: OfCustomers): State {
  switch (fact.kind) {
    case "CustomerAppeared":
    case "CustomerChanged":
      return withCustomer(state, fact.data.customer, ({ customer }) => customer.id === fact.data.customer.id);
    case "CustomersMerged":
      return withCustomer(state, fact.data.kept, ({ customer }) => customer.id === fact.data.gone_id);
    case "MergeUndone":
      return withCustomer(state, fact.data.customer, ({ id }) => fact.data.conversations.includes(id));
    case "CustomerErased":
      return withoutConversations(state, fact.data.conversations, fact.data.open);
    case "ConversationsErased":
      return withoutConversations(state, fact.data.conversations);
  }
}

function withCustomer(state: State, customer: CustomerBrief, which: (row: Row) => boolean): State {
  const changed = Object.values(state.conversations).filter(which);
  if (changed.length === 0) return state;
  const conversations = { ...state.conversations };
  for (const row of changed) conversations[row.id] = { ...row, customer };
  return { ...state, conversations };
}
