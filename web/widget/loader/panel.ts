import { toHost, type ToFrame, type ToHost } from "../protocol.ts";
import { PHONE } from "./style.ts";

/** The frame with the chat in it: made when first needed, spoken to once it says it is ready. */
export function panel(origin: string, title: string, hello: ToFrame, onSaid: (said: ToHost) => void) {
  const box = document.createElement("div");
  let frame: HTMLIFrameElement | undefined;
  let ready = false;
  let failed = false;
  let waiting: ToFrame[] = [];
  box.hidden = true;

  const post = (message: ToFrame): void => frame?.contentWindow?.postMessage(message, origin);

  const load = (anew?: number): void => {
    if (frame && !failed && !anew) return;
    failed = ready = false;
    frame?.remove();
    frame = document.createElement("iframe");
    frame.title = title;
    frame.src = `${origin}/widget/frame`;
    frame.onload = () => {
      post(hello);
      setTimeout(() => { failed = !ready; }, 3000);
    };
    box.append(frame);
  };

  addEventListener("message", (event: MessageEvent) => {
    const said = toHost(event.data);
    if (!said || event.source !== frame?.contentWindow || event.origin !== origin) return;
    if (said.frontdesk === "ready") {
      ready = true;
      waiting.forEach(post);
      waiting = [];
    }
    onSaid(said);
  });

  return {
    box,
    load,
    isReady: () => ready,
    focus: () => frame?.focus(),
    tell: (message: ToFrame): void => {
      if (ready) post(message);
      else waiting.push(message);
    },
  };
}

let scroll: string | undefined;

/** On a phone the chat covers what can be seen, also while the keyboard takes half of it. True when it does. */
export function cover(box: HTMLElement): boolean {
  const page = document.documentElement.style;
  const view = window.visualViewport;
  const covers = !box.hidden && matchMedia(PHONE).matches;
  if (covers) {
    scroll ??= page.overflow;
    page.overflow = "hidden";
  } else if (scroll !== undefined) {
    page.overflow = scroll;
    scroll = undefined;
  }
  const fits = covers && view && view.scale < 1.01;
  box.style.top = fits ? `${view.offsetTop}px` : "";
  box.style.height = fits ? `${view.height}px` : "";
  return covers;
}
