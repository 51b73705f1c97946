import { useEffect, useId, useState } from "preact/hooks";
import type { WaysAnswer } from "../../../wire/answers.ts";
import type { Team, Way } from "../../../wire/types.ts";
import { Fetching, useFetched } from "../../parts/fetched.tsx";
import { Wrong } from "../../parts/field.tsx";
import { useForm } from "../../parts/form.ts";
import { Icon } from "../../parts/icon.tsx";
import { command } from "../../state/commands.ts";
import { toast } from "../../state/toasts.ts";
import { words } from "../../words.ts";

type Line = { key: string; channel: Way["channel"]; start: string; team_id: string };

const linesOf = (ways: readonly Way[]): Line[] => ways.map(({ id, channel, start, team_id }) => ({ key: id, channel, start, team_id }));

/** Which team gets what begins at which pages. */
export function WaysForm({ teams }: { teams: readonly Team[] }) {
  const asked = useFetched<WaysAnswer>("/api/ways");
  return (
    <section class="sheet-part">
      <h2>{words.teams.ways}</h2>
      <p class="hint">{words.teams.waysHint}</p>
      {asked.value ? <Lines ways={asked.value.ways} teams={teams} /> : <Fetching {...asked} />}
    </section>
  );
}

function Lines({ ways, teams }: { ways: readonly Way[]; teams: readonly Team[] }) {
  const [lines, setLines] = useState(() => linesOf(ways));
  const [made, setMade] = useState(0);
  useEffect(() => setLines(linesOf(ways)), [ways]);
  const set = (key: string, changes: Partial<Line>) => setLines(lines.map((one) => (one.key === key ? { ...one, ...changes } : one)));
  const add = () => {
    setLines([...lines, { key: `new${made}`, channel: "widget", start: "", team_id: teams[0]?.id ?? "" }]);
    setMade(made + 1);
  };
  const { general, faults, busy, submit } = useForm(() => ({}), async () => {
    const kept = lines.map(({ channel, start, team_id }) => ({ channel, start: start.trim(), team_id })).filter(({ start }) => start !== "");
    setLines(linesOf((await command<WaysAnswer>("/api/ways", { ways: kept })).ways));
    toast({ text: words.saved });
  });
  if (teams.length === 0) return <p class="hint">{words.teams.waysNeed}</p>;
  const fault = general ?? Object.values(faults)[0];
  return (
    <form class="team-form" onSubmit={submit} noValidate>
      {lines.length === 0 && <p class="hint">{words.teams.noWays}</p>}
      {lines.map((one) => <WayLine key={one.key} line={one} teams={teams} set={(changes) => set(one.key, changes)} remove={() => setLines(lines.filter(({ key }) => key !== one.key))} />)}
      {fault && <Wrong>{fault}</Wrong>}
      <div class="saves">
        <button class="button main" disabled={busy}>{words.save}</button>
        <button type="button" class="button" onClick={add}><Icon name="plus" class="small" />{words.teams.addWay}</button>
      </div>
    </form>
  );
}

type LineProps = { line: Line; teams: readonly Team[]; set: (changes: Partial<Line>) => void; remove: () => void };

function WayLine({ line, teams, set, remove }: LineProps) {
  const id = useId();
  return (
    <div class="way-line">
      <div class="field grow">
        <label for={`${id}-start`}>{words.teams.start}</label>
        <input id={`${id}-start`} value={line.start} inputMode="url" autocapitalize="none" spellcheck={false} placeholder="https://shop.example/returns" onInput={(event) => set({ start: event.currentTarget.value })} />
      </div>
      <div class="field">
        <label for={`${id}-team`}>{words.teams.team}</label>
        <select id={`${id}-team`} class="input" value={line.team_id} onChange={(event) => set({ team_id: event.currentTarget.value })}>
          {teams.map((team) => <option key={team.id} value={team.id}>{team.name}</option>)}
        </select>
      </div>
      <button type="button" class="tool" aria-label={words.teams.removeWay(line.start)} title={words.teams.removeWay(line.start)} onClick={remove}><Icon name="x" /></button>
    </div>
  );
}
