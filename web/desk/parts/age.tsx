import { now } from "../state/clock.ts";
import { age, clock, exactly } from "./ages.ts";

export function Age({ at }: { at: number }) {
  return <time dateTime={new Date(at).toISOString()} title={exactly(at)}>{age(at, now.value)}</time>;
}

export function Clock({ at }: { at: number }) {
  return <time dateTime={new Date(at).toISOString()} title={exactly(at)}>{clock(at)}</time>;
}
