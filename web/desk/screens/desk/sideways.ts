import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { TargetedWheelEvent } from "preact";
import type { KeyboardEvent } from "../../parts/events.ts";
import { isStill } from "../../state/device.ts";

type Box = { current: HTMLElement | null };
type View = { at: number; atStart: boolean; atEnd: boolean; moves: boolean };

const NUDGE = 30;
const REST = 220;
const SLACK = 4;

let rested = 0;

/** A row of cards that goes sideways: by wheel, swipe, arrows and arrow keys, in either direction of writing. */
export function useStrip(box: Box, many: number) {
  const [view, setView] = useState<View>({ at: 0, atStart: true, atEnd: true, moves: false });
  const look = () => {
    const element = box.current;
    if (!element) return;
    const next = viewOf(element);
    setView((now) => (same(now, next) ? now : next));
  };
  const before = useRef(many);
  useLayoutEffect(() => {
    // A card that came back may stand before the one that the browser holds on to.
    if (many > before.current) box.current?.scrollTo({ left: 0, behavior: "instant" });
    before.current = many;
    look();
    if (!box.current) return;
    const sizes = new ResizeObserver(look);
    sizes.observe(box.current);
    return () => sizes.disconnect();
  }, [many]);
  const step = (by: number) => goTo(box.current, view.at + by);
  const wheel = (event: TargetedWheelEvent<HTMLElement>) => {
    const { deltaX, deltaY, shiftKey } = event;
    const high = event.currentTarget.scrollHeight > event.currentTarget.clientHeight + SLACK;
    if (Math.abs(deltaX) > Math.abs(deltaY) || shiftKey || high || Math.abs(deltaY) < NUDGE) return;
    if (deltaY < 0 ? view.atStart : view.atEnd) return;
    event.preventDefault();
    if (event.timeStamp - rested < REST) return;
    rested = event.timeStamp;
    step(Math.sign(deltaY));
  };
  return { ...view, look, step, wheel, keyed: (event: KeyboardEvent) => keyed(event, box.current), reveal };
}

function cards(element: HTMLElement): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>("[data-offer]")];
}

function viewOf(element: HTMLElement): View {
  const scrolled = Math.abs(element.scrollLeft); // Negative where writing goes from right to left.
  const room = element.scrollWidth - element.clientWidth;
  const all = cards(element);
  const atEnd = scrolled >= room - SLACK;
  const first = all.findIndex((card) => edge(card, element) > -card.offsetWidth / 2);
  const at = atEnd && scrolled > SLACK ? all.length - 1 : Math.max(0, first);
  return { at, atStart: scrolled <= SLACK, atEnd, moves: room > SLACK && all.length > 1 };
}

/** How far a card's beginning lies after where the row of cards begins. */
function edge(card: HTMLElement, element: HTMLElement): number {
  const [a, b] = [card.getBoundingClientRect(), element.getBoundingClientRect()];
  const style = getComputedStyle(element);
  const padding = Number.parseFloat(style.paddingInlineStart) || 0;
  return (style.direction === "rtl" ? b.right - a.right : a.left - b.left) - padding;
}

function goTo(element: HTMLElement | null, at: number): void {
  if (!element) return;
  const all = cards(element);
  const card = all[Math.max(0, Math.min(all.length - 1, at))];
  if (!card) return;
  const by = edge(card, element) * (getComputedStyle(element).direction === "rtl" ? -1 : 1);
  element.scrollBy({ left: by, behavior: isStill() ? "auto" : "smooth" });
}

/** Brings a card into view. False when it was there already. */
function reveal(card: HTMLElement): boolean {
  const element = card.parentElement;
  if (!element) return false;
  const [a, b] = [card.getBoundingClientRect(), element.getBoundingClientRect()];
  if (a.left >= b.left - SLACK && a.right <= b.right + SLACK) return false;
  goTo(element, cards(element).indexOf(card));
  return true;
}

function keyed(event: KeyboardEvent, element: HTMLElement | null): void {
  if (!element || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
  const all = cards(element);
  const at = all.findIndex((card) => card.contains(document.activeElement));
  if (at < 0) return;
  const forward = (event.key === "ArrowRight") === (getComputedStyle(element).direction !== "rtl");
  const next = all[at + (forward ? 1 : -1)];
  event.preventDefault();
  if (!next) return;
  next.querySelector<HTMLElement>(".use")?.focus({ preventScroll: true });
  goTo(element, all.indexOf(next));
}

function same(a: View, b: View): boolean {
  return a.at === b.at && a.atStart === b.atStart && a.atEnd === b.atEnd && a.moves === b.moves;
}
