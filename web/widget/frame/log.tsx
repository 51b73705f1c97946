/** @jsxImportSource ./view */
import type { ComponentChildren } from "preact";
import { Icon } from "./parts.tsx";
import { signal } from "./view/signals.ts";
import { words } from "./speech.ts";
type Props = {
  newest: string;
  mine: boolean;
  /** Fetches older items, where there are any. */
  more: (() => void) | undefined;
  busy: boolean;
  children: ComponentChildren;
};

const NEAR = 60;
const far = signal(false);
let box: HTMLElement | null = null;
let now: Pick<Props, "newest" | "mine" | "more"> | null = null;

/** The scrolling list. Reversed, so that the browser itself holds on to the newest end: when older items come
    above, when the keyboard takes half the room, when a picture grows. */
export function Log({ newest, mine, more, busy, children }: Props) {
  now = { newest, mine, more };
  return (
    <div class="middle">
      <div class="log" ref={(one: HTMLElement | null) => { box = one; }} onScroll={scrolled} tabIndex={0} role="log" aria-live="off" aria-busy={busy}>
        <div>{children}</div>
      </div>
      {far.value && <button type="button" class="newest" aria-label={words.newest} onClick={down}><Icon path="down" /></button>}
    </div>
  );
}

/** What is being read stays where it is when something new comes below. Called before a drawing; the answer after it. */
export function hold(): () => void {
  const [top, height, newest] = [box?.scrollTop ?? 0, box?.scrollHeight ?? 0, now?.newest];
  return () => {
    if (box && now && now.newest !== newest && top < -NEAR) box.scrollTop = now.mine ? 0 : top - (box.scrollHeight - height);
    scrolled();
  };
}

function scrolled(): void {
  if (!box?.clientHeight) return;
  far.value = box.scrollTop < -2 * NEAR;
  if (box.scrollHeight + box.scrollTop - box.clientHeight < 4 * NEAR) now?.more?.();
}

function down(): void {
  box?.scrollTo({ top: 0, behavior: "smooth" });
  box?.focus({ preventScroll: true });
}
