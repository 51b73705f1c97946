import type { Source } from "../../../wire/knowing.ts";
import type { IconName } from "../../parts/icon.tsx";
import { shortName } from "../../parts/names.ts";
import { agentById } from "../../state/state.ts";
import { desk } from "../../state/store.ts";
import { words as all } from "../../words.ts";
import { knowledge as words } from "../../words-knowledge.ts";

export const SOURCE_ICONS: Record<Source["kind"], IconName> = { website: "globe", document: "page", answers: "check", conversations: "bubble" };

export function nameOf({ kind, name }: Source): string {
  return kind === "answers" || kind === "conversations" ? words.names[kind] : name;
}

/** One quiet line about a source. */
export function lineOf(source: Source): string {
  const { kind, plan, counts } = source;
  if (kind === "answers") return words.written(counts.found);
  if (kind === "conversations") return [words.learntFrom(counts.found), source.uncleared > 0 ? words.uncleared(source.uncleared) : ""].filter((part) => part !== "").join(" · ");
  if (kind === "document") return [addedBy(source), counts.found > 1 ? words.pages(counts.found) : ""].filter((part) => part !== "").join(" · ");
  const { include = [], exclude = [] } = plan ?? {};
  return [words.daily, include.length > 0 ? words.only(include) : "", exclude.length > 0 ? words.without(exclude) : ""].filter((part) => part !== "").join(" · ");
}

function addedBy({ added_by }: Source): string {
  if (added_by === null) return words.addedBy(null);
  return words.addedBy(shortName(agentById(desk(), added_by)?.name ?? all.somebody));
}
