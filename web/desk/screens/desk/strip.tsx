import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../parts/icon.tsx";
import { shortName } from "../../parts/names.ts";
import { discardDraft, draftOf, isEmpty, takenBy } from "../../state/drafts.ts";
import { agentById } from "../../state/state.ts";
import { desk, me } from "../../state/store.ts";
import { choosing, put } from "../../state/suggesting.ts";
import type { Suggestion } from "../../../wire/knowing.ts";
import type { Row } from "../../../wire/types.ts";
import { words } from "../../words.ts";

/** What sending means here, said before it happens. */
export type Standing = { is: "mine" | "theirs" | "taken"; owner: string; asNew: boolean; button: string };

export function useStanding(row: Row): Standing {
  const winner = takenBy.value[row.id];
  const ownerId = row.owner_id ?? winner ?? null;
  if (ownerId === null || ownerId === me.value.id) return { is: "mine", owner: "", asNew: false, button: words.write.send };
  const agent = agentById(desk(), ownerId);
  const owner = agent ? shortName(agent.name) : words.somebody;
  if (winner && !isEmpty(draftOf(row.id))) return { is: "taken", owner, asNew: true, button: words.write.sendAsNew };
  return { is: "theirs", owner, asNew: true, button: words.write.startAndSend };
}

export function Strip({ row, standing: { is, owner } }: { row: Row; standing: Standing }) {
  if (choosing.value?.conversation === row.id && draftOf(row.id).text.trim() !== "") return <Choice id={row.id} suggestion={choosing.value.suggestion} />;
  if (is === "mine") return null;
  if (is === "theirs") {
    const { customer } = row;
    return (
      <div class="strip-over" role="status">
        <Icon name="person" class="small" />
        <div class="grow">
          {words.write.thisIs} <strong><bdi>{words.write.theirs(owner)}</bdi></strong>{" "}
          {words.write.notYours(customer.named ? shortName(customer.called) : customer.called)}
        </div>
      </div>
    );
  }
  return (
    <div class="strip-over" role="alert">
      <Icon name="hand" class="small turns" />
      <div class="grow"><strong>{words.write.answeredFirst(owner)}</strong> {words.write.draftKept}</div>
      <button type="button" class="button" onClick={() => discardDraft(row.id)}>{words.discard}</button>
    </div>
  );
}

/** Words stand in the composer already, and a suggestion is to come there. */
function Choice({ id, suggestion }: { id: string; suggestion: Suggestion }) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), [suggestion]);
  const leave = () => { choosing.value = null; };
  return (
    <div class="strip-over choice" role="group" aria-label={words.offers.begun} onKeyDown={(event) => { if (event.key === "Escape") leave(); }}>
      <div class="grow">{words.offers.begun}</div>
      <button type="button" class="button" ref={first} onClick={() => put(id, suggestion, "replace")}>{words.offers.replace}</button>
      <button type="button" class="button" onClick={() => put(id, suggestion, "below")}>{words.offers.below}</button>
      <button type="button" class="tool" aria-label={words.dismiss} onClick={leave}><Icon name="x" class="small" /></button>
    </div>
  );
}
