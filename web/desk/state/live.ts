import { signal } from "@preact/signals";
import type { Fact, Looking, Whisper } from "../../wire/facts.ts";
import { WireError } from "../../wire/fetch.ts";
import { Live } from "../../wire/socket.ts";
import { alertFor } from "./alerts.ts";
import { noteTaken } from "./drafts.ts";
import { freshState } from "./fetching.ts";
import { customersAnew, hearOfCustomers, hearOnSite } from "./knowing-customers.ts";
import { outbox, wakeOutbox } from "./outgoing.ts";
import { sessionEnded } from "./session.ts";
import type { State } from "./state.ts";
import { forgetWhispers, hearFact, hearWhisper, replaceState, state } from "./store.ts";

/** Whether the desk speaks to us. "away" only once it lasts long enough to be worth a word. */
export const connection = signal<"here" | "away">("here");

const WORTH_A_WORD = 2000;
const TRY_AGAIN = 2000;

let live: Live<Fact> | null = null;
let worry: ReturnType<typeof setTimeout> | undefined;
/** Facts that came while the state was being fetched anew; null when it is not. */
let held: Fact[] | null = null;
let resyncTo = 0;
/** Counts sign-ins, so that what was begun for one agent never ends in the next one's desk. */
let visit = 0;

export async function openDesk(): Promise<void> {
  const mine = visit;
  follow(false);
  await reload();
  if (mine !== visit || !state.peek()) return;
  live = new Live<Fact>({
    url: `${location.origin.replace(/^http/, "ws")}/api/live`,
    hello: () => ({ seq: state.peek()?.seq ?? 0 }),
    onWelcome: welcomed,
    onFact: heard,
    onWhisper: whispered,
    onResync: resync,
    onState: (at) => follow(at === "open"),
    onBye: (why) => { if (why === "signed_out" || why === "refused") sessionEnded(); },
  });
}

export function closeDesk(): void {
  visit += 1;
  live?.close();
  live = null;
  held = null;
  resyncTo = 0;
  clearTimeout(worry);
  connection.value = "here";
  forgetWhispers();
  replaceState(null);
}

let looking: Looking = { conversation_id: null };

/** Says what is before me. It is said again whenever the desk is back. */
export function sayLooking(at: Looking | null): void {
  looking = at ?? { conversation_id: null };
  live?.send({ do: "looking", ...looking });
}

export function sayTyping(id: string, on: boolean): void {
  live?.send({ do: "typing", conversation_id: id, on });
}

function welcomed(): void {
  sayLooking(looking);
  wakeOutbox();
}

function follow(open: boolean): void {
  if (!open) forgetWhispers();
  if (open) {
    clearTimeout(worry);
    worry = undefined;
    connection.value = "here";
    return;
  }
  worry ??= setTimeout(() => { connection.value = "away"; }, WORTH_A_WORD);
}

function heard(fact: Fact): void {
  if (held) {
    held.push(fact);
    return;
  }
  const before = state.peek();
  if (!before || fact.seq <= before.seq) return;
  hearFact(fact);
  hearOfCustomers(fact, before.me.id);
  if (fact.kind === "AgentReplied") outbox.peek()?.drop(fact.data.message.client_id);
  noteTaken(fact);
  alertFor(fact);
}

function whispered(whisper: Whisper): void {
  hearWhisper(whisper);
  hearOnSite(whisper);
}

function resync(seq: number): void {
  resyncTo = seq;
  void reload();
}

async function reload(): Promise<void> {
  if (held) return;
  held = [];
  const mine = visit;
  const next = await untilThere(mine);
  if (mine !== visit) return;
  const waiting: Fact[] = held;
  held = null;
  if (!next) return;
  replaceState(next);
  customersAnew();
  waiting.forEach(heard);
  if (resyncTo > next.seq) await reload();
}

async function untilThere(mine: number): Promise<State | null> {
  while (mine === visit) {
    try {
      return await freshState();
    } catch (cause) {
      if (!(cause instanceof WireError)) throw cause;
      if (cause.kind === "unknown") sessionEnded();
      else await new Promise((go) => { setTimeout(go, TRY_AGAIN); });
    }
  }
  return null;
}
