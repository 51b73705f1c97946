import type { Fact } from "../../wire/facts.ts";
import { noticed, noticesSeen, withAnswer, withItem, withThreadRead } from "./notes.ts";
import { withMention, withOwnRow } from "./rows.ts";
import { withOne, type State } from "./state.ts";

const KINDS = [
  "NoteAdded", "NoteChanged", "ThreadAnswered", "ThreadAnswerChanged", "ThreadRead", "Mentioned", "MentionsLookedAt",
  "MentionChanged", "NoticeGiven", "NoticesSeen", "TeamSaved",
] as const;
type Kind = (typeof KINDS)[number];
type AmongUs = Extract<Fact, { kind: Kind }>;

export function isAmongUs(fact: Fact): fact is AmongUs {
  return (KINDS as readonly string[]).includes(fact.kind);
}

/** What the team says among itself, and to whom. */
export function among(state: State, fact: AmongUs): State {
  switch (fact.kind) {
    case "NoteAdded":
    case "NoteChanged":
      return withItem(state, fact.data.note);
    case "ThreadAnswered":
    case "ThreadAnswerChanged":
      return withAnswer(withItem(state, fact.data.note), fact.data.answer);
    case "ThreadRead":
      return withThreadRead(state, fact.data.note_id, fact.data.place);
    case "Mentioned":
      return withCalls(withOwnRow(state, fact.data.row), fact.data.open);
    case "MentionsLookedAt":
    case "MentionChanged":
      return withCalls(withMention(state, fact.data.conversation_id, fact.data.mention), fact.data.open);
    case "NoticeGiven":
      return noticed(state, fact.data.notice, fact.data.unseen);
    case "NoticesSeen":
      return noticesSeen(state, fact.data.ids, fact.data.unseen);
    case "TeamSaved":
      return { ...state, teams: withOne(state.teams, fact.data.team) };
  }
}

function withCalls(state: State, mentions: number): State {
  return { ...state, counts: { ...state.counts, mentions } };
}
