import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { KeyboardEvent } from "./events.ts";
import { step } from "./roving.ts";

type Props = {
  label: string;
  /** The button shows no words of its own. */
  mute?: boolean;
  /** Where it opens, seen from its button; "beside": where there is more room. */
  at: "above" | "below" | "beside";
  class?: string;
  button: ComponentChildren;
  children: (close: () => void) => ComponentChildren;
};

/** A button and what it opens. Escape and a click elsewhere close it; the focus returns to the button. */
export function Menu({ label, mute = false, at, class: more = "", button, children }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const place = at === "beside" ? roomier(trigger.current) : at;
  const close = () => {
    setOpen(false);
    trigger.current?.focus();
  };
  useOutside(open, root, () => setOpen(false));
  useEffect(() => {
    if (open) root.current?.querySelector<HTMLElement>("[role=menu] button, [role=menu] a")?.focus();
  }, [open]);
  return (
    <div class={`menu-root ${more}`} ref={root}>
      <button type="button" class="menu-button" ref={trigger} aria-haspopup="menu" aria-expanded={open} aria-label={mute ? label : undefined} onClick={() => setOpen(!open)}>
        {button}
      </button>
      {open && (
        <div class={`menu ${place}`} role="menu" aria-label={label} onKeyDown={(event) => keyed(event, close)}>{children(close)}</div>
      )}
    </div>
  );
}

function roomier(button: HTMLElement | null): "above" | "below" {
  return (button?.getBoundingClientRect().top ?? 0) > innerHeight / 2 ? "above" : "below";
}

function keyed(event: KeyboardEvent, close: () => void): void {
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    close();
  } else step(event, "vertical");
}

export function useOutside(open: boolean, root: { current: HTMLElement | null }, close: () => void): void {
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) close();
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
    };
  }, [open]);
}
