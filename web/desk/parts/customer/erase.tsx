import { useState } from "preact/hooks";
import type { Profile } from "../../../wire/customers.ts";
import { command } from "../../state/commands.ts";
import { pathOf } from "../../state/knowing-customers.ts";
import { go, listed, route } from "../../state/route.ts";
import { toast } from "../../state/toasts.ts";
import { customers as words } from "../../words-customers.ts";
import { Dialog } from "../dialog.tsx";
import { Field, Wrong } from "../field.tsx";
import { useForm } from "../form.ts";

/** For good: the name is typed, so that it is nobody else. */
export function EraseDialog({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const fits = typed.trim().toLocaleLowerCase() === profile.called.trim().toLocaleLowerCase();
  const { faults, general, busy, submit } = useForm(() => ({}), async () => {
    if (!fits) return;
    await command(pathOf(profile.id, "erase"), { name: typed.trim() });
    onClose();
    const at = route.peek();
    if (at.at === "customer") go({ at: "customers" }, "replace");
    else if (at.at === "conversation") go({ at: "list", ...listed.peek() }, "replace");
    toast({ text: words.erase.done(profile.called) });
  });
  return (
    <Dialog title={words.erase.title(profile.called)} onClose={onClose}>
      <form class="block-form" onSubmit={submit} noValidate>
        <p>{words.erase.why}</p>
        <Field label={words.erase.type(profile.called)} value={typed} onValue={setTyped} autocomplete="off" autofocus wrong={faults.name} />
        {general && <Wrong>{general}</Wrong>}
        <footer class="ends"><button class="button danger" disabled={busy || !fits}>{busy ? words.erase.doing : words.erase.go}</button></footer>
      </form>
    </Dialog>
  );
}
