import type { TargetedEvent } from "preact";
import type { LabelCount } from "../../../wire/schema.ts";
import { Icon, type IconName } from "../../parts/icon.tsx";
import type { Narrowed, Time } from "../../state/searching.ts";
import { desk, hasChannels } from "../../state/store.ts";
import { words } from "../../words.ts";

type Props = { narrowed: Narrowed; labels: readonly LabelCount[]; narrow: (changes: Narrowed) => void };

/** Everything that narrows a question, beside what it found. */
export function Side({ narrowed, labels, narrow }: Props) {
  const teams = desk().teams.filter(({ retired }) => !retired);
  return (
    <div class="find-side">
      <h3>{words.search.allLabels}</h3>
      {labels.length === 0 && <p class="hint">{words.search.noLabels}</p>}
      {labels.map((label) => (
        <button key={label.label_id} type="button" class="find-label" aria-pressed={narrowed.label === label.label_id}
          onClick={() => narrow({ label: narrowed.label === label.label_id ? undefined : label.label_id } as Narrowed)}>
          <i class={`dot ${label.colour}`} /><span class="grow clip"><bdi>{label.name}</bdi>{label.own && <span class="sr">, {words.search.own}</span>}</span>
          {label.count > 0 && <span class="many">{words.search.count(label.count)}</span>}
        </button>
      ))}
      <h3>{words.search.narrow}</h3>
      <Choice icon="person" name={words.search.agent} none={words.search.anyone} value={narrowed.agent}
        options={desk().agents.map(({ id, name }) => [id, name])} set={(agent) => narrow({ agent } as Narrowed)} />
      {teams.length > 0 && (
        <Choice icon="team" name={words.search.team} none={words.search.anyTeam} value={narrowed.team}
          options={teams.map(({ id, name }) => [id, name])} set={(team) => narrow({ team } as Narrowed)} />
      )}
      {(hasChannels.value || narrowed.channel) && (
        <Choice icon="globe" name={words.search.channel} none={words.search.anyTeam} value={narrowed.channel}
          options={Object.entries(words.talk.channel)} set={(channel) => narrow({ channel } as Narrowed)} />
      )}
      <Choice icon="reply" name={words.search.side} none={words.search.anyone} value={narrowed.by}
        options={Object.entries(words.search.sides)} set={(by) => narrow({ by } as Narrowed)} />
      <Choice icon="inbox" name={words.search.state} none={words.search.both} value={narrowed.state}
        options={Object.entries(words.search.states)} set={(state) => narrow({ state } as Narrowed)} />
      <Choice icon="clock" name={words.search.time} none={words.search.times.any} value={narrowed.time}
        options={(["day", "week", "month", "year"] satisfies Time[]).map((time) => [time, words.search.times[time]])} set={(time) => narrow({ time } as Narrowed)} />
      <button type="button" class="find-label" aria-pressed={narrowed.file ?? false} onClick={() => narrow({ file: !narrowed.file })}>
        <Icon name="clip" /><span class="grow">{words.search.withFile}</span>
      </button>
    </div>
  );
}

type ChoiceProps = { icon: IconName; name: string; none: string; value: string | undefined; options: (readonly [string, string])[]; set: (value: string | undefined) => void };

function Choice({ icon, name, none, value, options, set }: ChoiceProps) {
  return (
    <label class="find-choice">
      <Icon name={icon} /><span class="grow">{name}</span>
      <select value={value ?? ""} onChange={(event: TargetedEvent<HTMLSelectElement>) => set(event.currentTarget.value || undefined)}>
        <option value="">{none}</option>
        {options.map(([id, called]) => <option key={id} value={id}>{called}</option>)}
      </select>
    </label>
  );
}
