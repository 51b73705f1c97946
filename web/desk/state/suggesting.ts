import { signal } from "@preact/signals";
import type { Suggestion } from "../../wire/knowing.ts";
import type { Row } from "../../wire/types.ts";
import { beginFrom, draftOf } from "./drafts.ts";
import { isHeld, rejectedIn, sendSuggestion, sendingIn, takeBack, type Sending } from "./outgoing.ts";
import { desk } from "./store.ts";

/** What a click does: sends, or opens in the composer, because of blanks or because nobody has sent it before. */
export type Way = "send" | "fill" | "open";

/** A suggestion that waits for the choice what becomes of the words already written. */
export const choosing = signal<{ conversation: string; suggestion: Suggestion } | null>(null);

/** The composer that is to take the focus, and choose its first blank from there on. */
export const composing = signal<{ conversation: string; from: number } | null>(null);

/** What is suggested now: nothing while an answer of mine is on its way, and nothing that I rejected. */
export function offersIn(id: string): Suggestion[] {
  if (isAnswering(id)) return [];
  const rejected = new Set(rejectedIn(id).map(({ body }) => (body.what === "reject" ? body.suggestion : "")));
  return (desk().proposals[id]?.suggestions ?? []).filter((one) => !rejected.has(one.id));
}

export function isAnswering(id: string): boolean {
  return sendingIn(id).some(({ state }) => state !== "failed");
}

/** A reply in a colleague's conversation starts a new one, which no single click does. */
export function wayOf(suggestion: Suggestion, mine: boolean): Way {
  if (suggestion.blanks.length > 0) return "fill";
  return suggestion.one_click && mine ? "send" : "open";
}

export function use(row: Row, suggestion: Suggestion, way: Way): void {
  if (way === "send") sendSuggestion(row.id, suggestion.id, suggestion.text);
  else openInComposer(row.id, suggestion);
}

/** Into an empty draft at once; words that stand there are never lost without a choice. */
export function openInComposer(id: string, suggestion: Suggestion): void {
  const { text } = draftOf(id);
  if (text.trim() === "" || text === suggestion.text) put(id, suggestion, "replace");
  else choosing.value = { conversation: id, suggestion };
}

export function put(id: string, suggestion: Suggestion, how: "replace" | "below"): void {
  choosing.value = null;
  beginFrom(id, suggestion.id, suggestion.text, how);
  composing.value = { conversation: id, from: draftOf(id).text.length - suggestion.text.length };
}

/** What I did last in this conversation and can still take back. */
export function undoable(id: string): Sending | undefined {
  return [...sendingIn(id), ...rejectedIn(id)].filter(isHeld).sort((a, b) => b.asked - a.asked)[0];
}

export function undo(id: string): void {
  const newest = undoable(id);
  if (newest) takeBack(newest.id);
}
