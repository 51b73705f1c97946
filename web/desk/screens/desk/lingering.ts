import { useEffect, useRef, useState } from "preact/hooks";
import type { Suggestion } from "../../../wire/knowing.ts";
import { isStill } from "../../state/device.ts";

const FADES = 160;

/** Those that go stay for the moment in which they fade, in their places; `atOnce`: the whole strip leaves. */
export function useLingering(offers: readonly Suggestion[], atOnce: boolean): readonly Suggestion[] {
  const shown = useRef<readonly Suggestion[]>(offers);
  const [, again] = useState(0);
  const gone = shown.current.filter((one) => !offers.includes(one));
  const replaced = gone.length > 0 && offers.length > 0 && !offers.some((one) => shown.current.includes(one));
  if (gone.length === 0 || atOnce || replaced || isStill()) shown.current = offers;
  else if (offers.some((one) => !shown.current.includes(one))) shown.current = offers;
  const going = shown.current.length > offers.length;
  useEffect(() => {
    if (!going) return;
    const timer = setTimeout(() => {
      shown.current = offers;
      again((times) => times + 1);
    }, FADES);
    return () => clearTimeout(timer);
  }, [going, offers.length]);
  return shown.current;
}
