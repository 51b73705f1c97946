import type { Item, Outbox } from "./outbox.ts";

/** What can be taken back does not leave before this moment. */
export type Holding = { due?: number };

/** How long, in ms, an item is still held. A clock that went back keeps nobody waiting. */
export function holds({ body, asked }: Item<Holding>): number {
  const now = Date.now();
  return body.due !== undefined && asked <= now ? Math.max(0, body.due - now) : 0;
}

/** Takes back what has not left. False when it is too late for that. */
export function recall<B extends Holding, A>(outbox: Outbox<B, A>, id: string): boolean {
  const item = outbox.items.find((one) => one.id === id);
  if (item?.state !== "waiting" || holds(item) === 0) return false;
  outbox.drop(id);
  outbox.wake(); // What stood behind it.
  return true;
}
