import { locale } from "../words.ts";

const UNITS = ["kB", "MB", "GB"];

/** "812 kB", "1.4 MB". */
export function sizeOf(bytes: number): string {
  let size = Math.max(1, bytes / 1000);
  let unit = 0;
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = size < 10 && unit > 0 ? 1 : 0;
  return `${size.toLocaleString(locale, { maximumFractionDigits: digits })} ${UNITS[unit] ?? ""}`;
}
