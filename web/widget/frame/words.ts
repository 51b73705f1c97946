// Every text that a visitor reads. A further language is one more entry in both tables.

export type Language = "en";

const languages: readonly string[] = ["en"] satisfies Language[];

/** The words on the company's page: kept apart, so that the loader carries no others. */
export const launcher = {
  en: {
    open: (count: number) => (count ? `Open chat, ${count === 1 ? "1 new message" : `${count} new messages`}` : "Open chat"),
    close: "Close chat",
    title: (company: string) => (company ? `Chat with ${company}` : "Chat"),
  },
} satisfies Record<Language, object>;

export type Launcher = (typeof launcher)[Language];

export function speaks(language: string): Language {
  const short = language.slice(0, 2).toLowerCase();
  return languages.includes(short) ? (short as Language) : "en";
}

const join = (names: readonly string[]) => (names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`);

/** The words inside the chat. */
export const words = {
  en: {
    rtl: false,
    locale: "en-GB",
    hello: "Hello, what can we help with?",
    here: (names: readonly string[]) =>
      names.length > 3
        ? `${join([...names.slice(0, 2), `${names.length - 2} others`])} are here now.`
        : `${join(names)} ${names.length === 1 ? "is" : "are"} here now.`,
    nobodyHere: "Write to us, and read the answer here.",
    answersIn: (minutes: number) =>
      minutes < 60 ? `Usually answers in ${minutes < 2 ? "a minute" : `${minutes} minutes`}.`
      : minutes < 24 * 60 ? `Usually answers in ${minutes < 90 ? "an hour" : `${Math.round(minutes / 60)} hours`}.`
      : "Usually answers in a day or two.",
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
    drop: "Drop it here to send it",
    tooLarge: "Files may be 20 MB at most",
    empty: "This file is empty",
    uploadAway: "Not uploaded, the connection is away",
    closePicture: "Close picture",
    enlarge: (name: string) => `Enlarge ${name}`,
    download: (name: string) => `Download ${name}`,
    cannotOpen: "This file cannot be opened now",
    away: "No connection. What you write is kept and sent when it is back.",
    unreachable: "We cannot be reached right now. Trying again.",
    today: "Today",
    yesterday: "Yesterday",
  },
} satisfies Record<Language, object>;

export type Words = (typeof words)[Language];
