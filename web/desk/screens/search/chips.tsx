import type { LabelCount } from "../../../wire/schema.ts";
import { Icon } from "../../parts/icon.tsx";
import type { Narrowed } from "../../state/searching.ts";
import { agentById, teamById } from "../../state/state.ts";
import { desk } from "../../state/store.ts";
import { words } from "../../words.ts";

/** What the question is narrowed by, each to be taken away again. */
export function Chips({ narrowed, labels, narrow }: { narrowed: Narrowed; labels: readonly LabelCount[]; narrow: (changes: Narrowed) => void }) {
  const keys = (Object.keys(narrowed) as (keyof Narrowed)[]).filter((key) => narrowed[key]);
  return (
    <>
      {keys.map((key) => {
        const name = nameOf(key, narrowed, labels);
        return (
          <span key={key} class="find-chip">
            {key === "label" && <i class={`dot ${labels.find((one) => one.label_id === narrowed.label)?.colour ?? ""}`} />}
            <span class="clip"><bdi>{name}</bdi></span>
            <button type="button" aria-label={words.search.remove(name)} onClick={() => narrow({ [key]: undefined })}><Icon name="x" class="small" /></button>
          </span>
        );
      })}
    </>
  );
}

function nameOf(key: keyof Narrowed, narrowed: Narrowed, labels: readonly LabelCount[]): string {
  switch (key) {
    case "label": return labels.find((one) => one.label_id === narrowed.label)?.name ?? words.search.allLabels;
    case "agent": return agentById(desk(), narrowed.agent ?? "")?.name ?? words.somebody;
    case "team": return teamById(desk(), narrowed.team ?? "")?.name ?? words.search.team;
    case "channel": return words.talk.channel[narrowed.channel ?? "widget"];
    case "state": return words.search.states[narrowed.state ?? "open"];
    case "by": return words.search.sides[narrowed.by ?? "customer"];
    case "time": return words.search.times[narrowed.time ?? "year"];
    case "file": return words.search.withFile;
  }
}
