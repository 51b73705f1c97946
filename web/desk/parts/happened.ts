import { agentById, teamById } from "../state/state.ts";
import { desk, me } from "../state/store.ts";
import type { Happening } from "../../wire/types.ts";
import { words } from "../words.ts";
import { shortName } from "./names.ts";

// Null is me.
function called(agent: string | null): string | null {
  return agent === me.value.id ? null : shortName(agentById(desk(), agent)?.name ?? words.somebody);
}

/** What happened, in words: who did what. */
export function sentence({ what, agent_id, other_id }: Happening, customer: string): string {
  const who = called(agent_id);
  const team = teamById(desk(), other_id)?.name ?? words.talk.someTeam;
  switch (what) {
    case "taken": return words.talk.took(who);
    case "released": return words.talk.released(who);
    case "closed": return words.talk.closedBy(who);
    case "reopened": return agent_id === null ? words.talk.wroteAgain(customer) : words.talk.reopenedBy(who);
    case "continued_in": return words.talk.continuedIn(who);
    case "continued_from": return words.talk.continuedFrom;
    case "handed_over": return words.talk.handedOver(who, called(other_id));
    case "handed_to_team": return words.talk.handedToTeam(who, team);
    case "put_back": return words.talk.putBack(who);
    case "taken_over": return words.talk.takenOver(who, called(other_id));
    case "team_retired": return words.talk.teamRetired(team);
  }
}
