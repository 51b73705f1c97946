// Finds addresses in plain text, word by word, so that the time only grows with the length. What is not plainly
// one of the four kinds stays text.

export type Part = { text: string; href?: string };

const START = /(^|\W)(?:https?:\/\/|www\.|mailto:|tel:)/i;
const EMAIL = /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/;

export function parts(text: string): Part[] {
  const found: Part[] = [];
  let plain = "";
  for (const word of text.split(/(\s+)/)) {
    const [before, address, href] = addressIn(word);
    plain += before;
    if (!href) continue;
    if (plain) found.push({ text: plain });
    found.push({ text: address, href });
    plain = word.slice(before.length + address.length);
  }
  return plain ? [...found, { text: plain }] : found;
}

function addressIn(word: string): [before: string, address: string, href?: string] {
  const start = START.exec(word);
  const from = start ? start.index + (start[1]?.length ?? 0) : (/^[("'<[]*/.exec(word)?.[0].length ?? 0);
  const address = trimmed(/^[^<>"'`]*/.exec(word.slice(from))?.[0] ?? "");
  const href = start || EMAIL.test(address) ? link(address) : undefined;
  return href ? [word.slice(0, from), address, href] : [word, ""];
}

// The full stop ends the sentence, and a bracket belongs to the address only if one was opened there.
function trimmed(address: string): string {
  let end = address.length;
  while (/[.,;:!?…)\]]/.test(address.charAt(end - 1)) && !(address[end - 1] === ")" && address.includes("("))) end -= 1;
  return address.slice(0, end);
}

function link(address: string): string | undefined {
  const full = /^www\./i.test(address) ? `https://${address}` : /^[a-z]+:/i.test(address) ? address : `mailto:${address}`;
  try {
    const { protocol, href, host } = new URL(full);
    return (/^https?:$/.test(protocol) && host) || /^(mailto|tel):$/.test(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}
