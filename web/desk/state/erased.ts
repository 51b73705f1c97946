import type { OpenGone } from "../../wire/types.ts";
import { counted } from "./labels.ts";
import { withCount } from "./counts.ts";
import type { List, State } from "./state.ts";

/** Conversations that are erased: nothing of them is held any more. */
export function withoutConversations(state: State, ids: readonly string[], open: readonly OpenGone[] = []): State {
  const gone = new Set(ids);
  const noted = new Set(ids.flatMap((id) => (state.timelines[id] ?? []).flatMap((item) => ("mentions" in item ? [item.id] : []))));
  const { answers } = state.knowledge;
  return {
    ...uncounted(state, open),
    conversations: without(state.conversations, gone),
    timelines: without(state.timelines, gone),
    older: without(state.older, gone),
    labelled: without(state.labelled, gone),
    proposals: without(state.proposals, gone),
    threads: without(state.threads, noted),
    thread_read: without(state.thread_read, noted),
    lists: Object.fromEntries(Object.entries(state.lists).map(([key, list]) => [key, listWithout(list, gone)])),
    notices: { ...state.notices, items: state.notices.items.filter((one) => !gone.has(one.conversation_id)) },
    knowledge: { ...state.knowledge, answers: answers?.filter((one) => !gone.has(one.conversation_id ?? "")) ?? null },
  };
}

function uncounted(state: State, open: readonly OpenGone[]): State {
  const counts = open.reduce((now, one) => {
    const placed = withCount(now, state.me.id, { ...one, closed: false }, -1);
    return { ...placed, labels: one.labels.reduce((labels, id) => counted(labels, id, -1), placed.labels) };
  }, state.counts);
  return { ...state, counts };
}

function without<One>(held: Readonly<Record<string, One>>, gone: ReadonlySet<string>): Record<string, One> {
  return Object.fromEntries(Object.entries(held).filter(([id]) => !gone.has(id)));
}

function listWithout(list: List, gone: ReadonlySet<string>): List {
  return list.ids.some((id) => gone.has(id)) ? { ...list, ids: list.ids.filter((id) => !gone.has(id)) } : list;
}
