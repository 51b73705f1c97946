import { signal } from "@preact/signals";
import type { DeskState, SignedIn } from "../../wire/answers.ts";
import { request, WireError } from "../../wire/fetch.ts";

export type Stage =
  | { at: "starting" }
  | { at: "unreachable" }
  | { at: "setup" }
  | { at: "sign-in"; why: "first" | "ended" | "link" }
  | { at: "link"; token: string }
  | { at: "invitation"; token: string }
  | { at: "desk" };

export const stage = signal<Stage>({ at: "starting" });

/** The company's name, known before anyone signed in. */
export const company = signal<string | null>(null);

/** Looks where we stand: a link that was opened, a desk to set up, a door, or the desk itself. */
export async function begin(): Promise<void> {
  const link = takeToken();
  try {
    const desk = await request<DeskState>("GET", "/api/desk");
    company.value = desk.company?.name ?? null;
    stage.value = link ?? (!desk.set_up ? { at: "setup" } : desk.signed_in ? { at: "desk" } : { at: "sign-in", why: "first" });
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    stage.value = { at: "unreachable" };
  }
}

// A token in the address would stay in the history and in what is shared: it goes before anything else.
function takeToken(): Stage | null {
  const found = /^#(sign-in|invitation)=([\w.~-]+)$/.exec(location.hash);
  if (!found?.[2]) return null;
  history.replaceState(null, "", location.pathname + location.search);
  return { at: found[1] === "sign-in" ? "link" : "invitation", token: found[2] };
}

export function followLinks(): void {
  addEventListener("hashchange", () => {
    const link = takeToken();
    if (link) stage.value = link;
  });
}

export async function enter(path: string, body: object): Promise<void> {
  await request<SignedIn>("POST", path, body);
  stage.value = { at: "desk" };
}

/** The desk knows us no more: signed out elsewhere, disabled, or the session ran out. */
export function sessionEnded(): void {
  if (stage.peek().at === "desk") stage.value = { at: "sign-in", why: "ended" };
}

export async function signOut(): Promise<void> {
  await request("POST", "/api/sign-out", {}).catch(() => undefined);
  stage.value = { at: "sign-in", why: "first" };
}
