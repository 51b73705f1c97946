// What goes over the wire. The shapes are the desk's own: schema.ts is generated from its types, and
// docs/wire.md says what types cannot. Times are milliseconds since 1970, ids are opaque.

import type * as desk from "./schema.ts";

export type {
  Agent, Called, Company, CustomerBrief, CustomerCompany, File, Happening, Label, Labelling, Me, Mention, Message, Note, Notice, OpenGone, OwnField,
  Preferences, Profile, ProfileChange, ReadyReply, Team,
  ThreadAnswer, VisitorConversation, Way, Wording, Words,
} from "./schema.ts";

/** Open conversations, by place, as I see them. */
export type { OpenCounts as Counts } from "./schema.ts";

/** What a visitor may know of an agent. */
export type { AgentBrief as AgentFace } from "./schema.ts";

export type Role = desk.Agent["role"];
export type Order = desk.Orders["mine"];

/** The desk takes any channel; these are the ones that this desk's screens know. */
export type Channel = "widget" | "messenger";
type Known = { channel: Channel };
export type Conversation = desk.Conversation & Known;
export type Row = desk.Row & Known;

/** What customers have of it. */
export type SaidItem = desk.Message | desk.Happening;
export type TimelineItem = SaidItem | desk.Note;
/** The bell: how many I have not seen, and the newest of all. */
export type Bell = { unseen: number; items: readonly desk.Notice[] };

export function isHappening(item: TimelineItem): item is desk.Happening {
  return "what" in item;
}

export function isNote(item: TimelineItem): item is desk.Note {
  return "answers" in item;
}

export function isMessage(item: TimelineItem): item is desk.Message {
  return "by" in item;
}
