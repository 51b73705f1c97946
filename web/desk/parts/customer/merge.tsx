import { useEffect, useRef, useState } from "preact/hooks";
import { request } from "../../../wire/fetch.ts";
import type { Merge, Profile } from "../../../wire/customers.ts";
import type { SearchAnswer } from "../../../wire/schema.ts";
import type { CustomerBrief } from "../../../wire/types.ts";
import { command } from "../../state/commands.ts";
import { loadCustomer, pathOf } from "../../state/knowing-customers.ts";
import { go, route } from "../../state/route.ts";
import { toast } from "../../state/toasts.ts";
import { words as all } from "../../words.ts";
import { customers as words } from "../../words-customers.ts";
import { Dialog } from "../dialog.tsx";
import { CustomerFace } from "../face.tsx";
import { Field } from "../field.tsx";
import { attempt } from "../../state/attempting.ts";

type Props = { of: Profile; suggested: readonly CustomerBrief[]; chosen?: CustomerBrief | null; onClose: () => void };

/** Two customers become one: the other is chosen, then which of the two stays. */
export function MergeDialog({ of, suggested, chosen = null, onClose }: Props) {
  const [other, choose] = useState<CustomerBrief | null>(chosen);
  return (
    <Dialog title={words.merge.title(of.called)} onClose={onClose}>
      {other ? <Which of={of} other={other} onBack={() => choose(null)} onClose={onClose} /> : <Find of={of} suggested={suggested} choose={choose} />}
    </Dialog>
  );
}

const SOON = 150;

function Find({ of, suggested, choose }: { of: Profile; suggested: readonly CustomerBrief[]; choose: (one: CustomerBrief) => void }) {
  const [text, setText] = useState("");
  const [found, setFound] = useState<readonly CustomerBrief[] | null>(null);
  const latest = useRef(0);
  useEffect(() => {
    const mine = (latest.current += 1);
    if (text.trim() === "") {
      setFound(null);
      return;
    }
    const timer = setTimeout(() => {
      request<SearchAnswer>("GET", `/api/search?${new URLSearchParams({ q: text, limit: "8" })}`).then(
        ({ groups }) => { if (mine === latest.current) setFound(groups.customers.map(({ customer }) => customer)); }, () => undefined,
      );
    }, SOON);
    return () => clearTimeout(timer);
  }, [text]);
  const ones = (found ?? suggested).filter(({ id }) => id !== of.id);
  return (
    <div class="merge-find">
      <p class="hint">{words.merge.why}</p>
      <Field label={words.merge.find} value={text} onValue={setText} autocomplete="off" autofocus />
      {found === null && ones.length > 0 && <h3 class="lab">{words.merge.suggested}</h3>}
      <ul class="choices">
        {ones.map((one) => <li key={one.id}><button type="button" class="item" onClick={() => choose(one)}><CustomerFace customer={one} size="s" /><bdi class="clip">{one.called}</bdi></button></li>)}
      </ul>
      {found?.length === 0 && <p class="hint" role="status">{words.merge.nobody}</p>}
    </div>
  );
}

function Which({ of, other, onBack, onClose }: { of: Profile; other: CustomerBrief; onBack: () => void; onClose: () => void }) {
  const [turned, turn] = useState(of.named || !other.named ? false : true);
  const [busy, setBusy] = useState(false);
  const [kept, gone] = turned ? [other, of] : [of, other];
  const merge = async () => {
    setBusy(true);
    const done = await attempt(() => command<{ merge: Merge }>(pathOf(gone.id, "merge"), { into: kept.id }));
    setBusy(false);
    if (!done) return;
    onClose();
    afterwards(gone.id, kept.id);
    toast({ text: words.merge.done(kept.called), action: { label: all.undo, run: () => void undoMerge(done.merge.id) } });
  };
  return (
    <div class="merge-find">
      <p>{words.merge.into(gone.called, kept.called)} {words.merge.why}</p>
      <p class="hint">{words.merge.warn}</p>
      <button type="button" class="do" onClick={() => turn(!turned)}>{words.merge.turn}: <bdi>{words.merge.keep(gone.called)}</bdi></button>
      <footer class="ends">
        <button type="button" class="button plain" onClick={onBack}>{all.cancel}</button>
        <button type="button" class="button main" disabled={busy} onClick={() => void merge()}>{words.merge.go}</button>
      </footer>
    </div>
  );
}

function afterwards(gone: string, kept: string): void {
  const at = route.peek();
  if (at.at === "customer" && at.id === gone) go({ at: "customer", id: kept }, "replace");
  else void loadCustomer(kept);
}

export async function undoMerge(id: string): Promise<boolean> {
  const undone = await attempt(() => command<{ customer: CustomerBrief }>(`/api/merges/${encodeURIComponent(id)}/undo`));
  if (undone) toast({ text: words.merge.undone });
  return undone !== null;
}
