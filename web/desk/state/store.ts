import { computed, signal } from "@preact/signals";
import type { Fact, Whisper } from "../../wire/facts.ts";
import { WireError } from "../../wire/fetch.ts";
import type { Row } from "../../wire/types.ts";
import { apply } from "./apply.ts";
import { listKey } from "./lists.ts";
import { Recent } from "./merge.ts";
import { type Filters, isUnread, type List, orderOf, type Place, type State } from "./state.ts";
import { forget, hear, SILENCE } from "./whispers.ts";

/** What the desk told us. Changed by facts and by answers, here and nowhere else. */
export const state = signal<State | null>(null);
export const whispers = signal(SILENCE);

let recent = new Recent(0);

/** For screens that are only shown while there is a state. */
export function desk(): State {
  if (!state.value) throw new Error("There is no state before signing in.");
  return state.value;
}

export const me = computed(() => desk().me);

export function rowOf(id: string): Row | undefined {
  return state.value?.conversations[id];
}

export function listOf(place: Place, closed: boolean, filters: Filters = {}): List | undefined {
  const { lists, me: reader } = desk();
  return lists[listKey(place, closed, orderOf(reader, place), filters)];
}

/** Open conversations in which someone waits for a look of mine. Known from the lists that are loaded. */
export const unread = computed(() => ({ mine: unreadIn("mine"), unassigned: unreadIn("unassigned") }));

function unreadIn(place: Place): number {
  if (!state.value) return 0;
  return (listOf(place, false)?.ids ?? []).filter((id) => {
    const row = rowOf(id);
    return row !== undefined && isUnread(row);
  }).length;
}

/** Whether customers come by more than one way. Known from the lists that are loaded. */
export const hasChannels = computed(() => {
  const rows = Object.values(state.value?.conversations ?? {});
  return rows.some(({ channel }) => channel !== rows[0]?.channel);
});

export function change(by: (state: State) => State): void {
  if (state.value) state.value = by(state.value);
}

export function replaceState(next: State | null): void {
  recent = new Recent(next?.seq ?? 0);
  state.value = next;
}

export function hearFact(fact: Fact): void {
  recent.add(fact);
  change((before) => apply(before, fact));
}

export function hearWhisper(whisper: Whisper): void {
  whispers.value = hear(whispers.value, whisper, Date.now());
}

export function forgetWhispers(): void {
  whispers.value = SILENCE;
}

setInterval(() => { whispers.value = forget(whispers.peek(), Date.now()); }, 500);

const TRIES = 3;

/** Fetches, and answers with the facts that came since. An answer too old to mend is fetched again. */
export async function withFacts<A extends { seq: number }>(ask: () => Promise<A>): Promise<{ answer: A; facts: Fact[] }> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const answer = await ask();
    const facts = recent.since(answer.seq);
    if (facts) return { answer, facts };
  }
  throw new WireError("away", "The desk cannot be reached.");
}
