import type { ComponentChildren, TargetedMouseEvent } from "preact";
import { addressOf, go, type Route } from "../state/route.ts";

type Props = { to: Route; class?: string; on?: boolean; label?: string; tabIndex?: number; onGo?: () => void; children: ComponentChildren };

/** A real link, so that it can be opened in a new tab; a plain click stays in this page. */
export function Link({ to, class: more, on = false, label, tabIndex, onGo, children }: Props) {
  const follow = (event: TargetedMouseEvent<HTMLAnchorElement>) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onGo?.();
    go(to);
  };
  return (
    <a class={more} href={addressOf(to)} aria-current={on ? "page" : undefined} aria-label={label} tabIndex={tabIndex} onClick={follow}>
      {children}
    </a>
  );
}
