import type { Session } from "../../../wire/answers.ts";
import { WireError } from "../../../wire/fetch.ts";
import { age } from "../../parts/ages.ts";
import { now } from "../../state/clock.ts";
import { command } from "../../state/commands.ts";
import { toast } from "../../state/toasts.ts";
import { words } from "../../words.ts";
import { Fetching, useFetched } from "../../parts/fetched.tsx";

export function Sessions() {
  const fetched = useFetched<{ sessions: Session[] }>("/api/me/sessions");
  const end = async (id: string) => {
    try {
      await command(`/api/me/sessions/${encodeURIComponent(id)}/end`);
      toast({ text: words.settings.ended });
    } catch (cause) {
      toast({ text: cause instanceof WireError && cause.kind !== "away" ? cause.message : words.faults.away });
    }
    fetched.load();
  };
  return (
    <section class="sheet-part">
      <h2>{words.settings.sessions}</h2>
      {fetched.value
        ? <ul class="lines-list">{fetched.value.sessions.map((one) => <Line key={one.id} session={one} end={() => void end(one.id)} />)}</ul>
        : <Fetching {...fetched} />}
    </section>
  );
}

function Line({ session, end }: { session: Session; end: () => void }) {
  return (
    <li>
      <span class="grow"><bdi>{session.device}</bdi><small><bdi>{session.address}</bdi> · {session.current ? words.settings.usedNow : words.settings.seen(age(session.seen_at, now.value))}</small></span>
      {session.current
        ? <span class="hint">{words.settings.thisOne}</span>
        : <button type="button" class="button" onClick={end}>{words.settings.end}</button>}
    </li>
  );
}
