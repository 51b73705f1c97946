import { connection } from "../state/live.ts";
import { waitingMessages } from "../state/outgoing.ts";
import { words } from "../words.ts";
import { Icon } from "./icon.tsx";

/** Calm, grey, for the whole desk: nothing is lost. */
export function Banner() {
  return (
    <div role="status">
      {connection.value === "away" && (
        <div class="banner">
          <Icon name="away" />
          <span class="grow"><strong>{words.away.strong}</strong> {words.away.waits(waitingMessages.value)}</span>
        </div>
      )}
    </div>
  );
}
