import type { Answered, ConversationAnswer, NoteAnswer, ThreadShown } from "../../wire/answers.ts";
import { request } from "../../wire/fetch.ts";
import { command } from "./commands.ts";
import { once } from "./fetching.ts";
import { withThreadAnswer } from "./merge.ts";
import { noticesSeen, withAnswer, withItem, withThreadRead } from "./notes.ts";
import { withConversation, withMention } from "./rows.ts";
import { change, desk, withFacts } from "./store.ts";

/** Whom a conversation is handed to; null: back to Unassigned. */
export type To = { agent_id: string } | { team_id: string } | null;

/** What a note says to call somebody. */
export function callOf(one: { agent: string } | { team: string }): string {
  return "agent" in one ? `@[agent:${one.agent}]` : `@[team:${one.team}]`;
}

/** The answers under a note, when they are not here yet. */
export function ensureThread(note: string): Promise<void> {
  if (desk().threads[note]) return Promise.resolve();
  return once(`thread:${note}`, async () => {
    const { answer, facts } = await withFacts(() => request<ThreadShown>("GET", `/api/notes/${encodeURIComponent(note)}/thread`));
    change((before) => withThreadAnswer(before, answer, facts));
  });
}

export async function addNote(conversation: string, text: string): Promise<void> {
  keepNote(await command<NoteAnswer>(`/api/conversations/${encodeURIComponent(conversation)}/notes`, { text }));
}

export async function editNote(note: string, text: string): Promise<void> {
  keepNote(await command<NoteAnswer>(`/api/notes/${encodeURIComponent(note)}/edit`, { text }));
}

export async function deleteNote(note: string): Promise<void> {
  keepNote(await command<NoteAnswer>(`/api/notes/${encodeURIComponent(note)}/delete`));
}

function keepNote({ note }: NoteAnswer): void {
  change((before) => withItem(before, note));
}

export async function answerNote(note: string, text: string): Promise<void> {
  keepAnswer(await command<Answered>(`/api/notes/${encodeURIComponent(note)}/thread`, { text }));
}

export async function editAnswer(answer: string, text: string): Promise<void> {
  keepAnswer(await command<Answered>(`/api/threads/${encodeURIComponent(answer)}/edit`, { text }));
}

export async function deleteAnswer(answer: string): Promise<void> {
  keepAnswer(await command<Answered>(`/api/threads/${encodeURIComponent(answer)}/delete`));
}

function keepAnswer({ answer, note }: Answered): void {
  change((before) => withAnswer(withItem(before, note), answer));
}

export async function readThread(note: string, place: number): Promise<void> {
  if ((desk().thread_read[note] ?? 0) >= place) return;
  await command(`/api/notes/${encodeURIComponent(note)}/thread/read`, { place });
  change((before) => withThreadRead(before, note, place));
}

export async function handOver(conversation: string, to: To): Promise<void> {
  const answer = await command<ConversationAnswer>(`/api/conversations/${encodeURIComponent(conversation)}/handover`, { to });
  change((before) => withConversation(before, answer.conversation, answer.conversation.asked_position));
}

/** I have it before me: whoever called me there is answered. Their count follows with the fact. */
export async function lookAt(conversation: string): Promise<void> {
  await command(`/api/conversations/${encodeURIComponent(conversation)}/looked`);
  change((before) => withMention(before, conversation, null));
}

export async function seeNotices(ids: readonly string[] | "all"): Promise<void> {
  await command("/api/notices/seen", ids === "all" ? { all: true } : { ids });
  if (ids === "all") change((before) => noticesSeen(before, null, 0));
}
