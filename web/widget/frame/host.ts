// Talks to the company's page. The page that first says hello from outside is the only one listened to.

import { toFrame, type ToFrame, type ToHost } from "../protocol.ts";

type Hello = Extract<ToFrame, { frontdesk: "hello" }>;

let origin: string | null = null;

/** The page's hello; null when the chat stands on its own or nobody speaks within a second. */
export function hello(onSaid: (said: ToFrame) => void): Promise<Hello | null> {
  return new Promise((resolve) => {
    const alone = setTimeout(() => resolve(null), parent === window ? 0 : 1000);
    addEventListener("message", (event: MessageEvent) => {
      if (event.source !== parent || (origin && event.origin !== origin)) return;
      const said = toFrame(event.data);
      if (!said || (!origin && said.frontdesk !== "hello")) return;
      if (said.frontdesk !== "hello") { onSaid(said); return; }
      origin = event.origin;
      clearTimeout(alone);
      resolve(said);
    });
  });
}

export function tell(frontdesk: ToHost["frontdesk"], value = 0): void {
  if (origin) parent.postMessage({ frontdesk, value }, origin);
}
