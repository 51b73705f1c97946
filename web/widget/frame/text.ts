// Finds addresses in plain text. What is not plainly one of the four kinds stays text.

export type Part = { text: string; href?: string };

const ADDRESS = /\b(?:https?:\/\/|www\.|mailto:|tel:)[^\s<>"'`]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu;

export function parts(text: string): Part[] {
  const found: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    const href = link(address);
    if (!href) continue;
    if (match.index > from) found.push({ text: text.slice(from, match.index) });
    found.push({ text: address, href });
    from = match.index + address.length;
  }
  if (from < text.length) found.push({ text: text.slice(from) });
  return found;
}

// The full stop ends the sentence, and a bracket belongs to it unless it was opened in the address.
function trimmed(address: string): string {
  let kept = address;
  while (/[.,;:!?…]$/u.test(kept) || (/[)\]]$/u.test(kept) && !/[([]/u.test(kept))) kept = kept.slice(0, -1);
  return kept;
}

function link(address: string): string | undefined {
  const full = /^www\./i.test(address) ? `https://${address}` : /^[a-z]+:/i.test(address) ? address : `mailto:${address}`;
  try {
    const { protocol, href, host } = new URL(full);
    const web = protocol === "http:" || protocol === "https:";
    return (web && host) || protocol === "mailto:" || protocol === "tel:" ? href : undefined;
  } catch {
    return undefined;
  }
}
