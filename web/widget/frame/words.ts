// Every text that a visitor reads. A further language is one more entry in both tables, by its two letters.

type Table<T> = { en: T } & Partial<Record<string, T>>;

const onThePage = {
  open: (count: number) => (count ? `Open chat, ${count === 1 ? "1 new message" : `${count} new messages`}` : "Open chat"),
  close: "Close chat",
  title: (company: string) => (company ? `Chat with ${company}` : "Chat"),
};

const inTheChat = {
  language: "en",
  rtl: false,
  locale: "en-GB",
  hello: "Hello, what can we help with?",
  here: ([one, other, ...more]: readonly string[]) =>
    other ? `${one} and ${more.length ? `${more.length + 1} others` : other} are here now.` : `${one} is here now.`,
  nobodyHere: "Write to us, and read the answer here.",
  answersIn: (minutes: number) => {
    const hours = Math.round(minutes / 60);
    return `Usually answers in ${minutes < 2 ? "a minute" : minutes < 60 ? `${minutes} minutes` : hours < 2 ? "an hour" : hours < 24 ? `${hours} hours` : "a day"}.`;
  },
  write: "Write to us",
  earlier: "Earlier conversations",
  hereNow: "here now",
  team: "Team",
  you: "You",
  typing: (name: string) => `${name} is typing`,
  yourMessage: "Write a message",
  reopen: "Write to open it again",
  send: "Send",
  attach: "Attach a file",
  emoji: "Emoji",
  remove: (name: string) => `Remove ${name}`,
  back: "All conversations",
  close: "Close chat",
  newest: "Newest message",
  soundOn: "Sound is on",
  soundOff: "Sound is off",
  unread: (count: number) => `${count} new`,
  closed: (name: string | null) => (name ? `${name} closed this conversation` : "Closed"),
  reopened: "Open again",
  sending: "Sending",
  sent: "Sent",
  seen: "Seen",
  notSent: "Not sent",
  tryAgain: "Try again",
  delete: "Delete",
  tooLong: (over: number) => `${over} characters too many`,
  tooLarge: "Files may be 20 MB at most",
  empty: "This file is empty",
  uploadAway: "Not uploaded, the connection is away",
  closePicture: "Close picture",
  enlarge: (name: string) => `Enlarge ${name}`,
  download: (name: string) => `Download ${name}`,
  cannotOpen: "This file cannot be opened now",
  away: "No connection. What you write is sent when it is back.",
  unreachable: "No connection. Trying again.",
  today: "Today",
  yesterday: "Yesterday",
};

export type Launcher = typeof onThePage;
export type Words = typeof inTheChat;

/** The words on the company's page: kept apart, so that the loader carries no others. */
export const launcher: Table<Launcher> = { en: onThePage };
/** The words inside the chat. */
export const spoken: Table<Words> = { en: inTheChat };
