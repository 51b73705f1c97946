import { Dialog } from "../../parts/dialog.tsx";
import { keysShown } from "../../state/keys.ts";
import { me } from "../../state/store.ts";
import { words } from "../../words.ts";

/** Every key there is, so that nobody has to guess. */
export function KeysDialog() {
  if (!keysShown.value) return null;
  const sends = me.value.preferences.enter_sends;
  const rows: [string[], string][] = [
    [["J", "K"], words.keys.rows],
    [[words.keys.enter], words.keys.open],
    [["R"], words.keys.reply],
    [["N"], words.keys.note],
    [[words.keys.escape], words.keys.leave],
    [["1", "2", "3"], words.keys.suggestion],
    [["E"], words.keys.edit],
    [["X"], words.keys.reject],
    [["Z"], words.keys.undo],
    [["S"], words.keys.star],
    [["L"], words.keys.label],
    [["H"], words.keys.snooze],
    [[":"], words.keys.ready],
    [["C"], words.keys.close],
    [sends ? [words.keys.enter] : ["Ctrl", words.keys.enter], words.keys.send],
    [sends ? ["Shift", words.keys.enter] : [words.keys.enter], words.keys.line],
    [["/"], words.keys.search],
    [["?"], words.keys.all],
  ];
  return (
    <Dialog title={words.keys.title} onClose={() => { keysShown.value = false; }}>
      <dl class="keys">
        {rows.map(([keys, what]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{keys.map((key) => <kbd key={key} class="key">{key}</kbd>)}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">{words.keys.while}</p>
    </Dialog>
  );
}
