import type { Notice, ThreadAnswer, TimelineItem } from "../../wire/types.ts";
import { isNote } from "../../wire/types.ts";
import type { State } from "./state.ts";

const NEWEST = 30;

/** Timelines that nobody opened stay unknown. */
export function withItem(state: State, item: TimelineItem): State {
  const items = state.timelines[item.conversation_id];
  if (!items || isBeyond(state, item, items[0])) return state;
  return { ...state, timelines: { ...state.timelines, [item.conversation_id]: inserted(items, item) } };
}

// What changes further back than is held comes with its page: an item alone there would look like the
// beginning of what is held.
function isBeyond(state: State, item: TimelineItem, first: TimelineItem | undefined): boolean {
  return (state.older[item.conversation_id] ?? false) && before(item, first);
}

// Messages and happenings are known by their position, and the same one twice is one. Notes are known by
// their id, and the newer words replace the older.
function inserted(items: readonly TimelineItem[], item: TimelineItem): readonly TimelineItem[] {
  const rest = isNote(item) ? items.filter((one) => !isNote(one) || one.id !== item.id) : items;
  let at = rest.length;
  while (at > 0 && before(item, rest[at - 1])) at -= 1;
  const last = rest[at - 1];
  if (last && !isNote(item) && !before(last, item)) return items;
  return [...rest.slice(0, at), item, ...rest.slice(at)];
}

function before(a: TimelineItem, b: TimelineItem | undefined): boolean {
  return b !== undefined && inOrder(a, b) < 0;
}

/** Notes stand under the item of their position, in the order in which they were written. */
export function inOrder(a: TimelineItem, b: TimelineItem): number {
  if (a.position !== b.position) return a.position - b.position;
  if (!isNote(a) || !isNote(b)) return Number(isNote(a)) - Number(isNote(b));
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** One list of two; what is in both is taken from the second. */
export function joined(have: readonly TimelineItem[], fresh: readonly TimelineItem[]): TimelineItem[] {
  const byKey = new Map([...have, ...fresh].map((item) => [keyOf(item), item]));
  return [...byKey.values()].sort(inOrder);
}

/** Unlike any other of its conversation's. */
export function keyOf(item: TimelineItem): string {
  return isNote(item) ? item.id : String(item.position);
}

/** Threads that nobody opened stay unknown; their count is on the note. */
export function withAnswer(state: State, answer: ThreadAnswer): State {
  const answers = state.threads[answer.note_id];
  if (!answers) return answer.place === 1 ? withThread(state, answer.note_id, [answer]) : state;
  const rest = answers.filter((one) => one.id !== answer.id);
  return withThread(state, answer.note_id, [...rest, answer].sort((a, b) => a.place - b.place));
}

export function withThread(state: State, note: string, answers: readonly ThreadAnswer[]): State {
  return { ...state, threads: { ...state.threads, [note]: answers } };
}

export function withThreadRead(state: State, note: string, place: number): State {
  if ((state.thread_read[note] ?? 0) >= place) return state;
  return { ...state, thread_read: { ...state.thread_read, [note]: place } };
}

/** Newest first. */
export function noticed(state: State, notice: Notice, unseen: number): State {
  const others = state.notices.items.filter(({ id }) => id !== notice.id);
  const items = [notice, ...others].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  return { ...state, notices: { unseen, items: items.slice(0, NEWEST) } };
}

export function noticesSeen(state: State, ids: readonly string[] | null, unseen: number): State {
  const items = state.notices.items.map((one) => (ids === null || ids.includes(one.id) ? { ...one, seen: true } : one));
  return { ...state, notices: { unseen, items } };
}
