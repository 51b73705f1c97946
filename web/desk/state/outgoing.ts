import { computed, signal } from "@preact/signals";
import type { Answered, ConversationAnswer, NoteAnswer, SentAnswer } from "../../wire/answers.ts";
import { request, WireError } from "../../wire/fetch.ts";
import { type Holding, holds, recall } from "../../wire/holding.ts";
import { type Item, Outbox } from "../../wire/outbox.ts";
import { away } from "../../wire/errors.ts";
import { storage } from "../../wire/storage.ts";
import type { File } from "../../wire/types.ts";
import { words } from "../words.ts";
import { type Draft, forgetTaken, restoreDraft, setTaken } from "./drafts.ts";
import { withNote, withSent } from "./merge.ts";
import { rejected } from "./proposals.ts";
import { go, listed, openConversation, openId } from "./route.ts";
import { withConversation } from "./rows.ts";
import { sessionEnded } from "./session.ts";
import { change, desk } from "./store.ts";
import { toast } from "./toasts.ts";

export type Written = Holding & {
  what: "message"; text: string; files: File[]; as_new: boolean;
  /** What it came from; `clicked`: sent as it stood. `confirmed`: although it holds what belongs to somebody else. */
  suggestion?: string | undefined; clicked?: boolean; confirmed?: boolean;
};
/** What stays among us; `like`: how many of my words were the same before. */
export type Noted = Holding & ({ what: "note" | "answer"; under: string; text: string; like: number } | { what: "unsay"; id: string });
export type To = { agent_id: string } | { team_id: string } | null;
export type Letter =
  | Written | Noted | (Holding & { what: "close" | "reopen" }) | (Holding & { what: "hand"; to: To })
  | (Holding & { what: "reject"; conversation: string; suggestion: string });
type Answer = SentAnswer | ConversationAnswer | NoteAnswer | Answered | Record<string, never>;
export type Sending = Item<Letter>;

/** What I did and the desk has not confirmed. One lane for each conversation keeps the order. */
export const outbox = signal<Outbox<Letter, Answer> | null>(null);
export const leaving = signal<readonly Sending[]>([]);

export const waitingMessages = computed(
  () => leaving.value.filter(({ body, state }) => holdsWords(body) && state !== "failed").length,
);

/** Somebody's words, which must not be lost. */
function holdsWords({ what }: Letter): boolean {
  return what === "message" || what === "note" || what === "answer";
}

export function openOutbox(agentId: string): void {
  closeOutbox();
  const box = new Outbox<Letter, Answer>({ key: `frontdesk:${agentId}:out`, storage: storage(), send, onSent, hold: holds });
  outbox.value = box;
  box.subscribe(take);
}

export function closeOutbox(): void {
  outbox.peek()?.close();
  outbox.value = null;
  leaving.value = [];
}

export function wakeOutbox(): void {
  outbox.peek()?.wake();
}

/** How long what one click did can be taken back. */
export const UNDO = 5000;

export function sendMessage(id: string, { text, files, suggestion }: Draft, asNew: boolean): void {
  forgetTaken(id);
  add(id, "messages", { what: "message", text: text.trim(), files, as_new: asNew, suggestion });
}

/** One click on a suggestion. It stands there for a moment before it leaves. */
export function sendSuggestion(id: string, suggestion: string, text: string): void {
  add(id, "messages", { what: "message", text, files: [], as_new: false, suggestion, clicked: true, due: Date.now() + UNDO });
}

/** In a lane of its own, so that no message waits for it. */
export function rejectSuggestion(id: string, suggestion: string): void {
  const path = `/api/suggestions/${encodeURIComponent(suggestion)}/reject`;
  outbox.peek()?.add(rejectionsOf(id), path, { what: "reject", conversation: id, suggestion, due: Date.now() + UNDO });
}

function rejectionsOf(id: string): string {
  return `rejected:${id}`;
}

/** Suggestions that I rejected and the desk has not heard of. */
export function rejectedIn(id: string): Sending[] {
  return leaving.value.filter((item) => item.lane === rejectionsOf(id));
}

export function takeBack(id: string): boolean {
  const box = outbox.peek();
  return box !== null && recall(box, id);
}

/** Whether it can still be taken back, at this moment. */
export function isHeld(item: Sending): boolean {
  return item.state === "waiting" && holds(item) > 0;
}

/** A message that was refused because it holds what belongs to somebody else, sent all the same. */
export function sendConfirmed(item: Sending): void {
  outbox.peek()?.drop(item.id);
  if (item.body.what === "message") add(item.lane, "messages", { ...item.body, clicked: false, confirmed: true });
}

export function backToText(item: Sending): void {
  outbox.peek()?.drop(item.id);
  if (item.body.what === "message") restoreDraft(item.lane, item.body);
}

/** The message of this conversation that waits for such a decision. */
export function foreignIn(id: string): Sending | undefined {
  return leaving.value.find((item) => item.lane === id && isForeign(item));
}

function isForeign({ state, problem }: Sending): boolean {
  return state === "failed" && problem?.data.reason === "foreign";
}

