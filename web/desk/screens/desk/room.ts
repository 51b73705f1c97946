import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { isAnswering } from "../../state/suggesting.ts";
import { desk } from "../../state/store.ts";
import type { Row } from "../../../wire/types.ts";

const LONGEST = 800;

/** How high the last strip was: 0 while this desk has not suggested anything. */
let last = 0;

/** Keeps the room of a strip for the moment in which its answers are being found, so that they come
    without moving what is being read. Where nothing was suggested the last time, none is expected. */
export function useRoom(row: Row, there: boolean) {
  const place = useRef<HTMLDivElement>(null);
  const proposal = desk().proposals[row.id];
  const waits = row.last?.by === "customer" && !row.closed && proposal === undefined && !isAnswering(row.id);
  const [over, setOver] = useState<number | null>(null);
  useLayoutEffect(() => {
    if (there) last = place.current?.offsetHeight ?? last;
    else if (proposal) last = 0;
  });
  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(() => setOver(row.asked_position), LONGEST);
    return () => clearTimeout(timer);
  }, [waits, row.asked_position]);
  return { place, kept: waits && over !== row.asked_position ? last : 0 };
}
