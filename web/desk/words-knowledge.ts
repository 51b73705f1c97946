// The words of Knowledge and Evaluation, which are fetched when those pages are first opened.

import { locale } from "./words.ts";

const count = (many: number, one: string, more: string) => `${many.toLocaleString(locale)} ${many === 1 ? one : more}`;
const listed = (all: readonly string[]) => (all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1) ?? ""}`);
const times = (many: number, what: string) => (many === 0 ? `never ${what}` : many === 1 ? `${what} once` : `${what} ${many.toLocaleString(locale)} times`);

export const knowledge = {
  title: "Knowledge",
  add: "Add a source",
  sources: "Sources",
  from: "Where answers come from",
  passages: "Passages",
  state: "State",
  more: (name: string) => `More about ${name}`,
  failed: "The sources did not load.",

  names: { website: "Website", document: "Document", answers: "Approved answers", conversations: "Past conversations" },
  daily: "Read daily",
  only: (paths: readonly string[]) => `only ${listed(paths)}`,
  without: (paths: readonly string[]) => `without ${listed(paths)}`,
  learntFrom: (many: number) => `Only what the team answered${many > 0 ? ` · ${count(many, "conversation", "conversations")}` : ""}`,
  written: (many: number) => (many === 0 ? "None written yet" : `${many.toLocaleString(locale)} by the team`),
  addedBy: (name: string | null) => (name === null ? "Added from the command line" : `Added by ${name}`),
  pages: (many: number) => count(many, "page", "pages"),

  states: { off: "off", on: "on", reading: "reading now", waiting: "waits to be read", stopped: "stopped", failed: "failed" },
  readAt: (age: string) => `read ${age}`,

  readAgain: "Read again",
  change: "Change what is read",
  turnOff: "Switch off",
  turnOn: "Switch on",
  download: "Download",
  remove: "Remove",
  stop: "Stop",
  removeTitle: (name: string) => `Remove ${name}`,
  removeText: (many: number) => `Its ${count(many, "passage is", "passages are")} forgotten, and nothing of it is suggested from now on.`,
  turnedOff: (name: string) => `${name} is off. Nothing of it is suggested, and nothing is forgotten.`,

  reading: (name: string) => `Reading ${name}`,
  waits: (name: string) => `${name} waits to be read`,
  progress: (done: number, found: number) => `${done.toLocaleString(locale)} of about ${count(found, "page", "pages")}`,
  read: (many: number) => `${many.toLocaleString(locale)} read`,
  unchanged: (many: number) => `${many.toLocaleString(locale)} unchanged`,
  skipped: (many: number, robots: number) =>
    robots === many ? `${many.toLocaleString(locale)} skipped by robots.txt` : `${many.toLocaleString(locale)} skipped${robots > 0 ? `, ${robots} by robots.txt` : ""}`,
  failedPages: (many: number) => `${many.toLocaleString(locale)} failed`,
  now: (path: string) => `now: ${path}`,

  addTitle: "Add a source",
  which: "What kind of source",
  website: "Website",
  documents: "Documents",
  address: "Address",
  addressHint: "Its pages are read where robots.txt allows it, and again every day.",
  include: "Only these paths",
  includeHint: "One on each line, such as /help. Empty: everything.",
  exclude: "Without these paths",
  excludeHint: "One on each line, such as /press.",
  most: "Pages at most",
  mostWrong: "A number from 1 to 100,000",
  read_: "Read it",
  started: (name: string) => `${name} is being read.`,
  drop: "Drop documents here",
  pick: "Choose documents",
  kinds: "PDF, Word, Markdown or text, 20 MB at most.",
  there: "Added",
  planTitle: "Change what is read",
  save: "Save and read again",

  unanswered: "Questions that found no answer",
  lastDays: "last 30 days",
  askedLike: "Asked like this",
  times: "Times",
  last: "Last",
  write: "Write an answer",
  noneUnanswered: "Every question of the last 30 days found an answer.",

  tryTitle: "Try a question",
  tryLabel: "A question as a customer would ask it",
  tryGo: "Try it",
  tryFailed: "The question could not be tried.",
  silent: "Nothing is good enough, so the desk would stay silent.",
  nothing: "Nothing like this is known.",
  why: ["Why the first", "Why the second", "Why the third"],
  whyWords: (all: readonly string[]) => (all.length > 0 ? `Words: ${all.join(", ")}.` : "No words in common."),
  meaning: (near: number) => `Meaning: ${near >= 0.6 ? "near" : near >= 0.4 ? "related" : "far"}.`,
  record: (sent: number, edited: number, rejected: number) => {
    if (sent + edited + rejected === 0) return "Never used so far.";
    return `${upper(times(sent, "sent"))}, ${times(edited, "edited")}, ${times(rejected, "rejected")}.`;
  },
  below: "Below the bar",
  belowMany: (many: number, best: string) => `${count(many, "more passage", "more passages")}, best ${best}.`,
  show: "Show them",
  hide: "Hide them",

  back: "Back to Knowledge",
  which_: "Which pages",
  filters: { all: "All", read: "Read", unchanged: "Unchanged", skipped: "Skipped", failed: "Failed", waiting: "Waiting" },
  page: "Page",
  noPages: "No pages here.",
  noPassages: "Nothing to suggest was found on it.",
  showMore: "Show more",
  many: (many: number) => count(many, "passage", "passages"),
  asked: "Answers:",
  openPage: "Open the page",
  answers: "Approved answers",
  noAnswers: "No answer is approved yet",
  noAnswersWhy: "Write one, or choose Use as answer in the menu of any message of the team.",
  noQuestion: "No question",
  edit: "Edit",
  retire: "Retire",
  retired: "Retired. It is not suggested any more.",
  by: (name: string, when: string) => `${name} · ${when}`,
  conversationsText:
    "What the team answered before is learnt from closed conversations. Names, numbers and addresses become blanks, and customers’ own words are never shown.",
  missing: "This source is not here",
  missingWhy: "It may have been removed.",
};

export const evaluation = {
  title: "How good are the suggestions?",
  short: "Evaluation",
  weeks: { "4": "4 weeks", "9": "9 weeks", "0": "All" },
  which: "Of which time",
  run: "Run again",
  runFirst: "Run it",
  running: "Running",
  failed: "The evaluation did not load.",

  first: "of 100 questions: the answer you gave was",
  firstStrong: "first",
  three: "of 100: it was",
  threeStrong: "among three",
  silent: "of 100: nothing was good enough, so the desk stayed",
  silentStrong: "silent",
  before: (figure: number) => `${figure} before learning`,
  told: (conversations: number, when: string, engine: string) =>
    `Replay of ${count(conversations, "closed conversation", "closed conversations")}. Each question saw only what was known before it. First and among three are counted without the bar. Run ${when}, engine ${engine}.`,
  today: (time: string) => `today at ${time}`,
  on: (day: string) => `on ${day}`,

  none: "Nothing to measure yet",
  noneWhy: "Once conversations are closed, the desk can replay them and see how often it would have suggested the answer you gave.",
  tooFew: "The replay found too few questions with answers. It is worth running again once more conversations are closed.",

  bar: "Where the bar lies",
  barHint: "Drag it: further right shows more and errs more",
  barHintAgent: "Further right shows more and errs more",
  barLabel: "Bar for showing suggestions",
  right: "right, of 100 shown",
  shown: "of 100 questions, how many get a suggestion",
  now: "now",
  beforeLearning: "before learning",
  say: (shown: number, right: number) => `shown ${shown} · right ${right}`,
  spoken: (shown: number, right: number) => `${shown} of 100 questions get a suggestion, ${right} of 100 shown are right`,
  undo: "Undo",
  keep: (shown: number) => `Keep ${shown}`,
  kept: "Kept. It holds from the next question on.",
  plot: (shown: number, right: number) => `Where the bar lies. At the present bar, suggestions are shown for ${shown} of 100 questions and ${right} of 100 shown are right.`,

  became: "What became of them",
  verdicts: { sent: "sent", edited: "edited", ignored: "ignored", rejected: "rejected" },
  suggestions: "suggestions shown",
  week: "week",
  weekSays: (week: number, many: number, what: string) => `Week ${week}: ${many.toLocaleString(locale)} ${what}`,
  weeksPlot: "Suggestions by week, and what became of them",
  noWeeks: "No suggestion was on a screen in this time.",
  source: "Source",
  columns: { shown: "Shown", sent: "Sent", edited: "Edited", rejected: "Rejected", ignored: "Ignored" },
  rightColumn: "Right, of 100",
  share: "Shares",
};

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
