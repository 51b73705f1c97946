import type { KeyboardEvent } from "./events.ts";

/** Arrow keys, Home and End move the focus among the buttons inside. True when the key was ours. */
export function step(event: KeyboardEvent, way: "horizontal" | "vertical"): boolean {
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>("button:not(:disabled), a[href]")];
  const at = all.indexOf(document.activeElement as HTMLElement);
  const to = target(event, way, at, all.length);
  if (to === null) return false;
  event.preventDefault();
  all[to]?.focus();
  if (way === "horizontal") all[to]?.click();
  return true;
}

function target({ key, currentTarget }: KeyboardEvent, way: "horizontal" | "vertical", at: number, many: number): number | null {
  const forward = way === "vertical" ? "ArrowDown" : isRtl(currentTarget) ? "ArrowLeft" : "ArrowRight";
  const back = way === "vertical" ? "ArrowUp" : isRtl(currentTarget) ? "ArrowRight" : "ArrowLeft";
  if (key === forward) return (at + 1) % many;
  if (key === back) return (at - 1 + many) % many;
  if (key === "Home") return 0;
  return key === "End" ? many - 1 : null;
}

function isRtl(element: HTMLElement): boolean {
  return getComputedStyle(element).direction === "rtl";
}
