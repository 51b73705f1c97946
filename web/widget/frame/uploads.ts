// Files that are attached and not yet sent. They go up at once, so that sending is quick.

import type { FileAnswer } from "../../wire/answers.ts";
import type { WireError } from "../../wire/errors.ts";
import { upload } from "../../wire/fetch.ts";
import { newId } from "../../wire/ids.ts";
import type { File as Kept } from "../../wire/types.ts";
import { show } from "./pictures.ts";
import { token } from "./token.ts";
import { signal } from "./view/signals.ts";
import { words } from "./speech.ts";

const LARGEST = 20 * 1024 * 1024;

export type Upload = {
  id: string;
  /** The conversation it was attached in. */
  key: string;
  file: File;
  part: number;
  kept: Kept | null;
  problem: string;
  /** The same file may be accepted later. */
  passing: boolean;
};

export const uploads = signal<readonly Upload[]>([]);
const stops = new Map<string, AbortController>();

export const attached = (key: string): Upload[] => uploads.value.filter((one) => one.key === key);

export function attach(key: string, files: Iterable<File>): void {
  for (const file of files) {
    const problem = file.size > LARGEST ? words.tooLarge : file.size ? "" : words.empty;
    const one = { id: newId(), key, file, part: 0, kept: null, problem, passing: false };
    uploads.value = [...uploads.value, one];
    if (!problem) void go(one);
  }
}

export function again(one: Upload): void {
  change(one.id, { problem: "", part: 0 });
  void go(one);
}

export function detach(id: string): void {
  stops.get(id)?.abort();
  uploads.value = uploads.value.filter((one) => one.id !== id);
}

async function go({ id, file }: Upload): Promise<void> {
  const stop = new AbortController();
  stops.set(id, stop);
  try {
    const options = { token: token(), signal: stop.signal };
    const answer = await upload<FileAnswer>("/widget/api/files", file, id, (part) => change(id, { part }), options);
    if (answer.file.width) show(answer.file.id, file);
    change(id, { kept: answer.file, part: 1 });
  } catch (cause) {
    const error = cause as WireError;
    change(id, { problem: error.kind === "away" ? words.uploadAway : error.message, passing: error.passing });
  }
}

function change(id: string, how: Partial<Upload>): void {
  uploads.value = uploads.value.map((one) => (one.id === id ? { ...one, ...how } : one));
}
