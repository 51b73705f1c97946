import { words } from "../words.ts";
import type { Agent, CustomerBrief } from "../../wire/types.ts";
import { Icon } from "./icon.tsx";
import { initials } from "./names.ts";

type Size = "xs" | "s" | "l" | "";

export function CustomerFace({ customer, onSite = false, size = "" }: { customer: CustomerBrief; onSite?: boolean; size?: Size }) {
  return (
    <span class={`face ${size} ${customer.named ? "" : "lead"}`} aria-hidden="true">
      {customer.named ? initials(customer.called) : <Icon name="pin" />}
      {onSite && <i class="here" title={words.list.onSite} />}
    </span>
  );
}

export function AgentFace({ agent, here = false, size = "" }: { agent: Agent; here?: boolean; size?: Size }) {
  return (
    <span class={`face agent ${agent.colour} ${size}`} title={agent.name} aria-hidden="true">
      {agent.picture ? <img src={agent.picture} alt="" /> : initials(agent.name)}
      {here && <i class="here" />}
    </span>
  );
}
