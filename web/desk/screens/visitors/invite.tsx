import { useState } from "preact/hooks";
import type { LiveVisitor } from "../../../wire/customers.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { AreaField, Wrong } from "../../parts/field.tsx";
import { faultsOf, missing, useForm } from "../../parts/form.ts";
import { command } from "../../state/commands.ts";
import { toast } from "../../state/toasts.ts";
import { words as all } from "../../words.ts";
import { customers as words } from "../../words-customers.ts";

/** The first word to somebody who has not said one. */
export function InviteDialog({ visitor, onClose }: { visitor: LiveVisitor; onClose: () => void }) {
  const [text, setText] = useState("");
  const { faults, general, busy, submit } = useForm(() => faultsOf({ text: missing(text, words.visitors.say) }), async () => {
    await command(`/api/visitors/${encodeURIComponent(visitor.browser)}/invite`, { text: text.trim() });
    toast({ text: words.visitors.sent(visitor.called) });
    onClose();
  });
  return (
    <Dialog title={words.visitors.title1(visitor.called)} onClose={onClose}>
      <form class="block-form" onSubmit={submit} noValidate>
        <AreaField label={words.visitors.say} rows={3} value={text} onValue={setText} placeholder={words.visitors.placeholder} hint={words.visitors.why} wrong={faults.text} />
        {general && <Wrong>{general}</Wrong>}
        <footer class="ends">
          <button type="button" class="button plain" onClick={onClose}>{all.cancel}</button>
          <button class="button main" disabled={busy}>{words.visitors.send}</button>
        </footer>
      </form>
    </Dialog>
  );
}
