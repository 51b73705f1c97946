import { WireError } from "../../../wire/fetch.ts";
import type { Source } from "../../../wire/knowing.ts";
import type { IconName } from "../../parts/icon.tsx";
import { shortName } from "../../parts/names.ts";
import { agentById } from "../../state/state.ts";
import { desk } from "../../state/store.ts";
import { toast } from "../../state/toasts.ts";
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

/** Does it, and says why not when the desk does not. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    toast({ text: cause.kind === "away" ? all.faults.away : cause.message });
    return false;
  }
}
