// Suggestions and what they come from, as they go over the wire.

export type Sure = "sure" | "likely" | "perhaps";
export type PassageKind = "page" | "document" | "answer" | "reply";

export type Origin = {
  kind: PassageKind;
  title: string;
  url: string | null;
  at: number;
  agent_id: string | null;
  conversation_id: string | null;
};

export type Suggestion = {
  id: string;
  passage_id: string | null;
  /** May hold blanks, written ⟦order number⟧. */
  text: string;
  blanks: string[];
  origins: Origin[];
  confidence: number;
  sure: Sure;
  one_click: boolean;
  drafted: boolean;
};

export type Proposal = { conversation_id: string; position: number; suggestions: Suggestion[] };

export type SourceKind = "website" | "document" | "answers" | "conversations";
export type Plan = { url: string; include: string[]; exclude: string[]; most: number };
export type Counts = {
  found: number; read: number; unchanged: number; skipped: number; robots: number; failed: number; now: string | null;
};
export type Source = {
  id: string;
  kind: SourceKind;
  name: string;
  plan: Plan | null;
  file: { name: string; type: string; size: number } | null;
  added_by: string | null;
  added_at: number;
  is_on: boolean;
  state: "waiting" | "reading" | "read" | "failed" | "stopped";
  fault: string | null;
  read_at: number | null;
  passages: number;
  counts: Counts;
};
export type PageState = "waiting" | "read" | "unchanged" | "skipped" | "failed";
export type KnownPage = {
  id: string; source_id: string; url: string; title: string; state: PageState; reason: string | null;
  read_at: number | null; changed_at: number | null; passages: number;
};
export type KnownPassage = {
  id: string; kind: PassageKind; title: string; heading: string; questions: string[]; text: string; url: string | null; at: number;
};
export type Answer = {
  id: string; question: string; text: string; agent_id: string; message_id: string | null; conversation_id: string | null;
  created_at: number; changed_at: number; retired_at: number | null;
};

export type Found = {
  suggestion: Suggestion; is_shown: boolean; words: string[]; meaning: number;
  sent: number; edited: number; rejected: number; ignored: number;
};
export type Tried = { bar: number; found: Found[] };
export type Unanswered = { id: string; text: string; times: number; last_at: number; conversation_id: string };

export type Point = { shown: number; right: number; bar: number };
export type Quality = { first: number; three: number; silent: number; curve: Point[] };
export type Report = {
  at: number; engine: string; conversations: number; questions: number; now: Quality | null; before: Quality | null;
};
export type Week = { monday: number; sent: number; edited: number; ignored: number; rejected: number };
export type SourceUse = {
  source_id: string; kind: string; name: string; shown: number; sent: number; edited: number; rejected: number; ignored: number;
};
export type Evaluation = { running: boolean; bar: number; report: Report | null; weeks: Week[]; sources: SourceUse[] };

export type ProposalAnswer = { seq: number; proposal: Proposal };
export type SourcesAnswer = { seq: number; sources: Source[] };
export type SourceAnswer = { source: Source };
export type PagesAnswer = { seq: number; rows: KnownPage[]; next: string | null };
export type PageAnswer = { seq: number; page: KnownPage; passages: KnownPassage[] };
export type AnswersAnswer = { seq: number; rows: Answer[]; next: string | null };
export type AnswerAnswer = { answer: Answer };
export type DraftedAnswer = { question: string; text: string; answer_id: string | null };
