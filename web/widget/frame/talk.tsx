/** @jsxImportSource ./view */
import type { ComponentChildren } from "preact";
import type { AgentFace } from "../../wire/types.ts";
import { drop, load, retry } from "./desk.ts";
import { attach } from "./uploads.ts";
import { Composer } from "./composer.tsx";
import { Files } from "./files.tsx";
import * as host from "./host.ts";
import { house } from "./home.tsx";
import { Log } from "./log.tsx";
import { Face, first, Text, Tool } from "./parts.tsx";
import { rows, type Bubble, type Row } from "./rows.ts";
import { face, find } from "./state.ts";
import { line, open, pendingIn, state } from "./store.ts";
import { clock, day } from "./times.ts";
import { words } from "./speech.ts";
type Group = Extract<Row, { row: "group" }>;

export function Talk({ name }: { name: string }) {
  return (
    <main class="talk" tabIndex={-1} onDragOver={dragged} onDragLeave={dragged} onDrop={(event: DragEvent) => dropped(event, name)}>
      <Top name={name} />
      <Timeline name={name} />
      {line.value === "away" && <p class="away" role="status">{words.away}</p>}
      <Composer key={name} name={name} />
    </main>
  );
}

function Top({ name }: { name: string }) {
  const { company, here, answers_in: minutes } = state.value;
  const agent = find(state.value, name)?.agent;
  return (
    <header class="top">
      <Tool path="left" turns label={words.back} act={() => open(null)} />
      <Face agent={agent ?? house()} here={here.includes(agent?.id ?? "")} />
      <div class="grow">
        <h1><bdi>{agent ? first(agent.name) : company.name}</bdi></h1>
        <p>{agent ? [<bdi>{company.name}</bdi>, here.includes(agent.id) && ` · ${words.hereNow}`] : minutes !== null && words.answersIn(minutes)}</p>
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
      {typist && <Theirs agent={typist}><div class="said typing" role="img" aria-label={words.typing(first(typist.name))}><i /><i /><i /></div></Theirs>}
    </Log>
  );
}

function Line({ row, foot, saw }: { row: Row; foot: boolean; saw: number }) {
  if (row.row === "day") return <div class="day">{day(row.at)}</div>;
  if (row.row === "group") {
    if (row.mine) return <Mine group={row} foot={foot} saw={saw} />;
    return <Theirs agent={face(state.value, row.agent)}>{row.bubbles.map((bubble) => <Said key={bubble.key} bubble={bubble} />)}</Theirs>;
  }
  const { what, agent_id } = row.happening;
  const who = face(state.value, agent_id);
  return <div class="day">{what === "closed" ? words.closed(who ? first(who.name) : null) : words.reopened}</div>;
}

function Mine({ group, foot, saw }: { group: Group; foot: boolean; saw: number }) {
  const last = group.bubbles.at(-1);
  return (
    <div class="group mine">
      <span class="sr">{words.you}</span>
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

function Theirs({ agent, children }: { agent: Omit<AgentFace, "id"> | undefined; children: ComponentChildren }) {
  const one = agent ?? { ...house(), name: words.team };
  return (
    <div class="group theirs">
      <Face agent={one} small />
      <div><span class="sr">{one.name}</span>{children}</div>
    </div>
  );
}

function Said({ bubble }: { bubble: Bubble }) {
  return (
    <div class="said" title={`${day(bubble.at)} ${clock(bubble.at)}`}>
      {bubble.text && <Text text={bubble.text} />}
      <Files files={bubble.files} />
    </div>
  );
}

function Failed({ bubble: { key, item } }: { bubble: Bubble }) {
  const why = item?.problem?.message;
  return (
    <small class="foot wrong">
      {words.notSent}{why && why !== words.notSent && `. ${why}`}
      <button type="button" onClick={() => retry(key)}>{words.tryAgain}</button>
      <button type="button" onClick={() => drop(key)}>{words.delete}</button>
    </small>
  );
}

function standing(bubble: Bubble, saw: number): string {
  if (bubble.item) return words.sending;
  return bubble.position <= saw ? words.seen : `${words.sent} ${clock(bubble.at)}`;
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
