import { now } from "../state/clock.ts";
import { agentById } from "../state/state.ts";
import { listed, type Route } from "../state/route.ts";
import { desk } from "../state/store.ts";
import type { Origin, Suggestion, Sure } from "../../wire/knowing.ts";
import { words } from "../words.ts";
import { exactly, monthOf, shortDate } from "./ages.ts";
import { stretches } from "./blanks.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Link } from "./link.tsx";
import { safeAddress } from "./links.ts";
import { shortName } from "./names.ts";

const BARS: Record<Sure, number> = { perhaps: 1, likely: 2, sure: 3 };

/** Three bars and a word: colour never speaks alone, and figures are for Knowledge. */
export function HowSure({ sure }: { sure: Sure }) {
  return (
    <>
      <span class="sure" aria-hidden="true">{[1, 2, 3].map((bar) => <i key={bar} class={bar <= BARS[sure] ? "on" : ""} />)}</span>
      {words.offers.sure[sure]}
    </>
  );
}

/** A suggestion's text, its blanks as slots. */
export function Slotted({ text }: { text: string }) {
  return <>{stretches(text).map((one) => (one.blank ? <span key={one.from} class="slot">{one.text}</span> : one.text))}</>;
}

const ICONS: Record<Origin["kind"], IconName> = { page: "page", document: "page", answer: "check", reply: "reply" };

/** Where it comes from: a page and its date, or whose past answer it was and when. */
export function From({ suggestion: { origins } }: { suggestion: Suggestion }) {
  const [first, ...others] = origins;
  if (!first) return null;
  return (
    <div class="from">
      <Icon name={ICONS[first.kind]} class={`small ${first.kind === "reply" ? "turns" : ""}`} />
      <span class="clip">
        <Name origin={first} /> · <When origin={first} />
        {others.length > 0 && <span title={others.map(nameOf).join(", ")}> · {words.offers.others(others.length)}</span>}
      </span>
    </div>
  );
}

function Name({ origin }: { origin: Origin }) {
  const name = <bdi>{nameOf(origin)}</bdi>;
  const address = addressOf(origin);
  if (address) return <a href={address} target="_blank" rel="noopener noreferrer">{name}</a>;
  const place = placeOf(origin);
  return place ? <Link to={place}>{name}</Link> : name;
}

function When({ origin: { kind, agent_id, at } }: { origin: Origin }) {
  const agent = agentById(desk(), agent_id);
  const said = kind === "reply" || kind === "answer";
  return (
    <>
      {agent && <><bdi>{shortName(agent.name)}</bdi> · </>}
      <time dateTime={new Date(at).toISOString()} title={exactly(at)}>{said ? monthOf(at, now.value) : shortDate(at, now.value)}</time>
    </>
  );
}

export function nameOf({ kind, title }: Origin): string {
  if (kind === "reply") return words.offers.pastAnswer;
  return title || (kind === "answer" ? words.offers.approved : words.offers.page);
}

/** Where at this desk it can be read: the very message of a past answer, the passage of a document. */
export function placeOf({ kind, conversation_id, message_id, source_id, passage_id }: Origin): Route | null {
  if (conversation_id) return { at: "conversation", id: conversation_id, ...(message_id && { message: message_id }), ...listed.value };
  if (source_id && kind === "document") return { at: "knowledge", source: source_id, ...(passage_id && { passage: passage_id }) };
  return source_id && kind === "answer" ? { at: "knowledge", source: source_id } : null;
}

/** The page, if it may be followed. */
export function addressOf({ url }: Origin): string | null {
  return url ? safeAddress(new URL(url, location.origin).href) : null;
}
