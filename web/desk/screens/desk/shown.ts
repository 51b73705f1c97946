import { useEffect } from "preact/hooks";
import { reportShown } from "../../state/fetching.ts";
import { connection } from "../../state/live.ts";
import type { Suggestion } from "../../../wire/knowing.ts";

const LONG_ENOUGH = 500;
const MUCH_ENOUGH = 0.5;

/** Tells the desk of the cards that really stood on the screen: half of one, for half a second, in a tab in view. */
export function useShown(box: { current: HTMLElement | null }, conversation: string, offers: readonly Suggestion[]): void {
  const ids = offers.map((one) => one.id).join(" ");
  const online = connection.value === "here";
  useEffect(() => {
    if (!box.current || !online || ids === "") return;
    const timers = new Map<string, ReturnType<typeof setTimeout>>();
    const look = ({ target, isIntersecting }: IntersectionObserverEntry) => {
      const id = (target as HTMLElement).dataset.offer ?? "";
      clearTimeout(timers.get(id));
      if (isIntersecting) timers.set(id, setTimeout(() => report(id), LONG_ENOUGH));
    };
    const report = (id: string) => { if (document.visibilityState === "visible") void reportShown(conversation, [id]); };
    const watch = new IntersectionObserver((entries) => entries.forEach(look), { threshold: MUCH_ENOUGH });
    const begin = () => {
      watch.disconnect();
      box.current?.querySelectorAll("[data-offer]").forEach((card) => watch.observe(card));
    };
    begin();
    document.addEventListener("visibilitychange", begin);
    return () => {
      watch.disconnect();
      document.removeEventListener("visibilitychange", begin);
      timers.forEach((timer) => clearTimeout(timer));
    };
  }, [ids, conversation, online]);
}
