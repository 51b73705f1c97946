import { useEffect, useLayoutEffect } from "preact/hooks";
import { loadOlder } from "../../state/fetching.ts";
import { route } from "../../state/route.ts";
import { desk } from "../../state/store.ts";
import type { TimelineItem } from "../../../wire/types.ts";

/** Whether the address names this very message or note. */
export function isSoughtFor(message: string): boolean {
  return route.value.at === "conversation" && route.value.message === message;
}

/** Brings the message or note that the address names into view, however far back it was said. */
export function useSeeking(box: { current: HTMLElement | null }, conversation: string, items: readonly TimelineItem[]): void {
  const at = route.value;
  const wanted = at.at === "conversation" && at.id === conversation ? at.message : undefined;
  const here = wanted !== undefined && items.some((item) => "id" in item && item.id === wanted);
  const older = desk().older[conversation] ?? false;
  useEffect(() => {
    if (wanted !== undefined && !here && older) void loadOlder(conversation);
  }, [wanted, here, older, items[0]?.position]);
  useLayoutEffect(() => {
    if (here) box.current?.querySelector(".sought")?.scrollIntoView({ block: "center" });
  }, [wanted, here]);
}
