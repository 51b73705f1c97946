import { useId, useState } from "preact/hooks";
import { Wrong } from "../../parts/field.tsx";
import { Icon } from "../../parts/icon.tsx";
import type { KeyboardEvent } from "../../parts/events.ts";
import { step } from "../../parts/roving.ts";
import { momentOf, valueOf, wakesFrom, whenOf } from "../../parts/snoozing.ts";
import { putToSleep } from "../../state/keeping.ts";
import { me } from "../../state/store.ts";
import { toast } from "../../state/toasts.ts";
import type { Row } from "../../../wire/types.ts";
import { words } from "../../words.ts";

/** Only what is mine, and open, can leave my inbox for a while. */
export function maySnooze(row: Row): boolean {
  return row.owner_id === me.value.id && !row.closed;
}

/** Until a moment, or null: back now. It can be undone. */
export async function sleep(row: Row, until: number | null): Promise<void> {
  const before = row.snoozed_until;
  if (!await putToSleep(row.id, until)) return;
  const text = until === null ? words.snooze.woken : words.snooze.until(whenOf(until, Date.now()));
  toast({ text, action: { label: words.undo, run: () => void putToSleep(row.id, before !== null && before > Date.now() ? before : null) } });
}

/** Until when: what is chosen most, or any moment within a year. */
export function SnoozePicks({ row, onDone }: { row: Row; onDone: () => void }) {
  const now = Date.now();
  const put = (until: number | null) => {
    void sleep(row, until);
    onDone();
  };
  return (
    <div class="snooze-picks">
      <div role="menu" aria-label={words.snooze.tool} onKeyDown={(event: KeyboardEvent) => void step(event, "vertical")}>
        {row.snoozed_until !== null && <button type="button" class="item" role="menuitem" onClick={() => put(null)}><Icon name="inbox" />{words.snooze.wake}</button>}
        {wakesFrom(now).map(({ key, at }) => (
          <button key={key} type="button" class="item" role="menuitem" onClick={() => put(at)}>
            <Icon name="clock" /><span class="grow">{words.snooze[key]}</span><small>{key === "monday" ? whenOf(at, now) : whenOf(at, now).split(" ").at(-1)}</small>
          </button>
        ))}
      </div>
      <Moment onChoose={put} />
    </div>
  );
}

function Moment({ onChoose }: { onChoose: (at: number) => void }) {
  const id = useId();
  const [value, setValue] = useState(() => valueOf(wakesFrom(Date.now()).at(-1)?.at ?? Date.now()));
  const [wrong, setWrong] = useState(false);
  const send = (event: Event) => {
    event.preventDefault();
    const at = momentOf(value, Date.now());
    setWrong(at === null);
    if (at !== null) onChoose(at);
  };
  return (
    <form class="moment" onSubmit={send} noValidate>
      <label for={id}>{words.snooze.at}</label>
      <div class="pair-line">
        <input id={id} class="input" type="datetime-local" value={value} min={valueOf(Date.now())} onInput={(event) => setValue(event.currentTarget.value)} />
        <button class="button">{words.snooze.set}</button>
      </div>
      {wrong && <Wrong>{words.snooze.past}</Wrong>}
    </form>
  );
}
