import { signal } from "@preact/signals";
import type { Fact } from "../../wire/facts.ts";
import { keysWith, storage } from "../../wire/storage.ts";
import type { File } from "../../wire/types.ts";
import { type Chosen, standing } from "../parts/mentions.ts";
import { state } from "./store.ts";

/** `suggestion`: which one it was begun from, so that sending tells what became of it. `mentions`: whom the
    names in a note mean. */
export type Draft = { text: string; files: File[]; suggestion?: string | undefined; mentions?: readonly Chosen[] | undefined };

const EMPTY: Draft = { text: "", files: [] };
const kept = storage();

/** What I began to write, by conversation; notes and answers to them by names of their own (noting.ts). It outlives reload, signing out and a failed sending. */
export const drafts = signal<Readonly<Record<string, Draft>>>({});

/** Who took a conversation while I was writing in it. */
export const takenBy = signal<Readonly<Record<string, string>>>({});

/** Typing tells the text field nothing new; a draft put back does. */
export const putBack = signal(0);

let prefix = "";

export function openDrafts(agentId: string): void {
  prefix = `frontdesk:${agentId}:draft:`;
  drafts.value = Object.fromEntries(keysWith(prefix, kept).map((key) => [key.slice(prefix.length), read(key)]));
  takenBy.value = {};
}

function read(key: string): Draft {
  try {
    const { text = "", files = [], suggestion, mentions } = JSON.parse(kept.getItem(key) ?? "") as Partial<Draft>;
    return { text, files, suggestion, ...(mentions && { mentions: standing(text, mentions) }) };
  } catch {
    return EMPTY;
  }
}

/** Another tab wrote or sent a draft. */
export function followOtherTabs(): void {
  addEventListener("storage", ({ key }) => {
    if (!key || !prefix || !key.startsWith(prefix)) return;
    hold(key.slice(prefix.length), read(key));
    putBack.value += 1;
  });
}

export function draftOf(id: string): Draft {
  return drafts.value[id] ?? EMPTY;
}

export function isEmpty({ text, files }: Draft): boolean {
  return text.trim() === "" && files.length === 0;
}

export function keepDraft(id: string, changes: Partial<Draft>): void {
  const draft = begun({ ...(drafts.peek()[id] ?? EMPTY), ...changes });
  hold(id, draft);
  try {
    if (isEmpty(draft)) kept.removeItem(prefix + id);
    else kept.setItem(prefix + id, JSON.stringify(draft));
  } catch {
    // No room left: the draft lives as long as this page does.
  }
}

// Who deletes every word of a suggestion begins anew.
function begun(draft: Draft): Draft {
  return draft.text.trim() === "" ? { ...draft, suggestion: undefined } : draft;
}

function hold(id: string, draft: Draft): void {
  const { [id]: _, ...others } = drafts.peek();
  drafts.value = isEmpty(draft) && draft.text === "" ? others : { ...others, [id]: draft };
}

export function discardDraft(id: string): void {
  keepDraft(id, EMPTY);
  forgetTaken(id);
  putBack.value += 1;
}

/** A message that was not accepted becomes a draft again, before what was written since. */
export function restoreDraft(id: string, message: Draft): void {
  const now = drafts.peek()[id] ?? EMPTY;
  const text = [message.text, now.text].filter((part) => part.trim() !== "").join("\n\n");
  const by = text.length - now.text.length;
  const mentions = [...(message.mentions ?? []), ...(now.mentions ?? []).map((one) => ({ ...one, at: one.at + by }))];
  keepDraft(id, { text, files: [...message.files, ...now.files], suggestion: message.suggestion ?? now.suggestion, mentions });
  putBack.value += 1;
}

/** A suggestion to be read or changed before it is sent. */
export function beginFrom(id: string, suggestion: string, text: string, how: "replace" | "below"): void {
  const now = drafts.peek()[id] ?? EMPTY;
  const whole = how === "below" && now.text.trim() !== "" ? `${now.text.trimEnd()}\n\n${text}` : text;
  keepDraft(id, { text: whole, suggestion });
  putBack.value += 1;
}

export function setTaken(id: string, owner: string): void {
  takenBy.value = { ...takenBy.peek(), [id]: owner };
}

export function forgetTaken(id: string): void {
  const { [id]: _, ...others } = takenBy.peek();
  takenBy.value = others;
}

/** Said at once when a colleague takes what I am writing in. */
export function noteTaken(fact: Fact): void {
  if (fact.kind !== "ConversationTaken") return;
  const { id, owner_id } = fact.data.conversation;
  if (owner_id === null || owner_id === state.peek()?.me.id) forgetTaken(id);
  else if (!isEmpty(drafts.peek()[id] ?? EMPTY)) setTaken(id, owner_id);
}
