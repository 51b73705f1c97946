/** @jsxImportSource ./view */
import { newId } from "../../wire/ids.ts";
import type { VisitorConversation } from "../../wire/types.ts";
import * as host from "./host.ts";
import { Face, first, Icon, Tool } from "./parts.tsx";
import { open, pendingIn, sound, state, unreachable, unsentStarts } from "./store.ts";
import { allow } from "./sound.ts";
import { keep, recall } from "./token.ts";
import { age } from "./times.ts";
import { words } from "./speech.ts";
const alone = parent === window;

export function Home() {
  const { company, agents, here } = state.value;
  const faces = [...agents].sort((a, b) => Number(here.includes(b.id)) - Number(here.includes(a.id))).slice(0, 3);
  return (
    <main class="home" ref={measured} tabIndex={-1}>
      <header class="hello">
        <div class="corner">
          <Tool path={sound.value ? "bell" : "off"} label={sound.value ? words.soundOn : words.soundOff} on={sound.value} act={turnSound} />
          {!alone && <Tool path="x" label={words.close} act={() => host.tell("close")} />}
        </div>
        <div class="faces">{faces.map((agent) => <Face key={agent.id} agent={agent} />)}</div>
        <h1 dir="auto">{company.greeting || words.hello}</h1>
        <p>{unreachable.value ? words.unreachable : presence()}</p>
      </header>
      <div class="inside">
        <button type="button" class="start" onClick={begin}><span>{words.write}</span><Icon path="up" /></button>
        <Earlier />
      </div>
    </main>
  );
}

function Earlier() {
  const { conversations } = state.value;
  const starts = unsentStarts();
  if (!starts.length && !conversations.length) return null;
  return [
    <h2>{words.earlier}</h2>,
    <ul>
      {starts.map((start) => <li key={start}><Old id={start} /></li>)}
      {conversations.map((one) => <li key={one.start ?? one.id}><Old id={one.id} one={one} /></li>)}
    </ul>,
  ];
}

/** Without `one` it exists only in this browser so far. */
function Old({ id, one }: { id: string; one?: VisitorConversation }) {
  const { company, here } = state.value;
  const agent = one?.agent;
  const pending = pendingIn(id).at(-1);
  const last = pending ? pending.body.text || pending.body.files[0]?.name : one?.last?.text || one?.last?.file;
  const failed = pending?.state === "failed";
  return (
    <button type="button" class="old" onClick={() => open(id)}>
      <Face agent={agent ?? house()} here={here.includes(agent?.id ?? "")} />
      <span class="grow"><b><bdi>{agent ? first(agent.name) : company.name}</bdi></b><small dir="auto">{last}</small></span>
      <span class="d">
        <time>{age(pending?.at ?? one?.last_at ?? 0)}</time>
        {failed && <em>{words.notSent}</em>}
        {one && one.unread > 0 && <i role="img" aria-label={words.unread(one.unread)} />}
      </span>
    </button>
  );
}

export const house = () => ({ name: state.value.company.name, picture: null, colour: "" });

/** "Maja is here now. Usually answers in 4 minutes." */
function presence(): string {
  const { agents, here, answers_in: minutes, greeted } = state.value;
  const names = agents.filter((agent) => here.includes(agent.id)).map((agent) => first(agent.name));
  if (!greeted) return "";
  const who = names.length ? words.here(names) : words.nobodyHere;
  return minutes === null ? who : `${who} ${words.answersIn(minutes)}`;
}

/** The same start until its first word is written, so that going back and forth makes no second conversation. */
function begin(): void {
  const start = recall("start") || newId();
  keep("start", start);
  open(start);
}

function turnSound(): void {
  sound.value = !sound.value;
  keep("sound", sound.value ? "1" : "");
  if (sound.value) allow();
}

let watch: ResizeObserver | undefined;

// The page gives the home screen as much room as it needs and no more.
function measured(main: HTMLElement | null): void {
  watch?.disconnect();
  if (!main) {
    host.tell("height", 0);
    return;
  }
  watch = new ResizeObserver(() => main.offsetHeight && host.tell("height", main.offsetHeight));
  watch.observe(main);
}
