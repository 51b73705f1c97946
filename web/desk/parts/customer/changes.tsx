import { useState } from "preact/hooks";
import { request } from "../../../wire/fetch.ts";
import type { ChangesAnswer, Merge, ProfileChange } from "../../../wire/customers.ts";
import { now } from "../../state/clock.ts";
import { pathOf } from "../../state/knowing-customers.ts";
import { agentById } from "../../state/state.ts";
import { desk } from "../../state/store.ts";
import { words as all } from "../../words.ts";
import { customers as words } from "../../words-customers.ts";
import { Age } from "../age.tsx";
import { shortDate } from "../ages.ts";
import { Dialog } from "../dialog.tsx";
import { Fetching, useFetched } from "../fetched.tsx";
import { undoMerge } from "./merge.tsx";
import { ShowMore } from "./show-more.tsx";
import { paged, usePages } from "./pages.ts";
import { fieldName } from "./saying.ts";

const FIRST = 50;

/** Who changed what and when, and who was merged into them. */
export function ChangesDialog({ customer, called, onClose }: { customer: string; called: string; onClose: () => void }) {
  const pages = usePages(customer, FIRST, async (limit, cursor) => {
    const { changes, next } = await request<ChangesAnswer>("GET", paged(pathOf(customer, "changes"), limit, "after", cursor));
    return { items: changes, next };
  });
  return (
    <Dialog title={words.changes.title(called)} onClose={onClose}>
      <Merges customer={customer} />
      {!pages.items && <Fetching {...pages} />}
      {pages.items?.length === 0 && <p class="hint">{words.changes.none}</p>}
      <Changes changes={pages.items ?? []} />
      <ShowMore more={pages.more} />
    </Dialog>
  );
}

export function Changes({ changes }: { changes: readonly ProfileChange[] }) {
  return (
    <ol class="changes">
      {changes.map((one) => (
        <li key={one.id}>
          <span class="grow"><strong class="lab">{fieldName(one.field)}</strong> <Said value={one.was} /> → <Said value={one.becomes} /></span>
          <small><bdi>{whoOf(one)}</bdi> · <Age at={one.at} /></small>
        </li>
      ))}
    </ol>
  );
}

function Said({ value }: { value: string | null }) {
  return value ? <bdi>{value}</bdi> : <span class="nothing">{words.changes.empty}</span>;
}

function whoOf({ by, agent_id }: ProfileChange): string {
  return agent_id ? (agentById(desk(), agent_id)?.name ?? all.somebody) : (words.changes.by[by] ?? by);
}

function Merges({ customer }: { customer: string }) {
  const asked = useFetched<{ merges: Merge[] }>(pathOf(customer, "merges"));
  const merges = asked.value?.merges ?? [];
  if (merges.length === 0) return null;
  return (
    <>
      <h3 class="lab">{words.changes.merges}</h3>
      <ul class="changes">{merges.map((one) => <MergeLine key={one.id} one={one} again={asked.load} />)}</ul>
    </>
  );
}

function MergeLine({ one, again }: { one: Merge; again: () => void }) {
  const [busy, setBusy] = useState(false);
  const may = one.undone_at === null && one.until > now.value;
  const undo = async () => {
    setBusy(true);
    await undoMerge(one.id);
    setBusy(false);
    again();
  };
  return (
    <li>
      <span class="grow"><bdi>{words.changes.merged(one.gone.called)}</bdi></span>
      <small>{one.undone_at === null ? <Age at={one.at} /> : words.changes.undone}{may && <> · {words.changes.until(shortDate(one.until, now.value))}</>}</small>
      {may && <button type="button" class="do" disabled={busy} onClick={() => void undo()}>{words.changes.undo}<span class="sr">: {one.gone.called}</span></button>}
    </li>
  );
}
