// What the desk answers, call by call.

import type {
  Agent, AgentFace, Bell, Company, Conversation, Counts, File, Label, Labelling, Me, Message, Note, Notice, ReadyReply, Role, Row, SaidItem, Team, ThreadAnswer,
  TimelineItem, VisitorConversation, Way, Wording,
} from "./types.ts";

export type DeskState = { set_up: boolean; company: { name: string } | null; version: string; signed_in: boolean };
export type SignedIn = { me: Me };
export type StateAnswer = {
  seq: number;
  me: Me;
  agents: Agent[];
  company: Company;
  teams: Team[];
  labels: Label[];
  ready: ReadyReply[];
  counts: Counts;
  notices: Bell;
};
export type RowsAnswer = { seq: number; rows: Row[]; next: string | null };
export type RowAnswer = { seq: number; conversation: Row; labelled: Labelling[] };
export type TimelineAnswer = {
  seq: number;
  items: TimelineItem[];
  more: boolean;
  /** How far I have read the threads of its notes, by note; absent: not at all. */
  threads: Record<string, number>;
  /** The team's labels and my own, on the conversation and on its messages. */
  labelled: Labelling[];
};
export type VisitorTimeline = { seq: number; items: SaidItem[]; more: boolean };
export type NoteAnswer = { note: Note };
export type NotesAnswer = { seq: number; notes: Note[] };
export type ThreadShown = { seq: number; note: Note; answers: ThreadAnswer[]; read_place: number };
export type Answered = { answer: ThreadAnswer; note: Note };
export type WordingsAnswer = { wordings: Wording[] };
export type NoticesAnswer = { seq: number; items: Notice[]; next: string | null };
export type TeamAnswer = { team: Team };
export type LabelAnswer = { label: Label };
export type ReadyAnswer = { ready: ReadyReply };
export type WaysAnswer = { ways: Way[] };
export type SentAnswer = { message: Message; conversation: Conversation };
export type ConversationAnswer = { conversation: Conversation };
export type FileAnswer = { file: File };
export type Session = { id: string; at: number; seen_at: number; address: string; device: string; current: boolean };
export type Invitation = { id: string; email: string; role: Role; expires_at: number; invited_by: string | null };

export type VisitorHello = {
  seq: number;
  company: { name: string; colour: string; greeting: string };
  agents: AgentFace[];
  here: string[];
  answers_in: number | null;
  customer: { id: string; name: string | null } | null;
  conversations: VisitorConversation[];
};
export type VisitorSent = { message: Message; conversation: VisitorConversation };
export type Identified = { customer: { id: string; name: string | null } };
