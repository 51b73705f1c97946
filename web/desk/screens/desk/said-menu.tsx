import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { clock } from "../../parts/ages.ts";
import type { Said } from "../../parts/grouping.ts";
import { useHold } from "../../parts/hold.ts";
import { Icon } from "../../parts/icon.tsx";
import { Menu } from "../../parts/menu.tsx";
import { Sheet, SheetItem } from "../../parts/sheet.tsx";
import { toast } from "../../state/toasts.ts";
import { words } from "../../words.ts";
import { act } from "./acting.ts";
import { LabelChips } from "./label-picks.tsx";
import { UseAsAnswer } from "./use-as-answer.tsx";

/** A message, with what can be done with it: a button beside it, or by holding it. */
export function SaidLine({ message, children }: { message: Said; children: ComponentChildren }) {
  const [held, setHeld] = useState(false);
  const [using, setUsing] = useState(false);
  const line = useRef<HTMLDivElement>(null);
  const hold = useHold(() => setHeld(true));
  if (message.leaving) return <div class="line">{children}</div>;
  const copy = () => void navigator.clipboard.writeText(message.text).then(() => toast({ text: words.copied }), () => toast({ text: words.failed }));
  const then = (close: () => void, work: () => void) => () => {
    close();
    work();
  };
  const shut = () => setHeld(false);
  const canUse = message.by === "agent" && message.text !== "";
  const label = (beside?: string) => () => {
    const from = beside ? line.current?.querySelector(beside) : line.current;
    if (from) act(message.conversation_id, "labels", from, message.id);
  };
  return (
    <div class="line" ref={line} {...hold}>
      <Menu label={words.said.more} mute at="beside" class="end" button={<span class="tool"><Icon name="more" class="small" /></span>}>
        {(close) => (
          <>
            <button type="button" class="item" role="menuitem" onClick={then(close, label(".menu-button"))}><Icon name="label" />{words.acts.labels}</button>
            {canUse && <button type="button" class="item" role="menuitem" onClick={then(close, () => setUsing(true))}><Icon name="check" />{words.said.use}</button>}
            {message.text && <button type="button" class="item" role="menuitem" onClick={then(close, copy)}><Icon name="copy" />{words.said.copy}</button>}
          </>
        )}
      </Menu>
      {children}
      {held && (
        <Sheet label={words.said.menu(clock(message.at))} onClose={shut} lifted={message.text && <div class="bubble">{message.text}</div>}
          first={<LabelChips id={message.conversation_id} message={message.id} onAll={then(shut, label())} />}>
          <SheetItem icon="label" run={then(shut, label())}>{words.labels.all}</SheetItem>
          {canUse && <SheetItem icon="check" run={then(shut, () => setUsing(true))}>{words.said.use}</SheetItem>}
          {message.text && <SheetItem icon="copy" run={then(shut, copy)}>{words.said.copy}</SheetItem>}
        </Sheet>
      )}
      {using && <UseAsAnswer message={message} onClose={() => setUsing(false)} />}
    </div>
  );
}
