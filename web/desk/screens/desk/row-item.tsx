import type { ComponentChildren, TargetedMouseEvent } from "preact";
import { useRef } from "preact/hooks";
import { useHold } from "../../parts/hold.ts";
import { Icon } from "../../parts/icon.tsx";
import type { Row } from "../../../wire/types.ts";
import { words } from "../../words.ts";
import { act, acting } from "./acting.ts";

type Props = { row: Row; style: { transform: string }; nth: number; of: number; children: ComponentChildren };

/** A row and its menu: a button while one points at it, the other mouse button, or by holding it. */
export function RowItem({ row, style, nth, of, children }: Props) {
  const item = useRef<HTMLLIElement>(null);
  const link = () => item.current?.querySelector(".row") ?? null;
  const hold = useHold(() => { const from = link(); if (from) act(row.id, "acts", from); });
  const pressed = (event: TargetedMouseEvent<HTMLLIElement>) => {
    hold.onContextMenu(event);
    const from = link();
    if (event.defaultPrevented || !from) return;
    event.preventDefault();
    const { clientX: x, clientY: y } = event;
    act(row.id, "acts", from, null, { left: x, right: x, top: y, bottom: y });
  };
  const open = acting.value?.id === row.id && acting.value.from?.classList.contains("row-acts") === true;
  return (
    <li ref={item} style={style} aria-posinset={nth} aria-setsize={of} {...hold} onContextMenu={pressed}>
      {children}
      <button type="button" class="tool row-acts" tabIndex={-1} aria-label={words.acts.row(row.customer.called)} aria-haspopup="menu" aria-expanded={open}
        onClick={(event) => act(row.id, "acts", event.currentTarget)}><Icon name="more" /></button>
    </li>
  );
}
