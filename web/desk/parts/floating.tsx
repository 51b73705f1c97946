import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { step } from "./roving.ts";

export type Spot = { left: number; right: number; top: number; bottom: number };

type Props = {
  label: string;
  role: "menu" | "dialog";
  class?: string;
  /** What it belongs to, where it stood when this was opened. */
  at: Spot;
  /** A press on this one closes nothing: it is about to do so itself. */
  except: Element | null;
  onClose: (how: "left" | "escaped") => void;
  children: ComponentChildren;
};

/** A small window beside the place where it was asked for, above everything that scrolls. */
export function Floating({ label, role, class: more = "", at, except, onClose, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => place(box.current, at));
  useEffect(() => {
    const outside = ({ target }: Event) => {
      if (target instanceof Node && (box.current?.contains(target) || except?.contains(target))) return;
      onClose("left");
    };
    const listen = new AbortController();
    document.addEventListener("pointerdown", outside, { signal: listen.signal });
    document.addEventListener("focusin", outside, { signal: listen.signal });
    addEventListener("resize", () => onClose("left"), { signal: listen.signal });
    return () => listen.abort();
  }, [except]);
  return (
    <div class={`menu floating ${more}`} ref={box} role={role} aria-label={label} tabIndex={-1} onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key === "Escape" || (role === "menu" && event.key === "Tab")) {
          event.preventDefault();
          event.stopPropagation();
          onClose("escaped");
        } else if (role === "menu") step(event, "vertical");
      }}>{children}</div>
  );
}

const GAP = 4;
const EDGE = 8;

/** Below its place, where there is room, else above, else wherever it fits. */
function place(box: HTMLElement | null, at: Spot): void {
  if (!box) return;
  const { clientWidth, clientHeight } = document.documentElement;
  const { width, height } = box.getBoundingClientRect();
  const left = at.left + width <= clientWidth - EDGE ? at.left : at.right - width;
  const below = at.bottom + GAP;
  const top = below + height <= clientHeight - EDGE ? below : at.top - GAP - height;
  box.style.left = `${within(left, clientWidth - width)}px`;
  box.style.top = `${within(top, clientHeight - height)}px`;
}

function within(wanted: number, most: number): number {
  return Math.max(EDGE, Math.min(wanted, most - EDGE));
}
