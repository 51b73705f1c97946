import { useId, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { AgentFace } from "../../parts/face.tsx";
import { fold } from "../../parts/folding.ts";
import { Icon } from "../../parts/icon.tsx";
import { type Callable, matchesOf } from "../../parts/mentions.ts";
import { shortName } from "../../parts/names.ts";
import { Popover } from "../../parts/popover.tsx";
import { callables } from "../../state/calling.ts";
import { handOver, type To } from "../../state/outgoing.ts";
import { agentById, teamById } from "../../state/state.ts";
import { desk, me, whispers } from "../../state/store.ts";
import { toast } from "../../state/toasts.ts";
import type { Row } from "../../../wire/types.ts";
import { words } from "../../words.ts";

/** Its owner may, an admin may, and what nobody owns anybody may give to somebody. */
export function mayHandOver({ owner_id }: Pick<Row, "owner_id">): boolean {
  return owner_id === null || owner_id === me.value.id || me.value.role === "admin";
}

export function HandOver({ row }: { row: Row }) {
  return (
    <Popover label={words.hand.over} class="end of-hand" button={<span class="tool"><Icon name="hand" class="turns" /></span>}>
      {(close) => <Takers row={row} onDone={close} />}
    </Popover>
  );
}

type Choice = { key: string; to: To; name: string; said: string; draw: ComponentChildren };

/** Who could have it: colleagues, who is here first, teams, and nobody. */
export function Takers({ row, onDone }: { row: Row; onDone: () => void }) {
  const id = useId();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const found = choicesOf(row, query);
  const take = (one: Choice | undefined) => {
    if (!one) return;
    give(row, one);
    onDone();
  };
  const keyed = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) setAt((at + by + found.length) % Math.max(1, found.length));
    else if (event.key === "Enter" && !event.isComposing) take(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <div class="takers">
      <input class="input" role="combobox" aria-expanded="true" aria-controls={id} aria-autocomplete="list" aria-label={words.hand.search} placeholder={words.hand.search}
        aria-activedescendant={found.length > 0 ? `${id}-${at}` : undefined} value={query} autocomplete="off" spellcheck={false}
        onInput={(event) => { setQuery(event.currentTarget.value); setAt(0); }} onKeyDown={keyed} />
      <div class="choices" id={id} role="listbox" aria-label={words.hand.to}>
        {found.map((one, nth) => (
          <div key={one.key} id={`${id}-${nth}`} class={`item ${nth === at ? "on" : ""}`} role="option" aria-selected={nth === at}
            ref={(element) => { if (nth === at) element?.scrollIntoView({ block: "nearest" }); }}
            onPointerMove={() => { if (nth !== at) setAt(nth); }} onClick={() => take(one)}>{one.draw}</div>
        ))}
      </div>
      {found.length === 0 && <p class="hint" role="status">{words.hand.nobody}</p>}
    </div>
  );
}

function give(row: Row, { to, said }: Choice): void {
  handOver(row.id, to);
  toast({ text: said });
}

/** Everybody who could have it, each as something to do. */
export function takers(row: Row): { key: string; command: string; take: () => void }[] {
  return choicesOf(row, "").map((one) => ({
    key: one.key,
    command: one.key === "take" ? one.name : words.search.commands.hand(one.name),
    take: () => give(row, one),
  }));
}

const MOST = 50;

function choicesOf(row: Row, query: string): Choice[] {
  const there = ({ who, id }: Callable) => (who === "agent" ? id !== row.owner_id : row.owner_id !== null || id !== row.team_id);
  const others = matchesOf(callables.value.filter(there), query, MOST).map(({ one }) => choiceOf(one));
  const wanted = fold(query.trim()).text;
  const named = (all: Choice[]) => all.filter(({ name }) => fold(name).text.includes(wanted));
  return [...named(mine(row)), ...others, ...named(back(row))];
}

function choiceOf({ who, id, name }: Callable): Choice {
  const said = words.hand.done(who === "agent" ? shortName(name) : name);
  if (who === "team") {
    const many = teamById(desk(), id)?.members.length ?? 0;
    const draw = <><span class="face s" aria-hidden="true"><Icon name="team" class="small" /></span><bdi class="clip grow">{name}</bdi><small>{words.note.people(many)}</small></>;
    return { key: id, to: { team_id: id }, name, said, draw };
  }
  const agent = agentById(desk(), id);
  const here = whispers.value.here.includes(id);
  const draw = <>{agent && <AgentFace agent={agent} here={here} size="s" />}<bdi class="clip grow">{name}</bdi><small>{here ? words.note.here : words.note.away}</small></>;
  return { key: id, to: { agent_id: id }, name, said, draw };
}

/** What is not mine I may take: from nobody, or, as an admin, from a colleague. */
function mine({ owner_id }: Row): Choice[] {
  const self = me.value;
  if (owner_id === self.id) return [];
  const name = owner_id === null ? words.hand.take : words.hand.takeFrom(shortName(agentById(desk(), owner_id)?.name ?? words.somebody));
  return [{ key: "take", to: { agent_id: self.id }, name, said: words.hand.taken, draw: <><AgentFace agent={self} here size="s" /><bdi class="clip grow">{name}</bdi></> }];
}

function back({ owner_id }: Row): Choice[] {
  if (owner_id === null) return [];
  const draw = <><span class="face s" aria-hidden="true"><Icon name="tray" class="small" /></span><span class="clip grow">{words.hand.back}</span><small>{words.hand.backHint}</small></>;
  return [{ key: "back", to: null, name: words.hand.back, said: words.hand.put, draw }];
}
