import "../../style/customers.css";
import { useState } from "preact/hooks";
import type { Profile } from "../../../wire/customers.ts";
import { command } from "../../state/commands.ts";
import { erasing } from "../../state/erasing.ts";
import { pathOf } from "../../state/knowing-customers.ts";
import { go, listed, route } from "../../state/route.ts";
import { customers as words } from "../../words-customers.ts";
import { Dialog } from "../dialog.tsx";
import { Field, Wrong } from "../field.tsx";
import { useForm } from "../form.ts";

/** For good: the name is typed, so that it is nobody else. */
export function EraseDialog({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  return <Dialog title={words.erase.title(profile.called)} onClose={onClose}><Form profile={profile} onDone={onClose} /></Dialog>;
}

function Form({ profile, onDone }: { profile: Profile; onDone: () => void }) {
  const [typed, setTyped] = useState("");
  const fits = typed.trim().toLocaleLowerCase() === profile.called.trim().toLocaleLowerCase();
  const { faults, general, busy, submit } = useForm(() => ({}), async () => {
    if (!fits) return;
    const { report } = await command<{ report: Record<string, number> }>(pathOf(profile.id, "erase"), { name: typed.trim() });
    onDone();
    leave();
    erasing.value = { called: profile.called, report };
  });
  return (
    <form class="block-form" onSubmit={submit} noValidate>
      <p>{words.erase.why}</p>
      <Field label={words.erase.type(profile.called)} value={typed} onValue={setTyped} autocomplete="off" autofocus wrong={faults.name} />
      {general && <Wrong>{general}</Wrong>}
      <footer class="ends"><button class="button danger" disabled={busy || !fits}>{busy ? words.erase.doing : words.erase.go}</button></footer>
    </form>
  );
}

/** What went with them. */
export function ErasedReport() {
  const close = () => { erasing.value = null; };
  const now = erasing.value;
  if (!now) return null;
  const lines = Object.entries(now.report).filter(([, many]) => many > 0);
  return (
    <Dialog title={words.erase.done(now.called)} onClose={close}>
      <div class="block-form">
        <dl class="fields report" aria-label={words.erase.report}>
          {lines.map(([what, many]) => <><dt>{words.erase.reported[what] ?? what}</dt><dd class="num">{many.toLocaleString("en-GB")}</dd></>)}
        </dl>
        <p class="hint">{words.erase.rest}</p>
        <footer class="ends"><button type="button" class="button main" autofocus onClick={close}>{words.erase.close}</button></footer>
      </div>
    </Dialog>
  );
}

// Where they stood there is nothing to be seen any more.
function leave(): void {
  const at = route.peek();
  if (at.at === "customer") go({ at: "customers" }, "replace");
  else if (at.at === "conversation") go({ at: "list", ...listed.peek() }, "replace");
}
