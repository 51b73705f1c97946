import type { Launcher } from "../frame/words.ts";

const BUBBLE = "M10 3.5c-4 0-7 2.7-7 6.2 0 1.9.9 3.6 2.4 4.7V17l2.5-1.4c.7.2 1.4.2 2.1.2 4 0 7-2.7 7-6.1s-3-6.2-7-6.2z";
const DOWN = "m5 8 5 5 5-5";

/** Made node by node: a page may forbid markup from strings. */
export function bubble(words: Launcher) {
  const button = document.createElement("button");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS(svg.namespaceURI, "path");
  const badge = document.createElement("b");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.append(path);
  button.append(svg, badge);

  const draw = (open: boolean, count: number): void => {
    path.setAttribute("d", open ? DOWN : BUBBLE);
    button.setAttribute("aria-expanded", `${open}`);
    button.setAttribute("aria-label", open ? words.close : words.open(count));
    badge.textContent = open || !count ? "" : count > 9 ? "9+" : `${count}`;
  };
  return { button, draw };
}
