import { isNote, type Note, type ThreadAnswer } from "../../wire/types.ts";
import { words } from "../words.ts";
import { type Letter, leaving, outbox, type Sending, takeBack, UNDO } from "./outgoing.ts";
import { desk } from "./store.ts";
import { toast } from "./toasts.ts";

// Notes leave in lanes of their own: no reply waits for them, and they wait for none.

export function addNote(conversation: string, text: string): void {
  say(`note:${conversation}`, `/api/conversations/${encodeURIComponent(conversation)}/notes`, "note", conversation, text);
}

export function answerThread(note: string, text: string): void {
  say(`answer:${note}`, `/api/notes/${encodeURIComponent(note)}/thread`, "answer", note, text);
}

function say(lane: string, path: string, what: "note" | "answer", under: string, text: string): void {
  outbox.peek()?.add(lane, path, { what, under, text, like: likeIt(what, under, text) });
}

type Leaving = Sending & { body: Letter & { what: "note" | "answer" } };

/** Those that the desk does not have yet, under a conversation or a note. */
export function leavingUnder(what: "note" | "answer", under: string): Leaving[] {
  const mine = leaving.value.filter((item): item is Leaving => item.body.what === what && item.body.under === under);
  return mine.filter((item, nth) => item.state === "failed" || !isThere(item, mine.slice(0, nth)));
}

// The fact of a note may come before the answer to it, and carries no name that only I know: it is told
// by its words, of which there is one more then.
function isThere({ body: { what, under, text, like } }: Leaving, earlier: readonly Leaving[]): boolean {
  const ahead = earlier.filter((one) => one.body.text === text && one.body.like === like).length;
  return likeIt(what, under, text) > like + ahead;
}

function likeIt(what: "note" | "answer", under: string, text: string): number {
  const { me, timelines, threads } = desk();
  const all: readonly (Note | ThreadAnswer)[] = what === "note" ? (timelines[under] ?? []).filter(isNote) : (threads[under] ?? []);
  return all.filter((one) => one.agent_id === me.id && one.text === text).length;
}

/** Takes one's own words away; for a moment it can be undone. */
export function unsay(of: "notes" | "threads", id: string): void {
  const path = `/api/${of}/${encodeURIComponent(id)}/delete`;
  const item = outbox.peek()?.add(`unsay:${id}`, path, { what: "unsay", id, due: Date.now() + UNDO });
  if (!item) return;
  toast({ text: of === "notes" ? words.note.deleted : words.thread.deleted, action: { label: words.undo, run: () => takeBack(item.id) } });
}

/** Whether its deletion is on its way. */
export function isUnsaid(id: string): boolean {
  return leaving.value.some(({ body, state }) => body.what === "unsay" && body.id === id && state !== "failed");
}
