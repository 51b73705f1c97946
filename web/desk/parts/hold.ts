import { useRef } from "preact/hooks";
import type { TargetedMouseEvent, TargetedPointerEvent } from "preact";

const LONG = 450;
const STILL = 10;

type Press = TargetedPointerEvent<HTMLElement>;

/** Holding a finger on something opens its menu; the click that would follow is not one. */
export function useHold(run: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const from = useRef({ x: 0, y: 0 });
  const held = useRef(false);
  const letGo = () => {
    clearTimeout(timer.current);
    timer.current = undefined;
  };
  const fire = () => {
    letGo();
    held.current = true;
    swallowClick();
    run();
  };
  return {
    onPointerDown: (event: Press) => {
      held.current = false;
      if (event.pointerType === "mouse") return;
      from.current = { x: event.clientX, y: event.clientY };
      timer.current = setTimeout(fire, LONG);
    },
    onPointerMove: ({ clientX, clientY }: Press) => {
      if (Math.hypot(clientX - from.current.x, clientY - from.current.y) > STILL) letGo();
    },
    onPointerUp: letGo,
    onPointerCancel: letGo,
    onContextMenu: (event: TargetedMouseEvent<HTMLElement>) => {
      if (timer.current !== undefined || held.current) event.preventDefault();
    },
  };
}

const AFTER = 400;

// The click may meet what has just opened in place of what was held.
function swallowClick(): void {
  const listen = new AbortController();
  const options = { capture: true, signal: listen.signal };
  const stop = () => listen.abort();
  document.addEventListener("click", (event) => {
    event.preventDefault();
    event.stopPropagation();
    stop();
  }, options);
  document.addEventListener("pointerdown", stop, options);
  document.addEventListener("pointerup", () => setTimeout(stop, AFTER), options);
}
