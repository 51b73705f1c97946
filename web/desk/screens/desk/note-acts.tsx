import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { WordingsAnswer } from "../../../wire/answers.ts";
import { dayLine, clock } from "../../parts/ages.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Fetching, useFetched } from "../../parts/fetched.tsx";
import { useHold } from "../../parts/hold.ts";
import { Icon, type IconName } from "../../parts/icon.tsx";
import { plainOf } from "../../parts/mentions.ts";
import { Menu } from "../../parts/menu.tsx";
import { NoteText } from "../../parts/note-text.tsx";
import { Sheet, SheetItem } from "../../parts/sheet.tsx";
import { nameOf } from "../../state/calling.ts";
import { now } from "../../state/clock.ts";
import { unsay } from "../../state/outgoing-notes.ts";
import { me } from "../../state/store.ts";
import { toast } from "../../state/toasts.ts";
import type { Note, ThreadAnswer } from "../../../wire/types.ts";
import { words } from "../../words.ts";

type Act = { icon: IconName; label: string; run: () => void };

/** What can be done with a note, or with an answer under one. */
function useActs(one: Note | ThreadAnswer, edit: () => void) {
  const [earlier, setEarlier] = useState(false);
  const of = "answers" in one ? "notes" as const : "threads" as const;
  const there = one.deleted_at === null;
  const mine = one.agent_id === me.value.id && there;
  const acts: Act[] = [];
  if (mine) acts.push({ icon: "pencil", label: words.note.edit, run: edit });
  if (there) acts.push({ icon: "copy", label: words.note.copy, run: () => copy(one.text) });
  if (me.value.role === "admin" && (one.edited_at ?? one.deleted_at) !== null) acts.push({ icon: "clock", label: words.note.earlier, run: () => setEarlier(true) });
  if (mine) acts.push({ icon: "x", label: words.note.delete, run: () => unsay(of, one.id) });
  return { acts, wordings: earlier && <Wordings path={`/api/${of}/${one.id}/wordings`} onClose={() => setEarlier(false)} /> };
}

function copy(text: string): void {
  void navigator.clipboard.writeText(plainOf(text, nameOf)).then(() => toast({ text: words.copied }), () => toast({ text: words.failed }));
}

type Props = { one: Note | ThreadAnswer; class: string; edit: () => void; children: (menu: ComponentChildren) => ComponentChildren };

/** A note or an answer with its menu: a button in it, or by holding it. */
export function WithActs({ one, class: more, edit, children }: Props) {
  const [held, setHeld] = useState(false);
  const { acts, wordings } = useActs(one, edit);
  const hold = useHold(() => { if (acts.length > 0) setHeld(true); });
  const isNote = "answers" in one;
  const then = (close: () => void, run: () => void) => () => {
    close();
    run();
  };
  const menu = acts.length > 0 && (
    <Menu label={isNote ? words.note.more : words.thread.more} mute at="beside" class="end acts-of" button={<span class="tool"><Icon name="more" class="small" /></span>}>
      {(close) => acts.map(({ icon, label, run }) => (
        <button key={label} type="button" class="item" role="menuitem" onClick={then(close, run)}><Icon name={icon} />{label}</button>
      ))}
    </Menu>
  );
  const shut = () => setHeld(false);
  return (
    <div class={more} {...hold}>
      {children(menu)}
      {held && (
        <Sheet label={isNote ? words.note.menu(clock(one.at)) : words.thread.menu(clock(one.at))} onClose={shut} lifted={<div class="note lift"><p><NoteText text={one.text} /></p></div>}>
          {acts.map(({ icon, label, run }) => <SheetItem key={label} icon={icon} run={then(shut, run)}>{label}</SheetItem>)}
        </Sheet>
      )}
      {wordings}
    </div>
  );
}

/** For admins: what stood there before. */
function Wordings({ path, onClose }: { path: string; onClose: () => void }) {
  const asked = useFetched<WordingsAnswer>(path);
  return (
    <Dialog title={words.note.earlier} class="wide" onClose={onClose}>
      {!asked.value && <Fetching {...asked} />}
      {asked.value?.wordings.map(({ at, text }) => (
        <div key={at} class="note">
          <div class="by">{words.note.until(`${dayLine(at, now.value)} ${clock(at)}`)}</div>
          <p dir="auto"><NoteText text={text} /></p>
        </div>
      ))}
    </Dialog>
  );
}
