import { signal } from "@preact/signals";
import { request } from "../../wire/fetch.ts";
import { connection } from "./live.ts";

/** How many are on the site, as of the last time somebody looked. */
export const onSite = signal(0);

const EVERY = 20_000;
let asking = 0;

/** Asks now and then while the page is in view. Answers how to stop. */
export function followVisitors(): () => void {
  const ask = () => {
    if (document.visibilityState !== "visible" || connection.peek() !== "here") return;
    const mine = (asking += 1);
    request<{ count: number }>("GET", "/api/visitors?limit=0").then(({ count }) => { if (mine === asking) onSite.value = count; }, () => undefined);
  };
  ask();
  const timer = setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", ask);
  };
}
