// The site vouches for its visitor, and the visitor gets a new token for it.

import type { Identified } from "../../wire/answers.ts";
import type { WireError } from "../../wire/errors.ts";
import { request } from "../../wire/fetch.ts";
import { newId, randomText } from "../../wire/ids.ts";
import { drop, greetAgain } from "./desk.ts";
import { items, open } from "./store.ts";
import { become, keep, recall, token, wipe } from "./token.ts";

/** Kept until answered: when the answer is lost, only the same question leads to the new token. */
type Question = { client_id: string; identity: string; next: string; who: string; old: string };

let asking = false;

export function identify(identity: string): void {
  const who = whoIn(identity);
  if (!who || who === recall("proven")) return;
  keep("identify", JSON.stringify({ client_id: newId(), identity, next: randomText(32), who, old: token() } satisfies Question));
  resume();
}

/** Asks what is still unanswered, once nothing waits to be sent: words leave under the name they were written in. */
export function resume(): void {
  if (asking || !recall("identify") || items.value.some((item) => item.state !== "failed")) return;
  asking = true;
  void ask().finally(() => { asking = false; });
}

async function ask(): Promise<void> {
  const question = JSON.parse(recall("identify") || "null") as Question | null;
  if (!question) return;
  const { who, old, ...body } = question;
  try {
    await request<Identified>("POST", "/widget/api/identify", body, { token: old });
    proven(who, body.next);
  } catch (cause) {
    if (!(cause as WireError).passing) keep("identify", "");
    else await new Promise((resolve) => setTimeout(resolve, 5000));
  }
}

function proven(who: string, next: string): void {
  const before = recall("proven");
  if (before && before.split("\n")[0] !== who.split("\n")[0]) leave();
  keep("identify", "");
  keep("proven", who);
  become(next);
  void greetAgain();
}

/** Forgets this visitor: on a shared machine the next person sees nothing of them. */
export function forget(): void {
  leave();
  void greetAgain();
}

function leave(): void {
  for (const item of items.value) drop(item.id);
  open(null);
  wipe();
}

// Read without proof, only to see whether this is the same person as before; the desk does the proving.
function whoIn(identity: string): string | null {
  try {
    const claims = JSON.parse(atob((identity.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/"))) as Record<string, unknown>;
    return typeof claims.sub === "string" ? `${claims.sub}\n${typeof claims.name === "string" ? claims.name : ""}` : null;
  } catch {
    return null;
  }
}
