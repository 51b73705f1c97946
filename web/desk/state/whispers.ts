import type { Whisper } from "../../wire/facts.ts";

export type Page = { title: string; url: string };

/** What is true only while it is said. Typing is forgotten at the moment it holds. */
export type Whispers = {
  here: readonly string[];
  looking: Readonly<Record<string, readonly string[]>>;
  typing: Readonly<Record<string, Readonly<Record<string, number>>>>;
  visiting: Readonly<Record<string, { page: Page | null }>>;
  /** Counts how often somebody came, or went to another page. */
  site: number;
};

export const CUSTOMER = "customer";
export const TYPING_HOLDS = 5000;
export const SILENCE: Whispers = { here: [], looking: {}, typing: {}, visiting: {}, site: 0 };

export function hear(heard: Whispers, whisper: Whisper, now: number): Whispers {
  switch (whisper.kind) {
    case "here":
      return { ...heard, here: whisper.agents };
    case "looking":
      return { ...heard, looking: look(heard.looking, whisper) };
    case "typing":
      return { ...heard, typing: type(heard.typing, whisper, now) };
    case "visiting":
      return { ...heard, visiting: visit(heard.visiting, whisper) };
    case "site":
      return { ...heard, site: heard.site + 1 };
  }
}

type Of<Kind extends Whisper["kind"]> = Extract<Whisper, { kind: Kind }>;

function look(looking: Whispers["looking"], { agent_id, conversation_id, on }: Of<"looking">): Whispers["looking"] {
  const others = (looking[conversation_id] ?? []).filter((id) => id !== agent_id);
  return { ...looking, [conversation_id]: on ? [...others, agent_id] : others };
}

function type(typing: Whispers["typing"], whisper: Of<"typing">, now: number): Whispers["typing"] {
  const who = whisper.agent_id ?? CUSTOMER;
  const { [who]: _, ...others } = typing[whisper.conversation_id] ?? {};
  const all = whisper.on ? { ...others, [who]: now + TYPING_HOLDS } : others;
  return { ...typing, [whisper.conversation_id]: all };
}

function visit(visiting: Whispers["visiting"], { customer_id, on, page }: Of<"visiting">): Whispers["visiting"] {
  const { [customer_id]: _, ...others } = visiting;
  return on ? { ...others, [customer_id]: { page } } : others;
}

/** Drops typing that nobody repeated; the same object when nothing was due. */
export function forget(heard: Whispers, now: number): Whispers {
  let { typing } = heard;
  for (const [id, all] of Object.entries(typing)) {
    const still = Object.entries(all).filter(([, until]) => until > now);
    if (still.length < Object.keys(all).length) typing = { ...typing, [id]: Object.fromEntries(still) };
  }
  return typing === heard.typing ? heard : { ...heard, typing };
}

/** Agents who are typing and agents who look on, without me; who replies is not counted as looking. */
export function present(heard: Whispers, conversation: string, me: string): { replying: string[]; looking: string[] } {
  const typing = Object.keys(heard.typing[conversation] ?? {});
  const replying = typing.filter((id) => id !== CUSTOMER && id !== me);
  const looking = (heard.looking[conversation] ?? []).filter((id) => id !== me && !replying.includes(id));
  return { replying, looking };
}
