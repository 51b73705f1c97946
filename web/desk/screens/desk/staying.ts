import { useRef } from "preact/hooks";
import { openId } from "../../state/route.ts";

/** The rows of a list that opening empties: the one that is open keeps its place for as long as it is. */
export function useStaying(ids: readonly string[], stays: boolean): readonly string[] {
  const open = openId.value;
  const last = useRef<{ id: string; at: number } | null>(null);
  const at = open === null ? -1 : ids.indexOf(open);
  if (open !== null && at >= 0) last.current = { id: open, at };
  if (!stays || open === null || at >= 0 || last.current?.id !== open) return ids;
  return [...ids.slice(0, last.current.at), open, ...ids.slice(last.current.at)];
}
