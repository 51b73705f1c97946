import { useState } from "preact/hooks";
import { WireError } from "../../../wire/fetch.ts";
import type { TeamAnswer } from "../../../wire/answers.ts";
import type { Team } from "../../../wire/types.ts";
import { COLOURS, ColourChoice } from "../../parts/colours.tsx";
import { AgentFace } from "../../parts/face.tsx";
import { Field, Wrong } from "../../parts/field.tsx";
import { faultsOf, missing, useForm } from "../../parts/form.ts";
import { Icon } from "../../parts/icon.tsx";
import { Menu } from "../../parts/menu.tsx";
import { command } from "../../state/commands.ts";
import { agentById, withOne } from "../../state/state.ts";
import { change, desk } from "../../state/store.ts";
import { toast } from "../../state/toasts.ts";
import { words } from "../../words.ts";
import { WaysForm } from "./ways.tsx";

export function TeamsSection() {
  const [editing, setEditing] = useState<string | null>(null);
  const teams = desk().teams.filter((team) => !team.retired).sort((a, b) => a.name.localeCompare(b.name));
  return (
    <>
      <section class="sheet-part">
        <h2>{words.teams.heading}</h2>
        {teams.length === 0 && <p class="hint">{words.teams.none}</p>}
        <ul class="lines-list">
          {teams.map((team) => (
            <li key={team.id}>
              {editing === team.id ? <TeamForm team={team} onDone={() => setEditing(null)} /> : <Line team={team} onEdit={() => setEditing(team.id)} />}
            </li>
          ))}
        </ul>
      </section>
      <section class="sheet-part">
        <h2>{words.teams.add}</h2>
        <TeamForm key={teams.length} />
      </section>
      <WaysForm teams={teams} />
    </>
  );
}

function Line({ team, onEdit }: { team: Team; onEdit: () => void }) {
  const members = team.members.map((id) => agentById(desk(), id)).filter((one) => one !== undefined);
  const waiting = desk().counts.teams[team.id] ?? 0;
  const names = members.length === 0 ? words.teams.nobody : members.map(({ name }) => name).join(", ");
  return (
    <>
      <span class={`face agent ${team.colour}`} aria-hidden="true"><Icon name="team" /></span>
      <span class="grow">
        <bdi class="clip">{team.name}</bdi>
        <small class="clip"><bdi>{names}</bdi>{waiting > 0 && ` · ${words.teams.waiting(waiting)}`}</small>
      </span>
      <Menu label={words.teams.more(team.name)} mute at="below" class="end" button={<span class="tool"><Icon name="more" /></span>}>
        {(close) => (
          <>
            <button type="button" class="item" role="menuitem" onClick={() => { close(); onEdit(); }}>{words.teams.change}</button>
            <button type="button" class="item danger" role="menuitem" onClick={() => { close(); void retire(team); }}>{words.teams.retire}</button>
          </>
        )}
      </Menu>
    </>
  );
}

async function retire(team: Team): Promise<void> {
  try {
    take(await command<TeamAnswer>(`/api/teams/${encodeURIComponent(team.id)}/retire`));
    toast({ text: words.teams.retired(team.name) });
  } catch (cause) {
    toast({ text: cause instanceof WireError && cause.kind !== "away" ? cause.message : words.faults.away });
  }
}

function take({ team }: TeamAnswer): void {
  change((before) => ({ ...before, teams: withOne(before.teams, team) }));
}

function TeamForm({ team, onDone }: { team?: Team; onDone?: () => void }) {
  const [name, setName] = useState(team?.name ?? "");
  const [colour, setColour] = useState(team?.colour ?? COLOURS[desk().teams.length % COLOURS.length] ?? "teal");
  const [members, setMembers] = useState<readonly string[]>(team?.members ?? []);
  const check = () => faultsOf({ name: missing(name, words.teams.name) });
  const { faults, general, busy, submit } = useForm(check, async () => {
    const path = team ? `/api/teams/${encodeURIComponent(team.id)}` : "/api/teams";
    take(await command<TeamAnswer>(path, { name: name.trim(), colour, members }));
    toast({ text: words.saved });
    onDone?.();
  });
  return (
    <form class="team-form grow" onSubmit={submit} noValidate>
      <Field label={words.teams.name} hint={words.teams.nameHint} value={name} onValue={setName} wrong={faults.name} maxLength={60} autocomplete="off" autofocus={team !== undefined} />
      <ColourChoice value={colour} onChange={setColour} />
      <Members chosen={members} onChange={setMembers} />
      {general && <Wrong>{general}</Wrong>}
      <div class="saves">
        <button class="button main" disabled={busy}>{team ? words.save : words.teams.add}</button>
        {onDone && <button type="button" class="button plain" onClick={onDone}>{words.cancel}</button>}
      </div>
    </form>
  );
}

function Members({ chosen, onChange }: { chosen: readonly string[]; onChange: (members: readonly string[]) => void }) {
  const agents = desk().agents.filter((one) => !one.disabled || chosen.includes(one.id)).sort((a, b) => a.name.localeCompare(b.name));
  const turn = (id: string, on: boolean) => onChange(on ? [...chosen, id] : chosen.filter((one) => one !== id));
  return (
    <fieldset class="members">
      <legend class="lab">{words.teams.members}</legend>
      <div class="members-in">
        {agents.map((agent) => (
          <label key={agent.id}>
            <input type="checkbox" checked={chosen.includes(agent.id)} onChange={(event) => turn(agent.id, event.currentTarget.checked)} />
            <AgentFace agent={agent} size="s" /><bdi class="clip">{agent.name}</bdi>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
