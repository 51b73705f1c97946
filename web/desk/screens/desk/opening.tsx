import { Void } from "../../parts/void.tsx";
import { connection } from "../../state/live.ts";
import { words } from "../../words.ts";
import { GhostRows } from "./ghosts.tsx";

/** Where the desk will be, but only once it is late. */
export function Opening() {
  if (connection.value === "away") return <Void icon="away" title={words.away.start}>{words.away.startWhy}</Void>;
  return (
    <div class="desk late" aria-busy="true" aria-label={words.door.loading}>
      <aside class="rail" />
      <section class="list"><header class="head" /><GhostRows /></section>
      <main class="talk" />
    </div>
  );
}
