import { signal } from "@preact/signals";

/** What went with a customer who was just erased; null once it was read. Their own screens are gone by then. */
export const erasing = signal<{ called: string; report: Readonly<Record<string, number>> } | null>(null);
