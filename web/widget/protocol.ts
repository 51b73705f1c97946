// What the company's page and the chat's frame say to each other. Both sides check every message:
// its window, its exact origin, and its shape. The visitor's token is in none of them.

export type ToFrame =
  | { frontdesk: "hello"; browser: string; language: string; rtl: boolean; name: string; colour: string; on_colour: string }
  | { frontdesk: "shown"; open: boolean; focus: boolean; top: string; bottom: string }
  | { frontdesk: "identify"; token: string }
  | { frontdesk: "forget" };

/** Always one small number, so that the loader's check is short: "unread" is how many, "height" in pixels. */
export type ToHost = { frontdesk: "ready" | "close" | "talked" | "unread" | "height"; value: number };

export function toHost(data: unknown): ToHost | null {
  const said = data as ToHost | null;
  const value: unknown = said?.value;
  return typeof value === "number" && value >= 0 && value < 1e4 ? said : null;
}

type Shape = Record<string, "string" | "boolean">;

const TO_FRAME: Record<ToFrame["frontdesk"], Shape> = {
  hello: { browser: "string", language: "string", rtl: "boolean", name: "string", colour: "string", on_colour: "string" },
  shown: { open: "boolean", focus: "boolean", top: "string", bottom: "string" },
  identify: { token: "string" },
  forget: {},
};

/** The message, if it has one of these shapes and nothing else in it. */
export function toFrame(data: unknown): ToFrame | null {
  const { frontdesk, ...said } = (data ?? {}) as Record<string, unknown>;
  const shape = new Map<unknown, Shape>(Object.entries(TO_FRAME)).get(frontdesk);
  const fits = shape && Object.keys(shape).length === Object.keys(said).length
    && Object.keys(shape).every((name) => typeof said[name] === shape[name] && String(said[name]).length <= 8000);
  return fits ? (data as ToFrame) : null;
}