export function closeConversation(id: string): void {
  add(id, "close", { what: "close" });
  toast({ text: words.talk.closed, action: { label: words.undo, run: () => reopenConversation(id) } });
}

export function reopenConversation(id: string): void {
  add(id, "reopen", { what: "reopen" });
}

/** To a colleague, to a team's queue, or back to Unassigned, once all that I wrote there has left. */
export function handOver(id: string, to: To): void {
  add(id, "handover", { what: "hand", to });
}

function add(id: string, verb: string, letter: Letter): void {
  outbox.peek()?.add(id, `/api/conversations/${encodeURIComponent(id)}/${verb}`, letter);
}

/** How a conversation will be once everything has left. */
export function willBeClosed(id: string, closed: boolean): boolean {
  return leaving.value.filter((item) => item.lane === id && item.state !== "failed").reduce((now, { body }) => after(now, body), closed);
}

function after(closed: boolean, letter: Letter): boolean {
  if (letter.what === "hand" || (letter.what === "message" && letter.as_new)) return closed;
  return letter.what === "close";
}

async function send(item: Sending): Promise<Answer> {
  try {
    return await request<Answer>("POST", item.path, { client_id: item.id, ...bodyOf(item.body) });
  } catch (cause) {
    throw cause instanceof WireError ? refused(item, cause) : cause;
  }
}

function bodyOf(letter: Letter): object {
  if (letter.what === "note" || letter.what === "answer") return { text: letter.text };
  if (letter.what === "hand") return { to: letter.to };
  if (letter.what !== "message") return {};
  const { text, files, as_new, suggestion, clicked, confirmed } = letter;
  return {
    text,
    files: files.map((file) => file.id),
    ...(as_new && { as_new }),
    ...(suggestion && { suggestion_id: suggestion }),
    ...(clicked && { clicked }),
    ...(confirmed && { confirmed }),
  };
}

// Signed out is not refused: it waits for the next signing in. What was taken, or cannot go as a click
// sent it, is not failed: it is a draft again.
function refused(item: Sending, error: WireError): WireError {
  if (error.kind === "unknown") {
    sessionEnded();
    return away();
  }
  if (item.body.what !== "message") return error;
  if (error.data.reason === "taken") {
    backToText(item);
    setTaken(item.lane, String(error.data.owner_id));
  } else if (item.body.suggestion && (error.kind === "missing" || error.kind === "invalid")) {
    outbox.peek()?.drop(item.id);
    restoreDraft(item.lane, { ...item.body, suggestion: error.kind === "missing" ? undefined : item.body.suggestion });
    toast({ text: words.talk.notSentBecause(Object.values(error.fields)[0] ?? error.message) });
  } else if (error.data.reason === "foreign" && openId.peek() !== item.lane) {
    toast({ text: words.foreign.elsewhere, action: { label: words.open, run: () => openConversation(item.lane) } });
  }
  return error;
}

function onSent(item: Sending, answer: Answer): void {
  if (item.body.what === "reject") {
    const { conversation: conversation_id, suggestion: suggestion_id } = item.body;
    change((before) => rejected(before, { conversation_id, suggestion_id }));
  }
  if (isNoted(answer)) change((before) => withNote(before, answer));
  if (!isAboutConversation(answer)) return;
  const { conversation } = answer;
  change((before) => ("message" in answer ? withSent(before, answer) : withConversation(before, conversation, 0)));
  if (conversation.id !== item.lane && openId.peek() === item.lane) {
    go({ at: "conversation", id: conversation.id, ...listed.peek() });
  }
}

function isNoted(answer: Answer): answer is NoteAnswer | Answered {
  return "note" in answer;
}

function isAboutConversation(answer: Answer): answer is SentAnswer | ConversationAnswer {
  return "conversation" in answer;
}

// A close that was refused leaves nothing on the screen to show it at, so it is told and let go. What
// was rejected too late is gone anyway.
function take(items: readonly Sending[]): void {
  leaving.value = items;
  for (const { id, body, state, problem } of items) {
    if (state !== "failed" || holdsWords(body)) continue;
    outbox.peek()?.drop(id);
    if (body.what !== "reject") toast({ text: problem?.message ?? words.failed });
  }
}

/** Messages of mine that stand at the end of a conversation until the desk has them. */
export function sendingIn(id: string): Sending[] {
  const there = new Set((desk().timelines[id] ?? []).map((item) => ("client_id" in item ? item.client_id : "")));
  return leaving.value.filter((item) => item.lane === id && item.body.what === "message" && !there.has(item.id));
}

export function retryMessage(id: string): void {
  outbox.peek()?.retry(id);
}

export function dropMessage(id: string): void {
  outbox.peek()?.drop(id);
}

/** Why a message was not sent, in the user's world. */
export function problemOf(id: string): string {
  const why = whyNot(id);
  return why === null ? words.talk.notSent : words.talk.notSentBecause(why);
}

export function whyNot(id: string): string | null {
  const problem = leaving.value.find((item) => item.id === id)?.problem;
  return problem ? (problem.kind === "late" ? words.talk.late : problem.message) : null;
}
