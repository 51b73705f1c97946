// Nothing runs here. The types below compile only while what the desk says fits what the browser
// expects of it; schema.ts is the desk's word, answers.ts and facts.ts are the browser's.

import type * as answers from "./answers.ts";
import type { Fact } from "./facts.ts";
import type * as desk from "./schema.ts";

type Fits<Expected, _Said extends Expected> = true;
/** Channels, and the null of a new conversation, are narrower here than the desk itself knows. */
type Narrowed<T> =
  T extends (infer One)[] ? Narrowed<One>[]
  : T extends { channel: string } ? { [K in keyof T]: K extends "channel" ? "widget" | "messenger" : Narrowed<T[K]> }
  : T extends object ? { [K in keyof T]: Narrowed<T[K]> }
  : T;
type Said = Narrowed<Exclude<desk.Fact, { kind: "ConversationStarted" }>>;

export type Agreed = [
  Fits<answers.DeskState, desk.DeskAnswer>,
  Fits<answers.SignedIn, desk.MeAnswer>,
  Fits<answers.StateAnswer, desk.StateAnswer>,
  Fits<answers.RowsAnswer, Narrowed<desk.PageAnswer>>,
  Fits<answers.RowAnswer, Narrowed<desk.RowAnswer>>,
  Fits<answers.TimelineAnswer, desk.TimelineAnswer>,
  Fits<answers.VisitorTimeline, desk.Timeline>,
  Fits<answers.NoteAnswer, desk.NoteAnswer>,
  Fits<answers.NotesAnswer, desk.NotesAnswer>,
  Fits<answers.ThreadShown, desk.ThreadShown>,
  Fits<answers.Answered, desk.Answered>,
  Fits<answers.WordingsAnswer, desk.WordingsAnswer>,
  Fits<answers.NoticesAnswer, desk.NoticesAnswer>,
  Fits<answers.TeamAnswer, desk.TeamAnswer>,
  Fits<answers.WaysAnswer, desk.WaysAnswer>,
  Fits<answers.LabelAnswer, desk.LabelAnswer>,
  Fits<answers.ReadyAnswer, desk.ReadyAnswer>,
  Fits<answers.SentAnswer, Narrowed<desk.SaidAnswer>>,
  Fits<answers.ConversationAnswer, Narrowed<desk.ConversationAnswer>>,
  Fits<answers.FileAnswer, desk.FileAnswer>,
  Fits<answers.Session, desk.Session>,
  Fits<answers.Invitation, desk.Invitation>,
  Fits<answers.VisitorHello, desk.Greeting>,
  Fits<answers.VisitorSent, desk.Said>,
  Fits<answers.Identified, desk.Vouched>,
  Fits<Fact, Said>,
];
