import { computed, signal } from "@preact/signals";
import type { ConversationAnswer, SentAnswer } from "../../wire/answers.ts";
import { request, WireError } from "../../wire/fetch.ts";
import { type Item, Outbox } from "../../wire/outbox.ts";
import { away } from "../../wire/errors.ts";
import { storage } from "../../wire/storage.ts";
import type { File } from "../../wire/types.ts";
import { words } from "../words.ts";
import { withConversation } from "./apply.ts";
import { type Draft, forgetTaken, restoreDraft, setTaken } from "./drafts.ts";
import { withSent } from "./merge.ts";
import { go, listed, openId } from "./route.ts";
import { sessionEnded } from "./session.ts";
import { change, desk } from "./store.ts";
import { toast } from "./toasts.ts";

export type Written = { what: "message"; text: string; files: File[]; as_new: boolean };
export type Letter = Written | { what: "close" | "reopen" };
type Answer = SentAnswer | ConversationAnswer;
export type Sending = Item<Letter>;

/** What I did and the desk has not confirmed. One lane for each conversation keeps the order. */
export const outbox = signal<Outbox<Letter, Answer> | null>(null);
export const leaving = signal<readonly Sending[]>([]);

export const waitingMessages = computed(
  () => leaving.value.filter(({ body, state }) => body.what === "message" && state !== "failed").length,
);

export function openOutbox(agentId: string): void {
  closeOutbox();
  const box = new Outbox<Letter, Answer>({ key: `frontdesk:${agentId}:out`, storage: storage(), send, onSent });
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

export function sendMessage(id: string, { text, files }: Draft, asNew: boolean): void {
  forgetTaken(id);
  add(id, "messages", { what: "message", text: text.trim(), files, as_new: asNew });
}

export function closeConversation(id: string): void {
  add(id, "close", { what: "close" });
  toast({ text: words.talk.closed, action: { label: words.undo, run: () => reopenConversation(id) } });
}

export function reopenConversation(id: string): void {
  add(id, "reopen", { what: "reopen" });
}

function add(id: string, verb: string, letter: Letter): void {
  outbox.peek()?.add(id, `/api/conversations/${encodeURIComponent(id)}/${verb}`, letter);
}

/** How a conversation will be once everything has left. */
export function willBeClosed(id: string, closed: boolean): boolean {
  return leaving.value.filter((item) => item.lane === id && item.state !== "failed").reduce((now, { body }) => after(now, body), closed);
}

function after(closed: boolean, letter: Letter): boolean {
  if (letter.what === "message" && letter.as_new) return closed;
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
  if (letter.what !== "message") return {};
  const { text, files, as_new } = letter;
  return { text, files: files.map((file) => file.id), ...(as_new ? { as_new } : {}) };
}

// Signed out is not refused: it waits for the next signing in. Taken is not failed: it is a draft again.
function refused(item: Sending, error: WireError): WireError {
  if (error.kind === "unknown") {
    sessionEnded();
    return away();
  }
  if (item.body.what === "message" && error.data.reason === "taken") {
    restoreDraft(item.lane, item.body);
    setTaken(item.lane, String(error.data.owner_id));
    outbox.peek()?.drop(item.id);
  }
  return error;
}

function onSent(item: Sending, answer: Answer): void {
  const { conversation } = answer;
  change((before) => ("message" in answer ? withSent(before, answer) : withConversation(before, conversation, 0)));
  if (conversation.id !== item.lane && openId.peek() === item.lane) {
    go({ at: "conversation", id: conversation.id, ...listed.peek() });
  }
}

// A close that was refused leaves nothing on the screen to show it at, so it is told and let go.
function take(items: readonly Sending[]): void {
  leaving.value = items;
  for (const { id, body, state, problem } of items) {
    if (state !== "failed" || body.what === "message") continue;
    outbox.peek()?.drop(id);
    toast({ text: problem?.message ?? words.failed });
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
  const problem = leaving.value.find((item) => item.id === id)?.problem;
  if (!problem) return words.talk.notSent;
  return words.talk.notSentBecause(problem.kind === "late" ? words.talk.late : problem.message);
}
