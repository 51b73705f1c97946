/** A stretch of text, with an address where it is a link. */
export type Piece = { text: string; href: string | null };

// Each alternative has a fixed beginning and one run of plain characters, so hostile text costs no more than its length.
const LINK = /\b(?:https?:\/\/|www\.|mailto:|tel:)[^\s<>"“”«»]{1,2000}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/giu;
const TRAILING = ".,;:!?'\"’”»…*_~";
const MAY = new Set(["http:", "https:", "mailto:", "tel:"]);

/** Splits text so that addresses can be clicked. Only http, https, mailto and tel ever become one. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const shown = trimmed(match[0]);
    const href = addressOf(shown);
    if (!href) continue;
    if (match.index > from) found.push({ text: text.slice(from, match.index), href: null });
    found.push({ text: shown, href });
    from = match.index + shown.length;
  }
  if (from < text.length) found.push({ text: text.slice(from), href: null });
  return found;
}

const OPENS: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

// "See https://a.example/b." ends the sentence; "(https://a.example/b)" closes the bracket.
function trimmed(shown: string): string {
  const many = new Map<string, number>();
  for (const letter of shown) many.set(letter, (many.get(letter) ?? 0) + 1);
  let end = shown.length;
  for (; end > 0; end -= 1) {
    const last = shown[end - 1] ?? "";
    const open = OPENS[last];
    const closes = open !== undefined && (many.get(last) ?? 0) > (many.get(open) ?? 0);
    if (closes) many.set(last, (many.get(last) ?? 0) - 1);
    else if (!TRAILING.includes(last)) break;
  }
  return shown.slice(0, end);
}

function addressOf(shown: string): string | null {
  const address = /^www\./i.test(shown) ? `https://${shown}` : /^[a-z]+:/i.test(shown) ? shown : `mailto:${shown}`;
  return safeAddress(address);
}

/** The address if it may be followed, else null. */
export function safeAddress(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !MAY.has(url.protocol)) return null;
  return url.protocol.startsWith("http") && !url.hostname ? null : url.href;
}
