import { useId, useState } from "preact/hooks";
import type { Profile } from "../../../wire/customers.ts";
import { command } from "../../state/commands.ts";
import { pathOf } from "../../state/knowing-customers.ts";
import { toast } from "../../state/toasts.ts";
import { words as all } from "../../words.ts";
import { customers as words } from "../../words-customers.ts";
import { Dialog } from "../dialog.tsx";
import { attempt } from "../../state/attempting.ts";

const DAY = 24 * 60 * 60 * 1000;
const LENGTHS = { day: DAY, week: 7 * DAY, month: 30 * DAY, ever: null } as const;
type Length = keyof typeof LENGTHS;

export function BlockDialog({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const [length, setLength] = useState<Length>("week");
  const [network, setNetwork] = useState(false);
  const [busy, setBusy] = useState(false);
  const hint = useId();
  const block = async () => {
    setBusy(true);
    const span = LENGTHS[length];
    const done = await attempt(() => command(pathOf(profile.id, "block"), { until: span === null ? null : Date.now() + span, network }));
    setBusy(false);
    if (done === null) return;
    onClose();
    toast({ text: words.block.done(profile.called), action: { label: all.undo, run: () => void unblock(profile) } });
  };
  return (
    <Dialog title={words.block.title(profile.called)} onClose={onClose}>
      <div class="block-form">
        <p>{words.block.why}</p>
        <fieldset class="radios">
          <legend class="lab">{words.block.until}</legend>
          {(Object.keys(LENGTHS) as Length[]).map((one) => (
            <label key={one}><input type="radio" name="length" checked={one === length} onChange={() => setLength(one)} />{words.block.lengths[one]}</label>
          ))}
        </fieldset>
        <label class="tick"><input type="checkbox" checked={network} aria-describedby={hint} onChange={(event) => setNetwork(event.currentTarget.checked)} />{words.block.network}</label>
        <p class="hint" id={hint}>{words.block.networkHint}</p>
        <footer class="ends"><button type="button" class="button danger" disabled={busy} onClick={() => void block()}>{words.block.go}</button></footer>
      </div>
    </Dialog>
  );
}

export async function unblock({ id, called }: Pick<Profile, "id" | "called">): Promise<void> {
  if ((await attempt(() => command(pathOf(id, "unblock")))) !== null) toast({ text: words.block.lifted(called) });
}
