import type { TargetedEvent, TargetedKeyboardEvent } from "preact";

export type KeyboardEvent = TargetedKeyboardEvent<HTMLElement>;
export type InputEvent = TargetedEvent<HTMLInputElement>;

/** Keys mean letters here, so the desk's own keys rest. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])");
}
