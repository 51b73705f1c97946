import { now } from "../state/clock.ts";
import { age, clock, exactly } from "./ages.ts";

/** Whoever was imported was never seen: 0 is no moment. */
export function Age({ at }: { at: number }) {
  if (at === 0) return <span aria-hidden="true">–</span>;
  return <time dateTime={new Date(at).toISOString()} title={exactly(at)}>{age(at, now.value)}</time>;
}

export function Clock({ at }: { at: number }) {
  return <time dateTime={new Date(at).toISOString()} title={exactly(at)}>{clock(at)}</time>;
}
