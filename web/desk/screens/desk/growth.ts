import { useEffect, useLayoutEffect } from "preact/hooks";
import { putBack } from "../../state/drafts.ts";

/** In characters, for messages and notes alike. */
export const LONGEST = 10_000;

type Field = { current: HTMLTextAreaElement | null };

/** As high as its text, up to two fifths of the conversation. */
export function useGrowth(text: Field, value: string): void {
  const put = putBack.value;
  useLayoutEffect(() => {
    const element = text.current;
    if (!element) return;
    const most = (element.closest<HTMLElement>(".talk, dialog")?.clientHeight ?? 800) * 0.4;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight, most)}px`;
    element.style.overflowY = element.scrollHeight > most ? "auto" : "hidden";
  }, [value, put]);
}

/** A copy of the field's letters, letter on letter, scrolls with it. */
export function useSameScroll(copy: { current: HTMLElement | null }, field: Field): void {
  const follow = () => { if (copy.current && field.current) copy.current.scrollTop = field.current.scrollTop; };
  useEffect(() => {
    const listen = new AbortController();
    field.current?.addEventListener("scroll", follow, { signal: listen.signal });
    return () => listen.abort();
  }, []);
  useLayoutEffect(follow);
}
