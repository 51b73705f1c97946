import { signal } from "@preact/signals";
import type { FileAnswer } from "../../wire/answers.ts";
import { newId, upload, WireError } from "../../wire/fetch.ts";
import { words } from "../words.ts";
import { draftOf, keepDraft } from "./drafts.ts";

/** A file on its way to the desk. When it is there it joins the draft. */
export type Upload = {
  id: string;
  conversation: string;
  file: globalThis.File;
  part: number;
  problem: string | null;
  stop: AbortController;
};

export const MOST_FILES = 10;
const LARGEST = 20 * 1024 * 1024;

export const uploads = signal<readonly Upload[]>([]);

export function uploadsIn(id: string): Upload[] {
  return uploads.value.filter((one) => one.conversation === id);
}

export function attach(conversation: string, files: Iterable<globalThis.File>): void {
  for (const file of files) {
    const problem = whyNot(conversation, file);
    const one: Upload = { id: newId(), conversation, file, part: 0, problem, stop: new AbortController() };
    uploads.value = [...uploads.peek(), one];
    if (!problem) queue(one);
  }
}

function whyNot(conversation: string, file: globalThis.File): string | null {
  const under = uploadsIn(conversation).filter((one) => !one.problem).length;
  if (draftOf(conversation).files.length + under >= MOST_FILES) return words.files.tooMany(MOST_FILES);
  if (file.size > LARGEST) return words.files.tooLarge(LARGEST);
  return file.size === 0 ? words.files.empty : null;
}

export function again(id: string): void {
  const one = uploads.peek().find((upload) => upload.id === id);
  if (!one) return;
  update(id, { problem: null, part: 0 });
  queue(one);
}

export function forgetUpload(id: string): void {
  uploads.peek().find((one) => one.id === id)?.stop.abort();
  uploads.value = uploads.peek().filter((one) => one.id !== id);
}

let last: Promise<void> = Promise.resolve();

// One after the other, so that they stand in the message as they were chosen.
function queue(one: Upload): void {
  last = last.then(() => (uploads.peek().some(({ id }) => id === one.id) ? start(one) : undefined));
}

async function start({ id, conversation, file, stop }: Upload): Promise<void> {
  const progress = (part: number) => update(id, { part });
  try {
    const answer = await upload<FileAnswer>("/api/files", file, id, progress, { signal: stop.signal });
    if (!uploads.peek().some((one) => one.id === id)) return;
    forgetUpload(id);
    keepDraft(conversation, { files: [...draftOf(conversation).files, answer.file] });
  } catch (cause) {
    update(id, { problem: cause instanceof WireError ? problemOf(cause) : words.failed });
  }
}

function problemOf(error: WireError): string {
  return error.kind === "away" ? words.files.away : error.message;
}

function update(id: string, changes: Partial<Upload>): void {
  uploads.value = uploads.peek().map((one) => (one.id === id ? { ...one, ...changes } : one));
}
