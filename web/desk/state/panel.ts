import { signal } from "@preact/signals";

/** Whether the panel stands beside the conversation. It stays as it was left until the page is loaded anew. */
export const panelOpen = signal(false);
