import { signal } from "@preact/signals";

export type Toast = { text: string; action?: { label: string; run: () => void } };

/** One quiet line at a time, for five seconds. */
export const toasted = signal<(Toast & { id: number }) | null>(null);

const STAYS = 5000;

let timer: ReturnType<typeof setTimeout> | undefined;
let count = 0;

export function toast(one: Toast): void {
  clearTimeout(timer);
  toasted.value = { ...one, id: (count += 1) };
  timer = setTimeout(dismiss, STAYS);
}

export function dismiss(): void {
  clearTimeout(timer);
  toasted.value = null;
}
