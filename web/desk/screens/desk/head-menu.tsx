import { useRef, useState } from "preact/hooks";
import { Icon } from "../../parts/icon.tsx";
import { SheetOf } from "../../parts/popover.tsx";
import { Sheet, SheetItem } from "../../parts/sheet.tsx";
import { putStar } from "../../state/keeping.ts";
import { panelOpen } from "../../state/panel.ts";
import type { Row } from "../../../wire/types.ts";
import { words } from "../../words.ts";
import { act, type Page } from "./acting.ts";
import { mayHandOver, Takers } from "./hand-over.tsx";
import { LabelChips } from "./label-picks.tsx";
import { maySnooze } from "./snooze-picks.tsx";

/** On a phone: what has no room in the head. */
export function HeadMenu({ row }: { row: Row }) {
  const [open, setOpen] = useState<"menu" | "hand" | null>(null);
  // A sheet that gives way to the next one says that it closed only after that.
  const shutFrom = (which: "menu" | "hand") => () => setOpen((now) => (now === which ? null : now));
  const about = () => {
    setOpen(null);
    panelOpen.value = true;
  };
  const button = useRef<HTMLButtonElement>(null);
  const to = (page: Page) => () => {
    setOpen(null);
    if (button.current) act(row.id, page, button.current);
  };
  const star = () => {
    setOpen(null);
    void putStar(row.id, !row.starred);
  };
  return (
    <>
      <button type="button" class="tool" ref={button} aria-label={words.talk.more} aria-haspopup="menu" aria-expanded={open !== null} onClick={() => setOpen("menu")}><Icon name="more" class="large" /></button>
      {open === "menu" && (
        <Sheet label={words.talk.more} onClose={shutFrom("menu")} first={<LabelChips id={row.id} message={null} onAll={to("labels")} />}>
          <SheetItem icon="label" run={to("labels")}>{words.labels.all}</SheetItem>
          <SheetItem icon="star" run={star}>{row.starred ? words.star.off : words.star.on}</SheetItem>
          {maySnooze(row) && <SheetItem icon="clock" run={to("snooze")}>{words.snooze.tool}</SheetItem>}
          {mayHandOver(row) && <SheetItem icon="hand" run={() => setOpen("hand")}>{words.hand.over}</SheetItem>}
          <SheetItem icon="info" run={about}>{words.about}</SheetItem>
        </Sheet>
      )}
      {open === "hand" && <SheetOf label={words.hand.over} onClose={shutFrom("hand")}><Takers row={row} onDone={shutFrom("hand")} /></SheetOf>}
    </>
  );
}
