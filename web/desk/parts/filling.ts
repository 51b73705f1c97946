// A ready reply names {customer} and {agent}. Where there is no name, the gap closes as if nobody had meant to say one.

export type Names = { customer: string | null; agent: string };

const GAP = "\u0000";
const BEGINS = new RegExp(`(^|\\n|[.!?] )${GAP}[ \\t]*[,;:.!]?[ \\t]*(\\p{Ll})?`, "gu");
const WITHIN = new RegExp(`[ \\t]*,?[ \\t]*${GAP}(?=[ \\t]*[,.;:!?])|[ \\t]*${GAP}`, "gu");

/** The text with both names filled in. */
export function filled(text: string, { customer, agent }: Names): string {
  const named = text.replaceAll(GAP, "").replaceAll("{agent}", () => agent).replaceAll("{customer}", () => customer ?? GAP);
  return named.replace(BEGINS, (_, before: string, letter?: string) => before + (letter?.toUpperCase() ?? "")).replace(WITHIN, "");
}

/** The same way back: names that stand in a text as words of their own become gaps. */
export function gapped(text: string, { customer, agent }: Names): string {
  const out = (now: string, name: string | null, gap: string) => (name && name.length > 1 ? now.replace(asWord(name), gap) : now);
  return out(out(text, customer, "{customer}"), agent, "{agent}");
}

function asWord(name: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}{])${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{L}\\p{N}}])`, "gu");
}
