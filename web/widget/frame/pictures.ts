// Pictures and files come with the token, so they are fetched and shown from memory.

import { requestBlob } from "../../wire/fetch.ts";
import type { File as Kept } from "../../wire/types.ts";
import { announced } from "./store.ts";
import { token } from "./token.ts";
import { signal } from "./view/signals.ts";
import { words } from "./speech.ts";

/** File id to the address of its bytes in memory; empty while they are on their way. */
export const shown = signal<Readonly<Record<string, string>>>({});

export function show(id: string, bytes: Blob): void {
  shown.value = { ...shown.value, [id]: URL.createObjectURL(bytes) };
}

export function fetchPicture(id: string): void {
  if (shown.value[id] !== undefined) return;
  shown.value = { ...shown.value, [id]: "" };
  fetchBytes(id).then((bytes) => show(id, bytes), () => setTimeout(() => forget(id), 5000));
}

function forget(id: string): void {
  const { [id]: _, ...others } = shown.value;
  shown.value = others;
}

const fetchBytes = (id: string): Promise<Blob> => requestBlob(`/widget/api/files/${id}`, { token: token(), timeout: 60_000 });

/** Hands the file to the browser's downloads under its own name. */
export async function download({ id, name }: Kept): Promise<void> {
  try {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await fetchBytes(id));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  } catch {
    announced.value = words.cannotOpen;
  }
}
