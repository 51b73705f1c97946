// Who can be called in a note. On the wire a mention is a token, on the screen it is @ and a name, and
// in the field it is the same words and a memory of whom they mean: names need not be unique.

import { fold, findIn, type Folded } from "./folding.ts";
import { shortName } from "./names.ts";

export type Who = "agent" | "team";
export type Callable = {
  who: Who; id: string; name: string;
  /** What is written after the @: the first name, where nobody else has it. */
  called: string;
  folded: Folded;
};

/** A name chosen for the text: `says`, with its @, stands at `at`. */
export type Chosen = { at: number; says: string; who: Who; id: string };

export type Stretch = { text: string; who?: Who; id?: string };

type Named = { id: string; name: string };

const TOKEN = /@\[(agent|team):([0-9a-z]{26})\]/g;

export function callablesOf(agents: readonly Named[], teams: readonly Named[]): Callable[] {
  const many = new Map<string, number>();
  const one = (name: string) => fold(name).text;
  for (const name of [...agents.map(({ name }) => shortName(name)), ...teams.map(({ name }) => name)]) {
    many.set(one(name), (many.get(one(name)) ?? 0) + 1);
  }
  const called = (name: string) => (many.get(one(shortName(name))) === 1 ? shortName(name) : name);
  const as = (who: Who, { id, name }: Named, says: string): Callable => ({ who, id, name, called: says, folded: fold(name) });
  return [...agents.map((agent) => as("agent", agent, called(agent.name))), ...teams.map((team) => as("team", team, team.name))];
}

export type Match = { one: Callable; from: number; to: number };

/** The first so many whose names hold the query; those whose name begins with it come first. */
export function matchesOf(all: readonly Callable[], query: string, most: number): Match[] {
  const wanted = fold(query.trim()).text;
  const ranks: Match[][] = [[], [], []];
  for (const one of all) {
    const found = findIn(one.folded, wanted);
    if (found) ranks[found.rank]?.push({ one, from: found.from, to: found.to });
  }
  return ranks.flat().slice(0, most);
}

/** What was chosen, after the text around it changed. A name that was written into is one no more. */
export function shifted(chosen: readonly Chosen[], before: string, after: string, caret: number): Chosen[] {
  if (chosen.length === 0 || before === after) return [...chosen];
  const tail = before.endsWith(after.slice(caret)) ? after.length - caret : sameEnd(before, after);
  const head = sameStart(before, after, Math.min(before.length, after.length) - tail);
  const by = after.length - before.length;
  return chosen.flatMap((one) => {
    if (one.at + one.says.length <= head) return [one];
    return one.at >= before.length - tail ? [{ ...one, at: one.at + by }] : [];
  });
}

function sameStart(a: string, b: string, most: number): number {
  let same = 0;
  while (same < most && a[same] === b[same]) same += 1;
  return same;
}

function sameEnd(a: string, b: string): number {
  let same = 0;
  while (same < Math.min(a.length, b.length) && a[a.length - 1 - same] === b[b.length - 1 - same]) same += 1;
  return same;
}

/** Those that really stand in the text, in its order. */
export function standing(text: string, chosen: readonly Chosen[]): Chosen[] {
  return chosen.filter(({ at, says }) => says.length > 1 && text.startsWith(says, at)).sort((a, b) => a.at - b.at);
}

/** The text as it is sent. */
export function tokened(text: string, chosen: readonly Chosen[]): string {
  let sent = "";
  let from = 0;
  for (const { at, says, who, id } of standing(text, chosen)) {
    if (at < from) continue;
    sent += `${text.slice(from, at)}@[${who}:${id}]`;
    from = at + says.length;
  }
  return sent + text.slice(from);
}

type NameOf = (who: Who, id: string) => string | undefined;

/** What was sent, cut so that mentions can be shown. A token that names nobody stands as it was typed. */
export function stretchesOf(text: string, nameOf: NameOf): Stretch[] {
  const found: Stretch[] = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [token, who, id] = match as unknown as [string, Who, string];
    const name = nameOf(who, id);
    if (name === undefined) continue;
    if (match.index > from) found.push({ text: text.slice(from, match.index) });
    found.push({ text: `@${name}`, who, id });
    from = match.index + token.length;
  }
  if (from < text.length) found.push({ text: text.slice(from) });
  return found;
}

/** What was sent, as it stands in the field when it is changed. */
export function untokened(text: string, nameOf: NameOf): { text: string; mentions: Chosen[] } {
  const mentions: Chosen[] = [];
  let whole = "";
  for (const { text: says, who, id } of stretchesOf(text, nameOf)) {
    if (who !== undefined && id !== undefined) mentions.push({ at: whole.length, says, who, id });
    whole += says;
  }
  return { text: whole, mentions };
}

/** In one plain line, for lists and notices. */
export function plainOf(text: string, nameOf: NameOf): string {
  return stretchesOf(text, nameOf).map((one) => one.text).join("");
}
