import type { TargetedMouseEvent } from "preact";
import { request } from "../../../wire/fetch.ts";
import type { Past, PastAnswer } from "../../../wire/customers.ts";
import { now } from "../../state/clock.ts";
import { pathOf } from "../../state/knowing-customers.ts";
import { addressOf, listed } from "../../state/route.ts";
import { agentById } from "../../state/state.ts";
import { desk, me } from "../../state/store.ts";
import { words as all } from "../../words.ts";
import { customers as words } from "../../words-customers.ts";
import { exactly, pastDate } from "../ages.ts";
import { Dots } from "../dots.tsx";
import { AgentFace } from "../face.tsx";
import { Fetching } from "../fetched.tsx";
import { Icon } from "../icon.tsx";
import { Link } from "../link.tsx";
import { shortName } from "../names.ts";
import { ShowMore } from "./show-more.tsx";
import { paged, usePages } from "./pages.ts";

const FIRST = 6;

type Props = { customer: string; here: string | null; many: number | null; onOpen: (past: Past) => void };

/** Their other conversations: with whom, when, how each began and ended. Each opens beside. */
export function PastPart({ customer, here, many, onOpen }: Props) {
  const pages = usePages(customer, FIRST, async (limit, cursor) => {
    const { past, next } = await request<PastAnswer>("GET", paged(pathOf(customer, "conversations"), limit, "after", cursor));
    return { items: past, next };
  });
  const others = (pages.items ?? []).filter(({ conversation }) => conversation.id !== here);
  const count = many === null ? others.length : many - (here === null ? 0 : 1);
  return (
    <section class="pasts">
      <h3>
        {words.past.title} {count > 0 && <span class="count">{count.toLocaleString("en-GB")}</span>}
        {count > 0 && here !== null && <Link to={{ at: "customer", id: customer }} class="do">{words.past.one}</Link>}
      </h3>
      {!pages.items && <Fetching {...pages} />}
      {pages.items && others.length === 0 && <p class="hint">{words.past.none}</p>}
      <ul>{others.map((one) => <li key={one.conversation.id}><PastLine past={one} onOpen={onOpen} /></li>)}</ul>
      <ShowMore more={pages.more} />
    </section>
  );
}

export function PastLine({ past, onOpen, whose }: { past: Past; onOpen?: (past: Past) => void; whose?: string }) {
  const { conversation: row, first, answers } = past;
  const open = (event: TargetedMouseEvent<HTMLAnchorElement>) => {
    if (!onOpen || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onOpen(past);
  };
  const agent = agentById(desk(), past.agents.at(-1) ?? row.owner_id);
  return (
    <a class="past" href={addressOf({ at: "conversation", id: row.id, ...listed.value })} onClick={open}>
      {agent ? <AgentFace agent={agent} /> : <span class="face"><Icon name="tray" class="small" /></span>}
      <span class="words clip"><bdi>{first || words.past.wordless}</bdi></span>
      <time class="hint" dateTime={new Date(row.last_at).toISOString()} title={exactly(row.last_at)}>{pastDate(row.last_at, now.value)}</time>
      <small><span class="clip">{whose && <><bdi>{whose}</bdi> · </>}<bdi>{whoOf(past)}</bdi> · {row.closed ? words.past.closed(answers) : words.past.open(answers)}</span><Dots ids={[...row.labels, ...row.own_labels]} /></small>
    </a>
  );
}

/** With whom it was: those who answered, else whose it is. */
export function whoOf({ agents, conversation: { owner_id } }: Past): string {
  const ids = agents.length > 0 ? agents : owner_id ? [owner_id] : [];
  if (ids.length === 0) return words.past.nobody;
  return ids.map((id) => (id === me.value.id ? words.past.you : shortName(agentById(desk(), id)?.name ?? all.somebody))).join(", ");
}
