import { signal } from "@preact/signals";

/** The moment that ages are told from. It ticks often enough for minutes. */
export const now = signal(Date.now());

export function startClock(): void {
  const tick = () => { now.value = Date.now(); };
  setInterval(tick, 15_000);
  document.addEventListener("visibilitychange", tick);
}
