import type { Counts } from "../../wire/types.ts";
import { counted } from "./labels.ts";

type Counted = { owner_id: string | null; closed: boolean; team_id: string | null; snoozed: boolean } | null;

/** One more, or one less, where it is counted for me. */
export function withCount(counts: Counts, me: string, one: Counted, by: number): Counts {
  if (!one || one.closed) return counts;
  if (one.owner_id === me) return one.snoozed ? { ...counts, snoozed: counts.snoozed + by } : { ...counts, mine: counts.mine + by };
  if (one.owner_id !== null) return counts;
  return { ...counts, unassigned: counts.unassigned + by, teams: one.team_id === null ? counts.teams : counted(counts.teams, one.team_id, by) };
}
