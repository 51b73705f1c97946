import { WireError } from "../../wire/fetch.ts";
import { words } from "../words.ts";
import { toast } from "./toasts.ts";

/** Why the desk did not do it, in words for whoever asked. */
export function refusal(cause: WireError): string {
  return cause.kind === "away" ? words.faults.away : cause.message;
}

/** Does it, and tells why where it could not be done; null then. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    toast({ text: refusal(cause) });
    return null;
  }
}

/** The same where only that matters. */
export async function attempted(work: () => Promise<unknown>): Promise<boolean> {
  return await attempt(async () => { await work(); return true; }) ?? false;
}
