import { signal } from "@preact/signals";
import { draftOf, isEmpty } from "./drafts.ts";

export type Heading = "reply" | "note";

/** Under which heading I write, by conversation. */
const headings = signal<Readonly<Record<string, Heading>>>({});

/** As it was left; where nothing was chosen yet, a note that was begun is gone on with. */
export function headingOf(conversation: string): Heading {
  const chosen = headings.value[conversation];
  if (chosen) return chosen;
  return isEmpty(draftOf(conversation)) && !isEmpty(draftOf(noteDraft(conversation))) ? "note" : "reply";
}

export function turnTo(conversation: string, heading: Heading): void {
  headings.value = { ...headings.peek(), [conversation]: heading };
}

/** Where the field is to get the focus, once it is there. */
export const wanted = signal<string | null>(null);

export function beginWriting(conversation: string, heading: Heading): void {
  turnTo(conversation, heading);
  wanted.value = conversation;
}

// What is begun is kept under these names, beside the replies.
export const noteDraft = (conversation: string): string => `note:${conversation}`;
export const answerDraft = (note: string): string => `answer:${note}`;
/** A new wording of a note or an answer. */
export const wordingDraft = (id: string): string => `wording:${id}`;
