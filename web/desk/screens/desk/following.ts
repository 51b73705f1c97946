import { useLayoutEffect, useRef, useState } from "preact/hooks";

const CLOSE = 48;
const NEAR = 600;

type Box = { current: HTMLElement | null };

/** Keeps a growing column at its end while its end is in view, and still while older parts come above. */
export function useFollowing(box: Box, inner: Box, first: number, sending: string | undefined) {
  const [view, setView] = useState({ atEnd: true, nearStart: false });
  const pinned = useRef(true);
  const height = useRef(0);
  const toEnd = () => {
    pinned.current = true;
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  };
  useLayoutEffect(() => {
    const element = box.current;
    if (element && !pinned.current) element.scrollTop += element.scrollHeight - height.current;
  }, [first]);
  useLayoutEffect(() => {
    if (sending !== undefined) toEnd();
  }, [sending]);
  useLayoutEffect(() => {
    if (pinned.current) toEnd();
    height.current = box.current?.scrollHeight ?? 0;
  });
  useLayoutEffect(() => watch(box, inner, (element) => {
    pinned.current = element.scrollHeight - element.scrollTop - element.clientHeight < CLOSE;
    height.current = element.scrollHeight;
    const next = { atEnd: pinned.current, nearStart: element.scrollTop < NEAR };
    setView((now) => (now.atEnd === next.atEnd && now.nearStart === next.nearStart ? now : next));
  }, () => { if (pinned.current) toEnd(); }), []);
  return { ...view, toEnd };
}

function watch(box: Box, inner: Box, scrolled: (element: HTMLElement) => void, resized: () => void): (() => void) | undefined {
  const element = box.current;
  if (!element || !inner.current) return undefined;
  const look = () => scrolled(element);
  const sizes = new ResizeObserver(resized);
  sizes.observe(element);
  sizes.observe(inner.current);
  element.addEventListener("scroll", look, { passive: true });
  return () => {
    sizes.disconnect();
    element.removeEventListener("scroll", look);
  };
}
