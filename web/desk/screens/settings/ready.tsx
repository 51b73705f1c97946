import { useState } from "preact/hooks";
import { Icon } from "../../parts/icon.tsx";
import { Menu } from "../../parts/menu.tsx";
import { ReadyForm } from "../../parts/ready-form.tsx";
import { removeReady } from "../../state/keeping.ts";
import { desk, me } from "../../state/store.ts";
import { toast } from "../../state/toasts.ts";
import type { ReadyReply } from "../../../wire/types.ts";
import { words } from "../../words.ts";

export function ReadySection() {
  const [editing, setEditing] = useState<string | null>(null);
  const all = [...desk().ready].sort((a, b) => a.name.localeCompare(b.name));
  const done = () => setEditing(null);
  return (
    <>
      <section class="sheet-part">
        <h2>{words.ready.heading}</h2>
        <p class="hint">{words.ready.lead}</p>
        {all.length === 0 && <p class="hint">{words.ready.noneYet}</p>}
        <ul class="lines-list">
          {all.map((one) => (
            <li key={one.id}>
              {editing === one.id ? <ReadyForm ready={one} onDone={done} onBack={done} /> : <Line ready={one} onEdit={() => setEditing(one.id)} />}
            </li>
          ))}
        </ul>
      </section>
      <section class="sheet-part">
        <h2>{words.ready.add}</h2>
        <ReadyForm />
      </section>
    </>
  );
}

function Line({ ready, onEdit }: { ready: ReadyReply; onEdit: () => void }) {
  const may = ready.own || ready.by_id === me.value.id || me.value.role === "admin";
  const remove = async () => { if (await removeReady(ready)) toast({ text: words.ready.removed(ready.name) }); };
  return (
    <>
      <span class="grow">
        <bdi class="clip">{ready.name}</bdi>
        <small class="two-lines" dir="auto">{ready.text}</small>
        {ready.own && <small>{words.ready.own}</small>}
      </span>
      {may && (
        <Menu label={words.ready.more(ready.name)} mute at="below" class="end" button={<span class="tool"><Icon name="more" /></span>}>
          {(close) => (
            <>
              <button type="button" class="item" role="menuitem" onClick={() => { close(); onEdit(); }}>{words.ready.edit}</button>
              <button type="button" class="item danger" role="menuitem" onClick={() => { close(); void remove(); }}>{words.ready.remove}</button>
            </>
          )}
        </Menu>
      )}
    </>
  );
}
