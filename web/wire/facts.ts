// Facts and whispers: what a socket brings. `was` moves the counts: it is null for a new conversation.

import type {
  Agent, Company, Conversation, CustomerBrief, CustomerCompany, Happening, Label, Me, Mention, Message, Note, Notice, OpenGone, OwnField, Profile,
  ReadyReply, Row, Team, ThreadAnswer, VisitorConversation,
} from "./types.ts";
import type { CustomerEvent } from "./schema.ts";
import type { Answer, LanguageModel, Proposal, Source } from "./knowing.ts";

export type Was = { owner_id: string | null; closed: boolean; team_id: string | null; snoozed: boolean } | null;

type Of<Kind extends string, Data> = {
  is: "fact";
  seq: number;
  at: number;
  kind: Kind;
  conversation_id: string | null;
  customer_id: string | null;
  data: Data;
};

type Seen = { conversation_id: string; position: number };
type Written = { message: Message; conversation: Conversation; was: Was };
/** `mention`: the newest of mine that is left there. `open`: conversations where I am called and have not looked. */
type MentionLeft = { conversation_id: string; mention: Mention | null; open: number };
/** `message_id` null: the conversation itself. `open`: open conversations under the label. */
type Wearing = { message_id: string | null; label_id: string; open: number };
type Happened = { happening: Happening; conversation: Conversation; was: Was };

export type Fact =
  | Of<"CustomerAppeared" | "CustomerChanged", { customer: CustomerBrief }>
  | Of<"CustomersMerged", { kept: CustomerBrief; gone_id: string; conversations: string[] }>
  | Of<"MergeUndone", { customer: CustomerBrief; kept_id: string; conversations: string[] }>
  | Of<"ProfileChanged", { customer: CustomerBrief; profile: Profile; fields: string[]; by: string | null }>
  | Of<"CustomerCompanySaved", { company: CustomerCompany; renamed: boolean }>
  | Of<"OwnFieldsSaved", { fields: OwnField[] }>
  | Of<"CustomerErased", { customer_id: string; conversations: string[]; open: OpenGone[] }>
  | Of<"ConversationsErased", { conversations: string[] }>
  | Of<"ConversationStarted", { conversation: Conversation; was: null }>
  | Of<"CustomerWrote" | "AgentReplied", Written>
  | Of<"ConversationTaken" | "ConversationReleased" | "ConversationClosed" | "ConversationReopened" | "ConversationContinued" | "ConversationHandedOver", Happened>
  | Of<"CustomerSaw" | "ConversationRead", Seen>
  | Of<"AgentSaw", Seen & { agent_id: string }>
  | Of<"AgentAdded" | "AgentChanged", { agent: Agent }>
  | Of<"PreferencesChanged", { me: Me }>
  | Of<"CompanyChanged", { company: Company }>
  | Of<"NoteAdded" | "NoteChanged", { note: Note }>
  | Of<"ThreadAnswered" | "ThreadAnswerChanged", { answer: ThreadAnswer; note: Note }>
  | Of<"ThreadRead", { conversation_id: string; note_id: string; place: number }>
  | Of<"Mentioned", { row: Row; open: number }>
  | Of<"MentionsLookedAt" | "MentionChanged", MentionLeft>
  | Of<"NoticeGiven", { notice: Notice; unseen: number }>
  | Of<"NoticesSeen", { ids: string[] | null; unseen: number }>
  | Of<"TeamSaved", { team: Team }>
  | Of<"Labelled" | "Unlabelled", Wearing & { conversation: Conversation; was: Was }>
  | Of<"OwnLabelled" | "OwnUnlabelled", Wearing & { row: Row }>
  | Of<"ConversationSnoozed" | "ConversationWoke", { conversation: Conversation; was: Was }>
  | Of<"Starred" | "Unstarred", { row: Row; open: number }>
  | Of<"OwnCountChanged", { label_id: string | null; open: number }>
  | Of<"LabelSaved", { label: Label }>
  | Of<"LabelsMerged", { from_id: string; label: Label; open: number }>
  | Of<"ReadyReplySaved", { ready: ReadyReply }>
  | Of<"ReadyReplyRemoved", { id: string }>
  | Of<"AnswersSuggested", { proposal: Proposal }>
  | Of<"SuggestionRejected", { conversation_id: string; suggestion_id: string; agent_id: string }>
  | Of<"SourceAdded" | "SourceChanged", { source: Source }>
  | Of<"SourceRemoved", { source_id: string }>
  | Of<"ModelChanged", { model: LanguageModel }>
  | Of<"AnswerApproved" | "AnswerChanged" | "AnswerRetired" | "AnswerRestored", { answer: Answer }>
  | Of<"CustomerBlocked", { customer_id: string; until: number | null; on: boolean }>
  | Of<"EvaluationDone", { at: number }>
  | Of<"BarMoved", { bar: number }>;

export type VisitorFact =
  | Of<"ConversationStarted" | "ConversationTaken" | "ConversationReleased" | "ConversationHandedOver", { conversation: VisitorConversation }>
  | Of<"CustomerWrote" | "AgentReplied", { message: Message; conversation: VisitorConversation }>
  | Of<"ConversationClosed" | "ConversationReopened", { happening: Happening; conversation: VisitorConversation }>
  | Of<"CustomerSaw" | "AgentSaw", Seen>;

export type Whisper =
  | { is: "whisper"; kind: "looking"; agent_id: string; conversation_id: string; on: boolean }
  | { is: "whisper"; kind: "typing"; conversation_id: string; agent_id: string | null; on: boolean }
  | { is: "whisper"; kind: "here"; agents: string[] }
  | { is: "whisper"; kind: "visiting"; customer_id: string; on: boolean; page: { title: string; url: string } | null; event?: CustomerEvent | null }
  | { is: "whisper"; kind: "site" };

export type Bye = "signed_out" | "slow" | "restart" | "refused";

export type FromDesk<F> =
  | { is: "welcome"; seq: number; now: number }
  | F
  | { is: "resync"; seq: number }
  | Whisper
  | { is: "pong" }
  | { is: "bye"; why: Bye };

/** What is before me: a conversation, a customer, or everybody who is on the site. */
export type Looking = { conversation_id: string | null; customer_id?: string; site?: true };

export type ToDesk =
  | ({ do: "looking" } & Looking)
  | { do: "typing"; conversation_id: string; on: boolean }
  | { do: "ping" };
