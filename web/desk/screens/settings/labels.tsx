import { useState } from "preact/hooks";
import { Dialog } from "../../parts/dialog.tsx";
import { Wrong } from "../../parts/field.tsx";
import { useForm } from "../../parts/form.ts";
import { Icon } from "../../parts/icon.tsx";
import { LabelForm } from "../../parts/label-form.tsx";
import { inOrder } from "../../parts/labelled.ts";
import { Menu } from "../../parts/menu.tsx";
import { mergeLabel, retireLabel } from "../../state/keeping.ts";
import { desk, me } from "../../state/store.ts";
import { toast } from "../../state/toasts.ts";
import type { Label } from "../../../wire/types.ts";
import { words } from "../../words.ts";

export function LabelsSection() {
  const [count, setCount] = useState(0);
  const all = inOrder(desk().labels.filter((label) => !label.retired));
  const admin = me.value.role === "admin";
  return (
    <>
      <section class="sheet-part">
        <h2>{words.settle.team}</h2>
        {!admin && <p class="hint">{words.settle.adminOnly}</p>}
        <Lines labels={all.filter(({ own }) => !own)} none={words.settle.noTeam} may={admin} />
      </section>
      <section class="sheet-part">
        <h2>{words.settle.own}</h2>
        <p class="hint">{words.settle.ownLead}</p>
        <Lines labels={all.filter(({ own }) => own)} none={words.settle.noOwn} may />
      </section>
      <section class="sheet-part">
        <h2>{words.settle.add}</h2>
        <LabelForm key={count} name="" onDone={() => { setCount(count + 1); toast({ text: words.saved }); }} />
      </section>
    </>
  );
}

function Lines({ labels, none, may }: { labels: readonly Label[]; none: string; may: boolean }) {
  const [editing, setEditing] = useState<string | null>(null);
  const [merging, setMerging] = useState<Label | null>(null);
  const done = () => setEditing(null);
  if (labels.length === 0) return <p class="hint">{none}</p>;
  return (
    <>
      <ul class="lines-list label-lines">
        {labels.map((label) => (
          <li key={label.id}>
            {editing === label.id ? <LabelForm name={label.name} label={label} onDone={done} onBack={done} />
              : <Line label={label} may={may} onEdit={() => setEditing(label.id)} onMerge={() => setMerging(label)} />}
          </li>
        ))}
      </ul>
      {merging && <MergeDialog from={merging} others={labels.filter(({ id }) => id !== merging.id)} onClose={() => setMerging(null)} />}
    </>
  );
}

type LineProps = { label: Label; may: boolean; onEdit: () => void; onMerge: () => void };

function Line({ label, may, onEdit, onMerge }: LineProps) {
  const open = desk().counts.labels[label.id] ?? 0;
  const retire = async () => { if (await retireLabel(label)) toast({ text: words.settle.retired(label.name) }); };
  return (
    <>
      <i class={`dot ${label.colour}`} aria-hidden="true" />
      <span class="grow">
        <bdi class="clip">{label.name}</bdi>
        {open > 0 && <small>{words.labels.open(open)}</small>}
      </span>
      {may && (
        <Menu label={words.settle.more(label.name)} mute at="below" class="end" button={<span class="tool"><Icon name="more" /></span>}>
          {(close) => (
            <>
              <button type="button" class="item" role="menuitem" onClick={() => { close(); onEdit(); }}>{words.settle.edit}</button>
              <button type="button" class="item" role="menuitem" onClick={() => { close(); onMerge(); }}>{words.settle.merge}</button>
              <button type="button" class="item danger" role="menuitem" onClick={() => { close(); void retire(); }}>{words.settle.retire}</button>
            </>
          )}
        </Menu>
      )}
    </>
  );
}

/** Of two labels one is left. */
function MergeDialog({ from, others, onClose }: { from: Label; others: readonly Label[]; onClose: () => void }) {
  const [into, setInto] = useState<Label | undefined>(others[0]);
  const { general, busy, submit } = useForm(() => ({}), async () => {
    if (!into) return;
    await mergeLabel(from.id, into.id);
    toast({ text: words.settle.merged(from.name, into.name) });
    onClose();
  });
  return (
    <Dialog title={words.settle.mergeTitle(from.name)} onClose={onClose}>
      <form class="merge-form" onSubmit={submit}>
        {into ? <p class="hint">{words.settle.mergeLead(from.name)}</p> : <p>{words.settle.mergeNone}</p>}
        <div class="choices" role="radiogroup" aria-label={words.settle.mergeTitle(from.name)}>
          {others.map((label) => (
            <label key={label.id} class="choice">
              <input type="radio" name="into" checked={label.id === into?.id} onChange={() => setInto(label)} />
              <i class={`dot ${label.colour}`} aria-hidden="true" /><bdi class="clip">{label.name}</bdi>
            </label>
          ))}
        </div>
        {general && <Wrong>{general}</Wrong>}
        {into && <div class="saves"><button class="button main" disabled={busy}>{words.settle.mergeDo}</button><button type="button" class="button plain" onClick={onClose}>{words.cancel}</button></div>}
      </form>
    </Dialog>
  );
}
