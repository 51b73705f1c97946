import { signal } from "@preact/signals";
import type { Spot } from "../../parts/floating.tsx";

export type Page = "acts" | "labels" | "snooze" | "hand";

/** What is being done with a conversation, or with one message of it, in the small window for that. */
export type Acting = { id: string; message: string | null; page: Page; at: Spot; from: Element | null };

export const acting = signal<Acting | null>(null);

/** Opens it beside what asked for it; asked for twice, it closes. */
export function act(id: string, page: Page, from: Element, message: string | null = null, at: Spot = from.getBoundingClientRect()): void {
  const now = acting.peek();
  const same = now?.id === id && now.page === page && now.message === message && now.from === from;
  acting.value = same ? null : { id, message, page, at, from };
}

/** On to another page of the same window. */
export function turnTo(page: Page): void {
  const now = acting.peek();
  if (now) acting.value = { ...now, page };
}

export function leave(back: boolean): void {
  const from = acting.peek()?.from;
  acting.value = null;
  if (back && from instanceof HTMLElement) from.focus();
}
