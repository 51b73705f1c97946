import { useState } from "preact/hooks";
import { Icon } from "../../parts/icon.tsx";
import { SheetOf } from "../../parts/popover.tsx";
import { Sheet, SheetItem } from "../../parts/sheet.tsx";
import { panelOpen } from "../../state/panel.ts";
import type { Row } from "../../../wire/types.ts";
import { words } from "../../words.ts";
import { mayHandOver, Takers } from "./hand-over.tsx";

/** On a phone: what has no room in the head. */
export function HeadMenu({ row }: { row: Row }) {
  const [open, setOpen] = useState<"menu" | "hand" | null>(null);
  // A sheet that gives way to the next one says that it closed only after that.
  const shutFrom = (which: "menu" | "hand") => () => setOpen((now) => (now === which ? null : now));
  const notes = () => {
    setOpen(null);
    panelOpen.value = true;
  };
  return (
    <>
      <button type="button" class="tool" aria-label={words.talk.more} aria-haspopup="menu" aria-expanded={open !== null} onClick={() => setOpen("menu")}><Icon name="more" class="large" /></button>
      {open === "menu" && (
        <Sheet label={words.talk.more} onClose={shutFrom("menu")}>
          {mayHandOver(row) && <SheetItem icon="hand" run={() => setOpen("hand")}>{words.hand.over}</SheetItem>}
          <SheetItem icon="note" run={notes}>{words.panel.open}</SheetItem>
        </Sheet>
      )}
      {open === "hand" && <SheetOf label={words.hand.over} onClose={shutFrom("hand")}><Takers row={row} onDone={shutFrom("hand")} /></SheetOf>}
    </>
  );
}
