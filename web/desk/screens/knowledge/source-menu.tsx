import { useState } from "preact/hooks";
import { Dialog } from "../../parts/dialog.tsx";
import { Icon, type IconName } from "../../parts/icon.tsx";
import { Menu } from "../../parts/menu.tsx";
import { changeSource, pathOf, removeSource } from "../../state/knowledge.ts";
import { go, route } from "../../state/route.ts";
import { toast } from "../../state/toasts.ts";
import type { Source } from "../../../wire/knowing.ts";
import { words as all } from "../../words.ts";
import { knowledge as words } from "../../words-knowledge.ts";
import { isUnderWay } from "./readings.tsx";
import { attempted } from "../../state/attempting.ts";
import { nameOf } from "./saying.ts";
import { PlanDialog } from "./plan-form.tsx";

export function SourceMenu({ source }: { source: Source }) {
  const [shown, show] = useState<"plan" | "remove" | null>(null);
  const { id, kind, is_on } = source;
  const name = nameOf(source);
  const read = kind === "website" || kind === "document";
  const turn = async () => {
    if (await attempted(() => changeSource(id, "turn", { is_on: !is_on })) && is_on) {
      toast({ text: words.turnedOff(name), action: { label: all.undo, run: () => void attempted(() => changeSource(id, "turn", { is_on: true })) } });
    }
  };
  return (
    <>
      <Menu label={words.more(name)} mute at="beside" class="end" button={<span class="tool"><Icon name="more" /></span>}>
        {(close) => (
          <>
            {read && is_on && !isUnderWay(source) && <Item icon="refresh" run={() => { close(); void attempted(() => changeSource(id, "read")); }}>{words.readAgain}</Item>}
            {read && isUnderWay(source) && <Item icon="x" run={() => { close(); void attempted(() => changeSource(id, "stop")); }}>{words.stop}</Item>}
            {kind === "website" && <Item icon="pencil" run={() => { close(); show("plan"); }}>{words.change}</Item>}
            {kind === "document" && <Item icon="page" run={() => { close(); location.assign(pathOf("documents", id, "file")); }}>{words.download}</Item>}
            <Item icon={is_on ? "away" : "check"} run={() => { close(); void turn(); }}>{is_on ? words.turnOff : words.turnOn}</Item>
            {read && <><hr /><Item icon="x" danger run={() => { close(); show("remove"); }}>{words.remove}</Item></>}
          </>
        )}
      </Menu>
      {shown === "plan" && <PlanDialog source={source} onClose={() => show(null)} />}
      {shown === "remove" && <Remove source={source} onClose={() => show(null)} />}
    </>
  );
}

function Item({ icon, danger = false, run, children }: { icon: IconName; danger?: boolean; run: () => void; children: string }) {
  return <button type="button" class={`item ${danger ? "danger" : ""}`} role="menuitem" onClick={run}><Icon name={icon} />{children}</button>;
}

function Remove({ source, onClose }: { source: Source; onClose: () => void }) {
  const remove = async () => {
    if (!(await attempted(() => removeSource(source.id)))) return;
    onClose();
    const at = route.peek();
    if (at.at === "knowledge" && at.source) go({ at: "knowledge", source: null }, "replace");
  };
  return (
    <Dialog title={words.removeTitle(nameOf(source))} onClose={onClose}>
      <p class="says-what">{words.removeText(source.passages)}</p>
      <footer class="ends"><button type="button" class="button danger" onClick={() => void remove()}>{words.remove}</button></footer>
    </Dialog>
  );
}
