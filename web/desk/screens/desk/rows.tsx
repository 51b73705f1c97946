import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { fetches, listFetch, moreOf } from "../../state/fetching.ts";
import { onKey } from "../../state/keys.ts";
import { filtersOf, openId, type Listed } from "../../state/route.ts";
import type { List } from "../../state/state.ts";
import { desk } from "../../state/store.ts";
import type { KeyboardEvent } from "../../parts/events.ts";
import { reveal, shift, windowOf } from "../../parts/windowing.ts";
import { words } from "../../words.ts";
import { Ghost } from "./ghosts.tsx";
import { RowLink } from "./row.tsx";
import { RowItem } from "./row-item.tsx";

type View = { top: number; height: number; row: number };

/** The rows of a list, however many: only those near the eye are drawn. */
export function Rows({ list, ids, from, label }: { list: List; ids: readonly string[]; from: Listed; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  const view = useView(box);
  const { row: height } = view;
  useStillness(box, ids, height);
  const focus = useRowFocus(box, ids, height);
  const shown = windowOf(view.top, view.height, height, ids.length);
  const goesOn = list.next !== null;
  useEffect(() => {
    if (goesOn && shown.to >= ids.length - 10) void moreOf(from.place, from.closed, filtersOf(from));
  }, [shown.to, ids.length, goesOn]);
  const tabbable = focus.id !== null && ids.includes(focus.id) ? focus.id : (ids.find((id) => id === openId.value) ?? ids[0]);
  return (
    <div class="rows" ref={box} onKeyDown={focus.arrows}>
      <ul aria-label={label} style={{ height: `${(ids.length + (goesOn ? 1 : 0)) * height}px` }}>
        {ids.slice(shown.from, shown.to).map((id, nth) => {
          const at = shown.from + nth;
          const row = desk().conversations[id];
          return row && (
            <RowItem key={id} row={row} style={{ transform: `translateY(${at * height}px)` }} nth={at + 1} of={goesOn ? -1 : ids.length}>
              <RowLink row={row} from={from} tabbable={id === tabbable} onFocus={() => focus.set(id)} />
            </RowItem>
          );
        })}
        {goesOn && <li key="more" style={{ transform: `translateY(${ids.length * height}px)` }}><More from={from} /></li>}
      </ul>
    </div>
  );
}

function More({ from }: { from: Listed }) {
  if (fetches.value[listFetch(from.place, from.closed, filtersOf(from))] !== "failed") return <Ghost nth={0} />;
  return (
    <div class="row-more">
      <span>{words.list.moreFailed}</span>
      <button type="button" class="do" onClick={() => void moreOf(from.place, from.closed, filtersOf(from))}>{words.tryAgain}</button>
    </div>
  );
}

function useView(box: { current: HTMLDivElement | null }): View {
  const [view, setView] = useState<View>({ top: 0, height: 800, row: 64 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight, row: rowHeight(element) });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    look();
    return () => {
      sizes.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, []);
  return view;
}

function rowHeight(element: HTMLElement): number {
  return Number.parseFloat(getComputedStyle(element).getPropertyValue("--row")) || 64;
}

/** Rows that come or go above what is read do not move it. */
function useStillness(box: { current: HTMLDivElement | null }, ids: readonly string[], row: number): void {
  const before = useRef(ids);
  useLayoutEffect(() => {
    const element = box.current;
    if (element && element.scrollTop > 0 && before.current !== ids) {
      const first = Math.floor(element.scrollTop / row);
      const visible = { from: first, to: first + Math.ceil(element.clientHeight / row) };
      element.scrollTop += shift(before.current, ids, visible) * row;
    }
    before.current = ids;
  }, [ids]);
}

/** One row of the list can be reached by Tab; arrows, J and K go on from there. */
function useRowFocus(box: { current: HTMLDivElement | null }, ids: readonly string[], row: number) {
  const [id, setId] = useState<string | null>(null);
  // Keys may be quicker than drawing: what they go on from is known at once.
  const here = useRef<string | null>(null);
  const set = (next: string) => {
    here.current = next;
    setId(next);
  };
  const wanted = useRef<string | null>(null);
  const focus = () => {
    if (wanted.current === null) return;
    const link = box.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(wanted.current)}"]`);
    if (!link) return;
    wanted.current = null;
    link.focus({ preventScroll: true });
  };
  useLayoutEffect(focus);
  const move = (by: number) => {
    const from = ids.indexOf(here.current ?? openId.peek() ?? "");
    const to = Math.min(ids.length - 1, Math.max(0, from < 0 ? 0 : from + by));
    const next = ids[to];
    const element = box.current;
    if (next === undefined || !element) return;
    wanted.current = next;
    element.scrollTop = reveal(to, element.scrollTop, element.clientHeight, row);
    set(next);
    focus();
  };
  useLayoutEffect(() => {
    const letGo = [onKey("j", () => move(1)), onKey("k", () => move(-1))];
    return () => letGo.forEach((release) => release());
  });
  const arrows = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    move(by);
  };
  return { id, set, arrows };
}
