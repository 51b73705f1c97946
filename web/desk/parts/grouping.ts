import { isHappening, isNote, type Happening, type Message, type Note, type TimelineItem } from "../../wire/types.ts";
import { sameDay } from "./ages.ts";

/** A message, perhaps one that has not left yet; "held" can still be taken back, until `due`. */
export type Said = Message & { leaving?: "waiting" | "failed" | "held"; due?: number };

export type Group = { is: "group"; key: string; by: "customer" | "agent"; agentId: string | null; messages: Said[] };
export type Block =
  | { is: "day"; key: string; at: number } | { is: "happened"; key: string; happening: Happening } | { is: "note"; key: string; note: Note } | Group;

const TOGETHER = 3 * 60_000;

/** The blocks of a timeline: days, happenings, and messages of one writer within three minutes. */
export function blocksOf(items: readonly (TimelineItem | Said)[]): Block[] {
  const blocks: Block[] = [];
  let before: number | null = null;
  for (const item of items) {
    if (before === null || !sameDay(before, item.at)) blocks.push({ is: "day", key: `d${item.at}`, at: item.at });
    before = item.at;
    if (isNote(item)) blocks.push({ is: "note", key: `n${item.id}`, note: item });
    else if (isHappening(item)) blocks.push({ is: "happened", key: `h${item.position}`, happening: item });
    else put(blocks, item);
  }
  return blocks;
}

function put(blocks: Block[], message: Said): void {
  const last = blocks.at(-1);
  if (last?.is === "group" && continues(last, message)) {
    last.messages.push(message);
    return;
  }
  const { by, agent_id: agentId } = message;
  // By the client's id, which a message has before and after it left: its bubble stays the same one.
  blocks.push({ is: "group", key: `m${message.client_id}`, by, agentId, messages: [message] });
}

// A message that failed or is held stands alone, because its foot offers what can be done about it.
function continues(group: Group, message: Said): boolean {
  const last = group.messages.at(-1);
  if (!last || standsAlone(last) || standsAlone(message)) return false;
  return group.by === message.by && group.agentId === message.agent_id && message.at - last.at < TOGETHER;
}

function standsAlone({ leaving }: Said): boolean {
  return leaving === "failed" || leaving === "held";
}
