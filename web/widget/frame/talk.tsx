/** @jsxImportSource ./view */
import { drop, load, retry } from "./desk.ts";
import { attach } from "./uploads.ts";
import { Composer } from "./composer.tsx";
import { Files } from "./files.tsx";
import * as host from "./host.ts";
import { house, presence } from "./home.tsx";
import { Log } from "./log.tsx";
import { Face, first, Text, Tool } from "./parts.tsx";
import { rows, sameDay, type Bubble, type Row } from "./rows.ts";
import { face, find } from "./state.ts";
import { line, manner, open, pendingIn, state } from "./store.ts";

type Group = Extract<Row, { row: "group" }>;

export function Talk({ name }: { name: string }) {
  return (
    <main class="talk" tabIndex={-1} onDragOver={dragged} onDragLeave={dragged} onDrop={(event: DragEvent) => dropped(event, name)}>
      <Top name={name} />
      <Timeline name={name} />
      {line.value === "away" && <p class="away" role="status">{manner.words.away}</p>}
      <Composer key={name} name={name} />
      <p class="drop" aria-hidden="true">{manner.words.drop}</p>
    </main>
  );
}

function Top({ name }: { name: string }) {
  const { words } = manner;
  const { company, here } = state.value;
  const agent = find(state.value, name)?.agent;
  return (
    <header class="top">
      <Tool path="left" turns label={words.back} act={() => open(null)} />
      <Face agent={agent ?? house()} here={here.includes(agent?.id ?? "")} />
      <div class="grow">
        <h1><bdi>{agent ? first(agent.name) : company.name}</bdi></h1>
        <p>{agent ? <><bdi>{company.name}</bdi>{here.includes(agent.id) && ` · ${words.hereNow}`}</> : presence()}</p>
      </div>
      {parent !== window && <Tool path="x" label={words.close} act={() => host.tell("close")} />}
    </header>
  );
}

function Timeline({ name }: { name: string }) {
  const one = find(state.value, name);
  const timeline = one && state.value.timelines[one.id];
  const all = rows(timeline?.items ?? [], pendingIn(name));
  const typist = face(state.value, state.value.typing[one?.id ?? ""] ?? null);
  const mine = all.filter((row): row is Group => row.row === "group" && row.mine).at(-1);
  const last = all.at(-1);
  const newest = last?.row === "group" ? (last.bubbles.at(-1)?.key ?? "") : (last?.key ?? "");
  const more = one && timeline?.loaded && timeline.more ? () => void load(one.id) : undefined;
  return (
    <Log newest={newest} mine={last?.row === "group" && last.mine} more={more} busy={Boolean(one && !timeline?.loaded)}>
      {all.map((row) => <Line key={row.key} row={row} foot={row === mine} saw={one?.team_saw ?? 0} />)}
      {typist && <Typing name={first(typist.name)} agent={typist} />}
    </Log>
  );
}

function Line({ row, foot, saw }: { row: Row; foot: boolean; saw: number }) {
  const { words, times } = manner;
  if (row.row === "day") return <div class="day">{times.day(row.at, Date.now())}</div>;
  if (row.row === "group") return row.mine ? <Mine group={row} foot={foot} saw={saw} /> : <Theirs group={row} />;
  const { what, agent_id } = row.happening;
  const who = face(state.value, agent_id);
  return <div class="day">{what === "closed" ? words.closed(who ? first(who.name) : null) : words.reopened}</div>;
}

function Mine({ group, foot, saw }: { group: Group; foot: boolean; saw: number }) {
  const last = group.bubbles.at(-1);
  return (
    <div class="group mine">
      <span class="sr">{manner.words.you}</span>
      {group.bubbles.map((bubble) => (
        <div key={bubble.key} class={`${bubble === last ? "end" : ""} ${bubble.item?.state === "failed" ? "failed" : ""}`}>
          <Said bubble={bubble} />
          {bubble.item?.state === "failed" && <Failed bubble={bubble} />}
        </div>
      ))}
      {foot && last && last.item?.state !== "failed" && <small class="foot">{standing(last, saw)}</small>}
    </div>
  );
}

function Theirs({ group }: { group: Group }) {
  const agent = face(state.value, group.agent) ?? { ...house(), name: manner.words.team };
  return (
    <div class="group theirs">
      <Face agent={agent} small />
      <div>
        <span class="sr">{agent.name}</span>
        {group.bubbles.map((bubble) => <Said key={bubble.key} bubble={bubble} />)}
      </div>
    </div>
  );
}

function Said({ bubble }: { bubble: Bubble }) {
  return (
    <div class="said" title={manner.times.full(bubble.at)}>
      {bubble.text && <Text text={bubble.text} />}
      <Files files={bubble.files} />
    </div>
  );
}

function Failed({ bubble: { key, item } }: { bubble: Bubble }) {
  const { words } = manner;
  const why = item?.problem?.message;
  return (
    <small class="foot wrong">
      {words.notSent}{why && why !== words.notSent && `. ${why}`}
      <button type="button" onClick={() => retry(key)}>{words.tryAgain}</button>
      <button type="button" onClick={() => drop(key)}>{words.delete}</button>
    </small>
  );
}

function Typing({ name, agent }: { name: string; agent: Parameters<typeof Face>[0]["agent"] }) {
  return (
    <div class="group theirs">
      <Face agent={agent} small />
      <div><div class="said typing" role="img" aria-label={manner.words.typing(name)}><i /><i /><i /></div></div>
    </div>
  );
}

function standing(bubble: Bubble, saw: number): string {
  const { words, times } = manner;
  if (bubble.item) return words.sending;
  if (bubble.position <= saw) return words.seen;
  return sameDay(bubble.at, Date.now()) ? `${words.sent} ${times.clock(bubble.at)}` : words.sent;
}

function dragged(event: DragEvent): void {
  const files = event.type === "dragover" && event.dataTransfer?.types.includes("Files");
  if (files) event.preventDefault();
  (event.currentTarget as HTMLElement).classList.toggle("over", Boolean(files));
}

function dropped(event: DragEvent, key: string): void {
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  (event.currentTarget as HTMLElement).classList.remove("over");
  attach(key, event.dataTransfer.files);
}
