// Suggestions, what they come from, and how good they are. The shapes are the desk's own.

import type * as desk from "./schema.ts";

export type {
  Answer, AnswerAnswer, AnswersAnswer, Evaluation, Found, KnownPage, KnownPassage, LanguageModel, ModelAnswer, Origin, Plan, Point, Proposal,
  ProposalAnswer, Report, Source, SourceAnswer, SourcesAnswer, Suggestion, Unanswered, Week,
} from "./schema.ts";

export type {
  KnownPageAnswer as PageAnswer, KnownPagesAnswer as PagesAnswer, ProposedAnswer as DraftedAnswer, TriedAnswer as Tried,
  Used as SourceUse,
} from "./schema.ts";

export type Sure = desk.Suggestion["sure"];
export type PageState = desk.KnownPage["state"];
/** One of the two measurements of a report: before learning, and now. */
export type Quality = desk.Quality;
