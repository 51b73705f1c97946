import type { LabelAnswer, ReadyAnswer, RowAnswer } from "../../wire/answers.ts";
import { request } from "../../wire/fetch.ts";
import type { Label, ReadyReply } from "../../wire/types.ts";
import { attempted } from "./attempting.ts";
import { command } from "./commands.ts";
import { quietly } from "./fetching.ts";
import { withLabelled } from "./merge.ts";
import { withOne } from "./state.ts";
import { change, desk, withFacts } from "./store.ts";

// What is done with a click and needs no form: the fact that follows shows it, and a refusal is told.

function of(id: string): string {
  return `/api/conversations/${encodeURIComponent(id)}`;
}

export function putLabel(id: string, message: string | null, label: string, on: boolean): Promise<boolean> {
  return attempted(() => command(`${of(id)}/labels`, { label_id: label, message_id: message, on }));
}

export function putStar(id: string, on: boolean): Promise<boolean> {
  return attempted(() => command(`${of(id)}/star`, { on }));
}

/** Until a moment, or null: back now. */
export function putToSleep(id: string, until: number | null): Promise<boolean> {
  return attempted(() => command(`${of(id)}/snooze`, { until }));
}

/** What wears which label, of a conversation that may not be open. */
export async function ensureLabelled(id: string): Promise<void> {
  if (desk().labelled[id]) return;
  await quietly(async () => {
    const { answer, facts } = await withFacts(() => request<RowAnswer>("GET", of(id)));
    change((before) => withLabelled(before, answer, facts));
  });
}

export async function addLabel(name: string, colour: string, own: boolean): Promise<Label> {
  return takeLabel(await command<LabelAnswer>("/api/labels", { name, colour, own }));
}

export async function changeLabel(id: string, looks: { name: string; colour: string }): Promise<Label> {
  return takeLabel(await command<LabelAnswer>(`/api/labels/${encodeURIComponent(id)}`, looks));
}

export function retireLabel({ id }: Label): Promise<boolean> {
  return attempted(async () => takeLabel(await command<LabelAnswer>(`/api/labels/${encodeURIComponent(id)}/retire`)));
}

export async function mergeLabel(id: string, into: string): Promise<void> {
  await command(`/api/labels/${encodeURIComponent(id)}/merge`, { into });
}

function takeLabel({ label }: LabelAnswer): Label {
  change((before) => ({ ...before, labels: withOne(before.labels, label) }));
  return label;
}

export async function addReady(name: string, text: string, own: boolean): Promise<ReadyReply> {
  return takeReady(await command<ReadyAnswer>("/api/ready", { name, text, own }));
}

export async function changeReady(id: string, name: string, text: string): Promise<ReadyReply> {
  return takeReady(await command<ReadyAnswer>(`/api/ready/${encodeURIComponent(id)}`, { name, text }));
}

export function removeReady({ id }: ReadyReply): Promise<boolean> {
  return attempted(async () => {
    await command(`/api/ready/${encodeURIComponent(id)}/remove`);
    change((before) => ({ ...before, ready: before.ready.filter((one) => one.id !== id) }));
  });
}

function takeReady({ ready }: ReadyAnswer): ReadyReply {
  change((before) => ({ ...before, ready: withOne(before.ready, ready) }));
  return ready;
}
