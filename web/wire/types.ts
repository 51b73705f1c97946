// What goes over the wire, as docs/wire.md tells it. Times are milliseconds since 1970, ids are opaque.

export type Role = "admin" | "agent";

export type Agent = {
  id: string;
  name: string;
  role: Role;
  picture: string | null;
  colour: string;
  disabled: boolean;
};

export type Order = "newest" | "oldest";

export type Preferences = {
  enter_sends: boolean;
  sound: boolean;
  theme: "system" | "light" | "dark";
  order: { mine: Order; unassigned: Order };
};

export type Me = Agent & { email: string; preferences: Preferences };

export type CustomerBrief = { id: string; called: string; named: boolean; proven: boolean };

export type Words = {
  by: "customer" | "agent";
  agent_id: string | null;
  text: string;
  file: string | null;
  at: number;
  position: number;
};

export type Conversation = {
  id: string;
  customer: CustomerBrief;
  channel: "widget";
  owner_id: string | null;
  closed: boolean;
  started_at: number;
  last_at: number;
  last: Words | null;
  last_position: number;
  asked_position: number;
  customer_saw: number;
  team_saw: number;
};

export type Row = Conversation & { read_position: number };

/** With a width and height it is a picture that may be shown inline; without, a card. */
export type File = {
  id: string;
  name: string;
  type: string;
  size: number;
  width: number | null;
  height: number | null;
};

export type Message = {
  id: string;
  conversation_id: string;
  position: number;
  at: number;
  by: "customer" | "agent";
  agent_id: string | null;
  text: string;
  files: File[];
  client_id: string;
};

export type Happening = {
  conversation_id: string;
  position: number;
  at: number;
  what: "taken" | "released" | "closed" | "reopened" | "continued_in" | "continued_from";
  agent_id: string | null;
  other_id: string | null;
};

export type TimelineItem = Message | Happening;

export function isHappening(item: TimelineItem): item is Happening {
  return "what" in item;
}

export type Company = {
  name: string;
  website: string;
  colour: string;
  greeting: string;
  allowed_sites: string[];
};

/** What a visitor may know of an agent. */
export type AgentFace = { id: string; name: string; picture: string | null; colour: string };

export type VisitorConversation = {
  id: string;
  agent: AgentFace | null;
  closed: boolean;
  started_at: number;
  last_at: number;
  last: Words | null;
  last_position: number;
  customer_saw: number;
  team_saw: number;
  unread: number;
  start: string | null;
};
