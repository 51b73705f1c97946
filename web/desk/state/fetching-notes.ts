import type { NoticesAnswer, ThreadShown } from "../../wire/answers.ts";
import { newId, request } from "../../wire/fetch.ts";
import { ensureRow, once, quietly } from "./fetching.ts";
import { withThreadAnswer } from "./merge.ts";
import { withThreadRead } from "./notes.ts";
import { change, desk, rowOf, withFacts } from "./store.ts";

const pathOf = (note: string): string => `/api/notes/${encodeURIComponent(note)}/thread`;

/** The answers under a note, when they are not here yet. */
export function ensureThread(note: string): Promise<void> {
  if (desk().threads[note]) return Promise.resolve();
  return once(`thread:${note}`, async () => {
    const { answer, facts } = await withFacts(() => request<ThreadShown>("GET", pathOf(note)));
    change((before) => withThreadAnswer(before, answer, facts));
  });
}

const reported = new Map<string, number>();

/** Tells the desk how far I have read a thread. */
export async function reportThreadRead(note: string, place: number): Promise<void> {
  if ((reported.get(note) ?? 0) >= place) return;
  reported.set(note, place);
  const told = await quietly(() => request("POST", `${pathOf(note)}/read`, { client_id: newId(), place }));
  if (told) change((before) => withThreadRead(before, note, place));
  else reported.delete(note);
}

/** I have looked at what called me there. The desk's facts say what that changes. */
export function reportLooked(conversation: string): Promise<boolean> {
  return quietly(() => request("POST", `/api/conversations/${encodeURIComponent(conversation)}/looked`, { client_id: newId() }));
}

/** The list of notices was before my eyes. */
export function reportNoticesSeen(): Promise<boolean> {
  return quietly(() => request("POST", "/api/notices/seen", { client_id: newId(), all: true }));
}

export function getNotices(before: string | null): Promise<NoticesAnswer> {
  return request<NoticesAnswer>("GET", `/api/notices${before === null ? "" : `?before=${encodeURIComponent(before)}`}`);
}

/** The conversations that notices are about, one after the other, so that they can be named. */
export async function ensureRows(conversations: readonly string[]): Promise<void> {
  for (const id of new Set(conversations)) if (!rowOf(id)) await ensureRow(id);
}
