import { WireError } from "../../../wire/fetch.ts";
import type { Invitation } from "../../../wire/answers.ts";
import type { Agent } from "../../../wire/types.ts";
import { AgentFace } from "../../parts/face.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Menu } from "../../parts/menu.tsx";
import { command } from "../../state/commands.ts";
import { change, desk, me, whispers } from "../../state/store.ts";
import { withOne } from "../../state/state.ts";
import { toast } from "../../state/toasts.ts";
import { words } from "../../words.ts";
import { useFetched } from "../../parts/fetched.tsx";
import { Invite, Pending } from "./invite.tsx";

export function AgentsSection() {
  const invited = useFetched<{ invitations: Invitation[] }>("/api/invitations");
  const agents = [...desk().agents].sort((a, b) => Number(a.disabled) - Number(b.disabled) || a.name.localeCompare(b.name));
  return (
    <>
      <section class="sheet-part">
        <h2>{words.settings.agents}</h2>
        <ul class="lines-list">{agents.map((agent) => <Line key={agent.id} agent={agent} />)}</ul>
      </section>
      <Invite onInvited={invited.load} />
      <Pending invited={invited} />
    </>
  );
}

function Line({ agent }: { agent: Agent }) {
  const here = agent.id === me.value.id || whispers.value.here.includes(agent.id);
  const state = agent.disabled ? words.settings.disabled : here ? words.settings.here : "";
  return (
    <li class={agent.disabled ? "off" : ""}>
      <AgentFace agent={agent} here={here && !agent.disabled} />
      <span class="grow">
        <bdi class="clip">{agent.name}{agent.id === me.value.id && ` (${words.you.toLowerCase()})`}</bdi>
        <small>{[words.settings.roles[agent.role], state].filter((part) => part !== "").join(" · ")}</small>
      </span>
      {agent.id !== me.value.id && <Actions agent={agent} />}
    </li>
  );
}

function Actions({ agent }: { agent: Agent }) {
  const act = async (verb: string, body: object = {}) => {
    try {
      const answer = await command<{ agent: Agent }>(`/api/agents/${encodeURIComponent(agent.id)}/${verb}`, body);
      change((before) => ({ ...before, agents: withOne(before.agents, answer.agent) }));
      if (verb === "disable") toast({ text: words.settings.disableHint(agent.name), action: { label: words.settings.enable, run: () => void act("enable") } });
    } catch (cause) {
      toast({ text: cause instanceof WireError && cause.kind !== "away" ? cause.message : words.faults.away });
    }
  };
  const admin = agent.role === "admin";
  const item = (close: () => void, label: string, verb: string, body?: object, danger = "") => (
    <button type="button" class={`item ${danger}`} role="menuitem" onClick={() => { close(); void act(verb, body); }}>{label}</button>
  );
  return (
    <Menu label={words.settings.more(agent.name)} mute at="below" class="end" button={<span class="tool"><Icon name="more" /></span>}>
      {(close) => (
        <>
          {!agent.disabled && item(close, admin ? words.settings.makeAgent : words.settings.makeAdmin, "role", { role: admin ? "agent" : "admin" })}
          {agent.disabled ? item(close, words.settings.enable, "enable") : item(close, words.settings.disable, "disable", {}, "danger")}
        </>
      )}
    </Menu>
  );
}
