// The chat's side of the wire: greets, listens, writes, and tells what was seen.

import type { VisitorHello, VisitorSent, VisitorTimeline } from "../../wire/answers.ts";
import type { WireError } from "../../wire/errors.ts";
import type { Bye, VisitorFact } from "../../wire/facts.ts";
import { request } from "../../wire/fetch.ts";
import { newId } from "../../wire/ids.ts";
import { Outbox, type Item } from "../../wire/outbox.ts";
import { Live } from "../../wire/socket.ts";
import type { File } from "../../wire/types.ts";
import { backOff } from "../../wire/wait.ts";
import * as host from "./host.ts";
import type { Said } from "./rows.ts";
import { apply, face, find, forgetWhispers, greet, hear, newestAnswer, opening, page, read, sent, unread } from "./state.ts";
import { announced, items, laneOf, line, screen, shown, sound, state, unreachable } from "./store.ts";
import { ring } from "./sound.ts";
import { onOtherTab, OUTBOX, store, token } from "./token.ts";
import { watch } from "./view/signals.ts";
import { words } from "./speech.ts";

const API = "/widget/api";
const PAGE = 40;

let about: { browser?: string | undefined; language?: string } = {};
let live: Live<VisitorFact> | null = null;
let outbox: Outbox<Said, VisitorSent>;
/** Facts that came while a fresh greeting is on its way. */
let held: VisitorFact[] | null = null;
/** As whom the socket said hello: the token, and whether the desk knew it. */
let entered = { token: "", known: false };
let rounds = 0;
const loading = new Set<string>();
const unsaid = new Map<string, number>();

export function start(visitor: typeof about): void {
  about = visitor;
  outbox = new Outbox({ key: OUTBOX, storage: store, send: post, onSent: arrived });
  outbox.subscribe((all) => { items.value = all; });
  onOtherTab(() => void greetAgain());
  addEventListener("online", () => held && void greetAgain());
  watch(openTimeline);
  watch(reportSeen);
  document.addEventListener("visibilitychange", reportSeen);
  watch(tellUnread);
  void greetAgain();
}

/** Fetches everything afresh, for as long as it takes. */
export async function greetAgain(tries = 0): Promise<void> {
  const round = (rounds += 1);
  held ??= [];
  const asked = token();
  try {
    const hello = await request<VisitorHello>("POST", `${API}/hello`, about, { token: asked });
    if (round === rounds) greeted(hello, asked);
  } catch (cause) {
    unreachable.value = !state.value.greeted;
    const asked = (cause as WireError).retryAfter ?? 0;
    setTimeout(() => round === rounds && void greetAgain(tries + 1), asked + backOff(tries + 1));
  }
}

function greeted(hello: VisitorHello, asked: string): void {
  unreachable.value = false;
  state.value = (held ?? []).reduce(apply, greet(state.value, hello));
  held = null;
  host.tell("talked", Number(hello.conversations.length > 0));
  listen(asked);
}

function listen(asked: string): void {
  const same = entered.token === asked && entered.known === state.value.known;
  entered = { token: asked, known: state.value.known };
  if (live && !same) live.restart();
  live ??= new Live<VisitorFact>({
    url: `${location.origin.replace(/^http/, "ws")}/widget/live`,
    hello: () => ({ seq: state.value.seq, token: token() }),
    onWelcome: () => undefined,
    onFact: heard,
    onWhisper: (whisper) => { state.value = hear(state.value, whisper); },
    onResync: () => void greetAgain(),
    onState: moved,
    onBye: refused,
  });
}

function moved(now: "connecting" | "open" | "away"): void {
  line.value = now;
  if (now === "away") state.value = forgetWhispers(state.value);
  if (now !== "open") return;
  outbox.wake();
  sayWhatWasSeen();
}

// The desk thought this socket too eager, or its token has gone: ask again later, with what holds then.
function refused(why: Bye): void {
  if (why === "refused" || why === "signed_out") setTimeout(() => void greetAgain().then(() => live?.wake()), 15_000);
}

function heard(fact: VisitorFact): void {
  if (held) {
    held.push(fact);
    return;
  }
  const before = state.value;
  state.value = apply(before, fact);
  if (fact.kind === "CustomerWrote") outbox.drop(fact.data.message.client_id);
  if (fact.kind !== "AgentReplied") return;
  const { message, conversation } = fact.data;
  if (message.position <= (find(before, conversation.id)?.last_position ?? 0)) return;
  if (sound.value) ring();
  const who = face(state.value, message.agent_id)?.name ?? words.team;
  announced.value = `${who}: ${message.text || (message.files[0]?.name ?? "")}`;
}

function openTimeline(): void {
  const one = find(state.value, screen.value ?? "");
  if (one && line.value !== "away" && !state.value.timelines[one.id]?.loaded) void load(one.id);
}

/** The page before the oldest item shown, or the newest one. */
export async function load(id: string): Promise<void> {
  if (loading.has(id)) return;
  loading.add(id);
  state.value = opening(state.value, id);
  const known = state.value.timelines[id];
  const before = known?.loaded ? `&before=${known.items[0]?.position ?? 0}` : "";
  try {
    const path = `${API}/conversations/${id}/timeline?limit=${PAGE}${before}`;
    const answer = await request<VisitorTimeline>("GET", path, undefined, { token: token() });
    state.value = page(state.value, id, answer);
    for (const item of answer.items) if ("client_id" in item) outbox.drop(item.client_id);
    loading.delete(id);
  } catch {
    setTimeout(() => {
      loading.delete(id);
      openTimeline();
    }, 3000);
  }
}

export function write(key: string, text: string, files: readonly File[]): void {
  const one = find(state.value, key);
  outbox.add(laneOf(key), `${API}/messages`, { to: one ? { conversation_id: one.id } : { start: key }, text, files, ...about });
  typing(key, false);
}

export const retry = (id: string): void => outbox.retry(id);
export const drop = (id: string): void => outbox.drop(id);

function post({ id, path, body }: Item<Said>): Promise<VisitorSent> {
  const { to, files, ...said } = body;
  return request("POST", path, { client_id: id, ...to, ...said, files: files.map((file) => file.id) }, { token: token() });
}

function arrived(_: Item<Said>, answer: VisitorSent): void {
  state.value = sent(state.value, answer);
  host.tell("talked", 1);
  if (live) listen(token());
}

let typedAt = 0;

/** Whispers that the visitor types, every three seconds while it is so. Nobody may say this before the first word. */
export function typing(key: string, on: boolean): void {
  const one = find(state.value, key);
  const due = on ? Date.now() - typedAt > 3000 : typedAt > 0;
  if (!one || !entered.known || !due) return;
  typedAt = on ? Date.now() : 0;
  live?.send({ do: "typing", conversation_id: one.id, on });
}

let toldUnread = 0;

function tellUnread(): void {
  const count = unread(state.value);
  if (count !== toldUnread) host.tell("unread", (toldUnread = count));
}

function reportSeen(): void {
  const one = find(state.value, screen.value ?? "");
  if (!one || !shown.value || document.hidden) return;
  const position = newestAnswer(state.value, one.id);
  if (position <= one.customer_saw) return;
  unsaid.set(one.id, position);
  state.value = read(state.value, one.id, position);
  sayWhatWasSeen();
}

function sayWhatWasSeen(): void {
  for (const [id, position] of unsaid) {
    const path = `${API}/conversations/${id}/seen`;
    const done = () => unsaid.get(id) === position && unsaid.delete(id);
    request("POST", path, { client_id: newId(), position }, { token: token() }).then(done, () => undefined);
  }
}
