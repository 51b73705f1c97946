/** "#12695c" in three parts of 255; null when it is no colour. */
function channels(colour: string): number[] | null {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour.trim());
  return match ? match.slice(1).map((part) => Number.parseInt(part, 16)) : null;
}

function luminance(parts: number[]): number {
  const [r = 0, g = 0, b = 0] = parts.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast by WCAG, 1 to 21; null when one is no colour. */
export function contrast(one: string, other: string): number | null {
  const [a, b] = [channels(one), channels(other)];
  if (!a || !b) return null;
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** White where it can be read, else black. */
export function textOn(colour: string): "#ffffff" | "#000000" {
  return (contrast(colour, "#ffffff") ?? 21) >= 4.5 ? "#ffffff" : "#000000";
}
