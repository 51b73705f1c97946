import type { ComponentChildren } from "preact";
import { Icon } from "../../parts/icon.tsx";
import { Menu } from "../../parts/menu.tsx";
import { Link } from "../../parts/link.tsx";
import { narrowingOf } from "../../state/narrowing.ts";
import { filtersOf, go, type Listed } from "../../state/route.ts";
import { labelById, teamById, type Filters } from "../../state/state.ts";
import { desk, hasChannels, me } from "../../state/store.ts";
import type { Channel, Team } from "../../../wire/types.ts";
import { locale, words } from "../../words.ts";

type Which = keyof Filters;

const CHANNELS = Object.entries(words.talk.channel).map(([id, name]) => ({ id, name }));

/** Those that I belong to first. */
function teamsInOrder(): Team[] {
  const mine = ({ members }: Team) => Number(members.includes(me.value.id));
  return desk().teams.filter((team) => !team.retired).sort((a, b) => mine(b) - mine(a) || a.name.localeCompare(b.name));
}

/** Over Unassigned: the queue of each team, with how many wait there. */
export function Queues({ from }: { from: Listed }) {
  const teams = teamsInOrder();
  if (from.place !== "unassigned" || teams.length === 0) return null;
  const { team: _, ...others } = filtersOf(from);
  const queue = (key: string, team: string | null, many: number, name: ComponentChildren) => {
    const on = (from.team ?? null) === team;
    return (
      <Link key={key} to={{ at: "list", place: "unassigned", closed: from.closed, ...others, ...(team && { team }) }} class={`chip small ${on ? "on" : ""}`} on={on}>
        {name}{many > 0 && <span class="many">{many.toLocaleString(locale)}</span>}
      </Link>
    );
  };
  return (
    <nav class="queues" aria-label={words.narrowed.queues}>
      {queue("all", null, desk().counts.unassigned, words.narrowed.everything)}
      {teams.map(({ id, name }) => queue(id, id, desk().counts.teams[id] ?? 0, <bdi class="clip">{name}</bdi>))}
    </nav>
  );
}

/** Where a list can be narrowed; the way to do it. */
export function NarrowMenu({ from }: { from: Listed }) {
  const teams = from.place === "unassigned" ? [] : teamsInOrder();
  const byChannel = hasChannels.value || from.channel !== undefined;
  if (teams.length === 0 && !byChannel) return null;
  const on = Object.keys(narrowingOf(from)).length > 0;
  return (
    <Menu label={words.narrowed.tool} mute at="below" class="end of-narrowing" button={<span class={`tool ${on ? "narrowed" : ""}`}><Icon name="filter" /></span>}>
      {(close) => (
        <>
          {teams.length > 0 && <Choices from={from} which="team" label={words.narrowed.team} any={words.narrowed.anyTeam} options={teams} close={close} />}
          {byChannel && (
            <Choices from={from} which="channel" label={words.narrowed.channel} any={words.narrowed.anyChannel} close={close}
              options={CHANNELS} />
          )}
        </>
      )}
    </Menu>
  );
}

type ChoicesProps = { from: Listed; which: "team" | "channel"; label: string; any: string; options: readonly { id: string; name: string }[]; close: () => void };

function Choices({ from, which, label, any, options, close }: ChoicesProps) {
  const choose = (id: string | null) => () => {
    close();
    go({ at: "list", ...without(from, which), ...(id && { [which]: id }) });
  };
  const now = from[which] ?? null;
  const one = (id: string | null, name: string) => (
    <button key={id ?? ""} type="button" class="item" role="menuitemradio" aria-checked={now === id} onClick={choose(id)}>
      <bdi class="clip grow">{name}</bdi><span class="ticked">{now === id && <Icon name="check" class="small" />}</span>
    </button>
  );
  return <div role="group" aria-label={label}>{one(null, any)}{options.map(({ id, name }) => one(id, name))}</div>;
}

function without({ place, closed, ...filters }: Listed, which: Which): Listed {
  const { [which]: _, ...others } = filters;
  return { place, closed, ...others };
}

/** What the list is narrowed to, said above it, each with a way out. */
export function Narrowed({ from }: { from: Listed }) {
  const now = Object.keys(narrowingOf(from)) as Which[];
  if (now.length === 0) return null;
  return (
    <div class="queues" role="group" aria-label={words.narrowed.only}>
      {now.map((which) => {
        const name = nameOf(which, from[which] ?? "");
        return (
          <button key={which} type="button" class="chip small on" aria-label={words.narrowed.off(name)} onClick={() => go({ at: "list", ...without(from, which) })}>
            <bdi class="clip">{name}</bdi><Icon name="x" class="small" />
          </button>
        );
      })}
    </div>
  );
}

function nameOf(which: Which, id: string): string {
  if (which === "team") return teamById(desk(), id)?.name ?? words.narrowed.gone;
  if (which === "label") return labelById(desk(), id)?.name ?? words.narrowed.gone;
  return id in words.talk.channel ? words.talk.channel[id as Channel] : words.narrowed.gone;
}
