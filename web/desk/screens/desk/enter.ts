type Press = Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey" | "isComposing">;

/** Whether this key sends. A thumb has no Shift, so on glass Enter is always a new line. */
export function sendsOn(press: Press, enterSends: boolean, glass = matchMedia("(pointer: coarse)").matches): boolean {
  if (press.key !== "Enter" || press.isComposing || press.altKey) return false;
  if (press.ctrlKey || press.metaKey) return true;
  return enterSends && !press.shiftKey && !glass;
}
