import type { SignedIn } from "../../wire/answers.ts";
import { newId, request, upload, WireError } from "../../wire/fetch.ts";
import type { Company, Order, Preferences } from "../../wire/types.ts";
import { words } from "../words.ts";
import { withMe } from "./apply.ts";
import { ensureList } from "./fetching.ts";
import { sessionEnded } from "./session.ts";
import type { Filters, Place } from "./state.ts";
import { change, desk } from "./store.ts";
import { toast } from "./toasts.ts";

/** A command whose outcome the caller shows. */
export async function command<T>(path: string, body: object = {}): Promise<T> {
  try {
    return await request<T>("POST", path, { client_id: newId(), ...body });
  } catch (cause) {
    if (cause instanceof WireError && cause.kind === "unknown") sessionEnded();
    throw cause;
  }
}

export async function saveProfile(changes: { name?: string; preferences?: Partial<Preferences> }): Promise<void> {
  const { me } = await command<SignedIn>("/api/me/profile", changes);
  change((before) => withMe(before, me));
}

/** A choice that holds at once; when the desk refuses, it goes back and says so. */
export async function choose(preferences: Partial<Preferences>): Promise<void> {
  const before = desk().me;
  change((now) => withMe(now, { ...now.me, preferences: { ...now.me.preferences, ...preferences } }));
  try {
    await saveProfile({ preferences });
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    change((now) => withMe(now, { ...now.me, preferences: before.preferences }));
    toast({ text: words.notSaved(cause.kind === "away" ? words.away.short : cause.message) });
  }
}

/** Unassigned has an order of its own; the other lists go by my inbox's. */
export async function chooseOrder(place: Place, closed: boolean, order: Order, filters: Filters = {}): Promise<void> {
  const which = place === "unassigned" ? "unassigned" : "mine";
  const saved = choose({ order: { ...desk().me.preferences.order, [which]: order } });
  await Promise.all([saved, ensureList(place, closed, filters)]);
}

export async function savePicture(file: globalThis.File): Promise<void> {
  const { me } = await upload<SignedIn>("/api/me/picture", file, newId(), () => undefined);
  change((before) => withMe(before, me));
}

export async function removePicture(): Promise<void> {
  const { me } = await command<SignedIn>("/api/me/picture/remove");
  change((before) => withMe(before, me));
}

export async function saveCompany(changes: Partial<Company>): Promise<void> {
  const { company } = await command<{ company: Company }>("/api/settings", changes);
  change((before) => ({ ...before, company }));
}
