import type { ComponentChildren, TargetedKeyboardEvent } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { words } from "../words.ts";
import { type Asked, askedAt } from "./picking.ts";

type Field = { current: HTMLTextAreaElement | null };

export type Picking<T> = {
  /** What begins a query, such as @. */
  sign: string;
  field: Field;
  label: string;
  find: (query: string) => readonly T[];
  keyOf: (one: T) => string;
  draw: (one: T) => ComponentChildren;
  /** Puts the chosen one in place of what was asked. */
  choose: (one: T, asked: Asked) => void;
  /** What only looks like a query, because it was answered before. */
  settled?: (asked: Asked) => boolean;
  /** Where the list stands; without it, at the field. */
  anchor?: () => Element | null;
};

/** A list that follows what is typed after a sign. The focus stays in the field: arrow keys move through
    the list, Enter and Tab choose, Escape closes. */
export function usePicker<T>({ sign, field, label, find, keyOf, draw, choose, settled, anchor }: Picking<T>) {
  const id = useId();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [at, setAt] = useState(0);
  const left = useRef(-1);
  const found = asked ? find(asked.query) : [];
  const open = asked !== null && found.length > 0;
  const close = () => setAsked(null);
  const look = (fresh: boolean) => {
    const element = field.current;
    const next = element && element.selectionStart === element.selectionEnd ? askedAt(element.value, element.selectionStart, sign) : null;
    if (!next || settled?.(next)) {
      left.current = -1;
      close();
    } else if (next.from !== left.current && (fresh || asked?.from === next.from)) {
      if (next.query !== asked?.query) setAt(0);
      setAsked(next);
    }
  };
  useFollowing(asked !== null, field, () => look(false), close);
  const take = (one: T | undefined) => {
    if (!asked || one === undefined) return;
    close();
    choose(one, asked);
  };
  const keyed = (event: TargetedKeyboardEvent<HTMLTextAreaElement>): boolean => {
    if (!open || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) setAt((at + by + found.length) % found.length);
    else if (event.key === "Escape") {
      left.current = asked.from;
      close();
    } else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey) take(found[at]);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const aria = open
    ? {
      // A combobox of many lines: only as one is the list announced.
      role: "combobox" as "textbox", "aria-expanded": true, "aria-haspopup": "listbox" as const, "aria-autocomplete": "list" as const,
      "aria-controls": id, "aria-activedescendant": `${id}-${at}`,
    }
    : { "aria-autocomplete": "list" as const };
  const list = open && (
    <Picks id={id} label={label} at={at} many={found.length} near={() => anchor?.() ?? field.current}>
      {found.map((one, nth) => (
        <div key={keyOf(one)} id={`${id}-${nth}`} role="option" aria-selected={nth === at} class={`item ${nth === at ? "on" : ""}`}
          onPointerMove={() => { if (nth !== at) setAt(nth); }} onClick={() => take(one)}>{draw(one)}</div>
      ))}
    </Picks>
  );
  return { asked: open ? asked : null, wrote: () => look(true), keyed, ask: () => putSign(field.current, sign), close, aria, list };
}

/** As if the sign had been typed. */
function putSign(element: HTMLTextAreaElement | null, sign: string): void {
  if (!element) return;
  element.focus();
  const before = element.value[element.selectionStart - 1];
  const put = before === undefined || /\s/u.test(before) ? sign : ` ${sign}`;
  element.setRangeText(put, element.selectionStart, element.selectionEnd, "end");
  element.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** While it is open: the caret may leave what was asked, and the focus may leave the field. */
function useFollowing(open: boolean, field: Field, moved: () => void, close: () => void): void {
  const now = useRef(moved);
  now.current = moved;
  useEffect(() => {
    if (!open) return;
    const listen = new AbortController();
    document.addEventListener("selectionchange", () => { if (document.activeElement === field.current) now.current(); }, { signal: listen.signal });
    field.current?.addEventListener("blur", close, { signal: listen.signal });
    return () => listen.abort();
  }, [open]);
}

type PicksProps = { id: string; label: string; at: number; many: number; near: () => Element | null; children: ComponentChildren };

function Picks({ id, label, at, many, near, children }: PicksProps) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => place(box.current, near()));
  useLayoutEffect(() => { box.current?.children[at]?.scrollIntoView({ block: "nearest" }); }, [at]);
  return (
    <>
      <div class="menu picks" id={id} ref={box} role="listbox" aria-label={label} onPointerDown={(event) => event.preventDefault()}>{children}</div>
      <span class="sr" role="status">{words.found(many)}</span>
    </>
  );
}

const GAP = 6;
const EDGE = 12;

/** Above what is written in, where there is room, else below; at the letters that ask. */
function place(box: HTMLElement | null, near: Element | null): void {
  if (!box || !near) return;
  const { clientWidth, clientHeight } = document.documentElement;
  const by = (near.closest("form")?.parentElement?.closest(".write") ?? near.closest("form") ?? near).getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const room = clientWidth - width - EDGE;
  box.style.left = `${Math.max(EDGE, Math.min(near.getBoundingClientRect().left - EDGE, room))}px`;
  const above = by.top - GAP > height || by.top > clientHeight - by.bottom;
  box.style.top = above ? "auto" : `${by.bottom + GAP}px`;
  box.style.bottom = above ? `${clientHeight - by.top + GAP}px` : "auto";
}
