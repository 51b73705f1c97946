import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { narrow } from "../state/device.ts";
import { useOutside } from "./menu.tsx";
import { useModal } from "./modal.ts";

type Close = () => void;
type Props = { label: string; class?: string; button: ComponentChildren; children: (close: Close) => ComponentChildren };

/** A button and a small window of its own; on a phone a sheet. Escape closes it, and the focus returns. */
export function Popover({ label, class: more = "", button, children }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const close = () => {
    setOpen(false);
    trigger.current?.focus();
  };
  useOutside(open && !narrow.value, root, () => setOpen(false));
  useEffect(() => {
    if (open) (box.current?.querySelector<HTMLElement>("input") ?? box.current)?.focus();
  }, [open]);
  return (
    <div class={`menu-root ${more}`} ref={root}>
      <button type="button" class="menu-button" ref={trigger} aria-haspopup="dialog" aria-expanded={open} aria-label={label} title={label} onClick={() => setOpen(!open)}>
        {button}
      </button>
      {open && (narrow.value ? (
        <SheetOf label={label} onClose={close}>{children(close)}</SheetOf>
      ) : (
        <div class="menu below popover" ref={box} role="dialog" aria-label={label} tabIndex={-1} onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          close();
        }}>{children(close)}</div>
      ))}
    </div>
  );
}

/** At the foot of a phone's page. */
export function SheetOf({ label, onClose, children }: { label: string; onClose: Close; children: ComponentChildren }) {
  const dialog = useModal();
  return (
    <dialog ref={dialog} class="sheet" aria-label={label} onClose={onClose} onClick={(event) => {
      const target = event.target as Element; // What a click replaced is no longer within, nor outside.
      if (target.isConnected && !target.closest(".sheet-in")) onClose();
    }}>
      <div class="sheet-in scrolls"><i class="grip" /><h2 tabIndex={-1} autofocus>{label}</h2>{children}</div>
    </dialog>
  );
}
