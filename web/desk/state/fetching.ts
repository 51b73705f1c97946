import { signal } from "@preact/signals";
import type { RowAnswer, RowsAnswer, StateAnswer, TimelineAnswer } from "../../wire/answers.ts";
import type { ProposalAnswer } from "../../wire/knowing.ts";
import { newId, request, WireError } from "../../wire/fetch.ts";
import { listKey } from "./lists.ts";
import { withListPage, withProposal, withRows, withTimeline } from "./merge.ts";
import { type Listed, listed, openId } from "./route.ts";
import { withMark } from "./rows.ts";
import { sessionEnded } from "./session.ts";
import { type Filters, fromSnapshot, orderOf, type Place, type State } from "./state.ts";
import { change, desk, listOf, rowOf, state, withFacts } from "./store.ts";

const PAGE = 50;

/** Fetches under way or failed, by what they fetch. */
export const fetches = signal<Readonly<Record<string, "busy" | "failed" | "missing">>>({});

/** One fetch of a kind at a time; what went wrong stands until it is tried again. */
export async function once(key: string, work: () => Promise<void>): Promise<void> {
  if (fetches.peek()[key] === "busy") return;
  fetches.value = { ...fetches.peek(), [key]: "busy" };
  const outcome = await work().then(() => null, wrong);
  const { [key]: _, ...others } = fetches.peek();
  fetches.value = outcome ? { ...others, [key]: outcome } : others;
}

function wrong(cause: unknown): "failed" | "missing" {
  if (!(cause instanceof WireError)) throw cause;
  if (cause.kind === "unknown") sessionEnded();
  return cause.kind === "missing" ? "missing" : "failed";
}

/** Tells the desk something; true when it heard. What it did not hear is told again at the next occasion. */
export async function quietly(work: () => Promise<unknown>): Promise<boolean> {
  return work().then(() => true, (cause: unknown) => {
    wrong(cause);
    return false;
  });
}

export function listFetch(place: Place, closed: boolean, filters: Filters = {}): string {
  return `list:${listKey(place, closed, orderOf(desk().me, place), filters)}`;
}

/** The first page, when there is none yet. */
export function ensureList(place: Place, closed: boolean, filters: Filters = {}): Promise<void> {
  return listOf(place, closed, filters) ? Promise.resolve() : pageOf(place, closed, filters, null);
}

export function moreOf(place: Place, closed: boolean, filters: Filters = {}): Promise<void> {
  const next = listOf(place, closed, filters)?.next;
  return next ? pageOf(place, closed, filters, next) : Promise.resolve();
}

function pageOf(place: Place, closed: boolean, filters: Filters, after: string | null): Promise<void> {
  const order = orderOf(desk().me, place);
  return once(listFetch(place, closed, filters), async () => {
    const { answer, facts } = await withFacts(() => getPage({ place, closed, ...filters }, order, after));
    change((before) => withListPage(before, { place, closed, order, filters }, answer, facts));
  });
}

function getPage({ closed, ...where }: Listed, order: string, after: string | null): Promise<RowsAnswer> {
  const query = new URLSearchParams({ ...where, closed: String(closed), order, limit: String(PAGE) });
  if (after) query.set("after", after);
  return request<RowsAnswer>("GET", `/api/conversations?${query}`);
}

export async function ensureConversation(id: string): Promise<void> {
  const { timelines, proposals } = desk();
  await Promise.all([rowOf(id) ? null : ensureRow(id), timelines[id] ? null : loadTimeline(id), proposals[id] ? null : loadProposal(id)]);
}

/** What is suggested; when it cannot be had, nothing is. */
function loadProposal(id: string): Promise<void> {
  return once(`proposal:${id}`, async () => {
    const { answer, facts } = await withFacts(() => getProposal(id));
    change((before) => withProposal(before, answer, facts));
  });
}

function getProposal(id: string): Promise<ProposalAnswer> {
  return request<ProposalAnswer>("GET", `${path(id)}/suggestions`);
}

export function ensureRow(id: string): Promise<void> {
  return once(`row:${id}`, async () => {
    const { answer, facts } = await withFacts(() => getRow(id));
    change((before) => withRows(before, [answer.conversation], facts));
  });
}

function loadTimeline(id: string): Promise<void> {
  return once(`timeline:${id}`, async () => {
    const { answer, facts } = await withFacts(() => getTimeline(id, null));
    change((before) => withTimeline(before, id, answer, facts, answer.more));
  });
}

export function loadOlder(id: string): Promise<void> {
  const first = desk().timelines[id]?.[0];
  if (!first || !desk().older[id]) return Promise.resolve();
  return once(`older:${id}`, async () => {
    const answer = await getTimeline(id, first.position);
    change((before) => withTimeline(before, id, answer, [], answer.more));
  });
}

function path(id: string): string {
  return `/api/conversations/${encodeURIComponent(id)}`;
}

function getRow(id: string): Promise<RowAnswer> {
  return request<RowAnswer>("GET", path(id));
}

function getTimeline(id: string, before: number | null): Promise<TimelineAnswer> {
  return request<TimelineAnswer>("GET", `${path(id)}/timeline${before === null ? "" : `?before=${before}`}`);
}

const shown = new Set<string>();

/** Tells the desk which suggestions were really on the screen, once. */
export async function reportShown(id: string, suggestions: readonly string[]): Promise<void> {
  const ids = suggestions.filter((one) => !shown.has(one));
  if (ids.length === 0) return;
  ids.forEach((one) => shown.add(one));
  try {
    await request("POST", `${path(id)}/suggestions/seen`, { client_id: newId(), ids });
  } catch (cause) {
    wrong(cause);
    ids.forEach((one) => shown.delete(one));
  }
}

const reported = new Map<string, number>();

/** Tells the desk how far I have read. What it did not hear is told again at the next occasion. */
export async function reportRead(id: string, position: number): Promise<void> {
  if ((reported.get(id) ?? 0) >= position) return;
  reported.set(id, position);
  try {
    await request("POST", `${path(id)}/read`, { client_id: newId(), position });
    change((before) => withMark(before, id, "read_position", position));
  } catch (cause) {
    reported.delete(id);
    wrong(cause);
  }
}

/** Everything the screen needs, fetched anew beside what is shown, so that nothing blinks. What was
    fetched later than the state may be newer; the facts after the state's number even that out. */
export async function freshState(): Promise<State> {
  const answer = await request<StateAnswer>("GET", "/api/state");
  let next = fromSnapshot({ ...answer, conversations: {}, timelines: {} });
  for (const wanted of neededLists()) {
    const { place, closed, ...filters } = wanted;
    const order = orderOf(next.me, place);
    next = withListPage(next, { place, closed, order, filters }, await getPage(wanted, order, null), []);
  }
  const id = openId.peek();
  return id && state.peek()?.timelines[id] ? freshConversation(next, id) : next;
}

function neededLists(): Listed[] {
  const always: Listed[] = [{ place: "mine", closed: false }, { place: "unassigned", closed: false }];
  const open = listed.peek();
  const { place, closed, ...filters } = open;
  const isThere = !closed && (place === "mine" || place === "unassigned") && Object.keys(filters).length === 0;
  return isThere ? always : [open, ...always];
}

async function freshConversation(next: State, id: string): Promise<State> {
  const [row, timeline, proposal] = await Promise.all([getRow(id), getTimeline(id, null), getProposal(id).catch(() => null)]);
  const whole = withTimeline(withRows(next, [row.conversation], []), id, timeline, [], timeline.more);
  return proposal ? withProposal(whole, proposal, []) : whole;
}
