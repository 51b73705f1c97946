const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** "Ines Oliveira" is IO, "Priya" is P. Marks that join letters stay together. */
export function initials(name: string): string {
  const parts = name.split(/[\s·,]+/u).filter((part) => /\p{L}|\p{N}/u.test(part));
  const chosen = parts.length > 1 ? [parts[0], parts.at(-1)] : parts;
  return chosen.map((part) => firstLetter(part ?? "")).join("").toUpperCase() || "?";
}

function firstLetter(part: string): string {
  const found = [...letters.segment(part)].find(({ segment }) => /\p{L}|\p{N}/u.test(segment));
  return found?.segment ?? "";
}

/** What one calls somebody: the first name of a person, the whole of "Stockholm lead". */
export function shortName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}
