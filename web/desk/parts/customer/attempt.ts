import { WireError } from "../../../wire/fetch.ts";
import { toast } from "../../state/toasts.ts";
import { words as all } from "../../words.ts";

/** Does it, and tells why where it could not be done. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    toast({ text: cause.kind === "away" ? all.faults.away : cause.message });
    return null;
  }
}
