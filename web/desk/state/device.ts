import { effect, signal } from "@preact/signals";
import { storage } from "../../wire/storage.ts";
import { state } from "./store.ts";

const THEME = "frontdesk:theme";

/** The theme of the last agent stays for the door, so that signing in does not flash. */
export function keepTheme(): void {
  const kept = storage();
  show(kept.getItem(THEME) ?? "system");
  effect(() => {
    const theme = state.value?.me.preferences.theme;
    if (!theme) return;
    show(theme);
    try {
      kept.setItem(THEME, theme);
    } catch {
      // Then the door follows the system.
    }
  });
}

function show(theme: string): void {
  const root = document.documentElement;
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  else delete root.dataset.theme;
}

const PHONE = matchMedia("(max-width: 899px)");

/** Whether there is room for one column only. */
export const narrow = signal(PHONE.matches);
PHONE.addEventListener("change", () => { narrow.value = PHONE.matches; });

const STILL = matchMedia("(prefers-reduced-motion: reduce)");

/** Whether nothing is to move that need not. */
export function isStill(): boolean {
  return STILL.matches;
}

/** Where the keyboard of a phone covers the page, the page ends above it. */
export function keepAboveKeyboard(): void {
  const view = window.visualViewport;
  if (!view) return;
  const fit = () => {
    if (view.scale !== 1) return; // Zoomed in by hand: the page keeps its size.
    document.documentElement.style.setProperty("--view-height", `${view.height}px`);
    scrollTo(0, 0);
  };
  view.addEventListener("resize", fit);
  fit();
}
