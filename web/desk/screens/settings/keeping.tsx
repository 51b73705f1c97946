import "../../style/customers.css";
import { useId, useState } from "preact/hooks";
import type { Block, BlocksAnswer, PlacesAnswer, Retention, RetentionAnswer } from "../../../wire/customers.ts";
import { unblock } from "../../parts/customer/block.tsx";
import { Age } from "../../parts/age.tsx";
import { shortDate } from "../../parts/ages.ts";
import { Either } from "../../parts/either.tsx";
import { CustomerFace } from "../../parts/face.tsx";
import { Fetching, useFetched } from "../../parts/fetched.tsx";
import { Wrong } from "../../parts/field.tsx";
import { useForm } from "../../parts/form.ts";
import { Link } from "../../parts/link.tsx";
import { now } from "../../state/clock.ts";
import { command } from "../../state/commands.ts";
import { agentById } from "../../state/state.ts";
import { desk } from "../../state/store.ts";
import { toast } from "../../state/toasts.ts";
import { words as all } from "../../words.ts";
import { customers } from "../../words-customers.ts";

const words = customers.keeping;

/** How long what is kept, where visitors are, and who may not write. */
export function KeepingSection() {
  const kept = useFetched<RetentionAnswer>("/api/retention");
  return (
    <>
      {kept.value ? <RetentionForm kept={kept.value.retention} /> : <section class="sheet-part"><h2>{words.title}</h2><Fetching {...kept} /></section>}
      <Places />
      <Blocks />
    </>
  );
}

const ADDRESSES = ["whole", "shortened", "none"] as const;

function RetentionForm({ kept }: { kept: Retention }) {
  const [events, setEvents] = useState(String(kept.events_days));
  const [addresses, setAddresses] = useState(kept.addresses);
  const [addressDays, setAddressDays] = useState(String(kept.addresses_days));
  const [closed, setClosed] = useState(kept.closed_days === null ? "" : String(kept.closed_days));
  const { faults, general, busy, submit } = useForm(() => ({}), async () => {
    const whole = (value: string) => Math.trunc(Number(value)) || 0;
    await command("/api/retention", { events_days: whole(events), addresses, addresses_days: whole(addressDays), closed_days: whole(closed) });
    toast({ text: all.saved });
  });
  return (
    <form onSubmit={submit} noValidate>
      <fieldset>
        <legend>{words.title}</legend>
        <Days label={words.events} value={events} onValue={setEvents} wrong={faults.events_days} />
        <div class="way"><div class="grow"><span class="lab">{words.addresses}</span><span class="hint">{words.shortenedHint}</span></div>
          <Either label={words.addresses} options={ADDRESSES.map((value) => ({ value, label: words.kept[value] ?? value }))} value={addresses} onChange={setAddresses} /></div>
        {addresses !== "none" && <Days label={words.addressesFor} value={addressDays} onValue={setAddressDays} wrong={faults.addresses_days} />}
        <Days label={words.closed} hint={words.closedHint} placeholder={words.forEver} value={closed} onValue={setClosed} wrong={faults.closed_days} />
        {general && <Wrong>{general}</Wrong>}
      </fieldset>
      <footer><button class="button main" disabled={busy}>{all.save}</button></footer>
    </form>
  );
}

function Days({ label, hint, placeholder, value, onValue, wrong }: { label: string; hint?: string; placeholder?: string; value: string; onValue: (value: string) => void; wrong?: string | undefined }) {
  const id = useId();
  return (
    <div class="way">
      <div class="grow"><label class="lab" for={id}>{label}</label>{hint && <span class="hint">{hint}</span>}{wrong && <Wrong id={`${id}-below`}>{wrong}</Wrong>}</div>
      <span class="days-input"><input id={id} class="input" inputMode="numeric" autocomplete="off" maxLength={5} placeholder={placeholder ?? ""} value={value} aria-invalid={wrong ? true : undefined} onInput={(event) => onValue(event.currentTarget.value.replace(/\D/g, ""))} /> {words.inDays}</span>
    </div>
  );
}

function Places() {
  const asked = useFetched<PlacesAnswer>("/api/places");
  const { value } = asked;
  return (
    <section class="sheet-part">
      <h2>{words.places}</h2>
      {!value && <Fetching {...asked} />}
      {value && (value.built_at === null
        ? <><p>{words.placesNone}</p><p><code class="code">frontdesk places update</code></p></>
        : <p>{words.placesThere(shortDate(value.built_at, now.value))}</p>)}
      {value && <p class="hint">{words.attribution} <a href={value.attribution_url} target="_blank" rel="noopener noreferrer">{value.attribution}</a> (CC BY 4.0)</p>}
    </section>
  );
}

function Blocks() {
  const asked = useFetched<BlocksAnswer>("/api/blocks");
  const blocks = asked.value?.blocks ?? [];
  return (
    <section class="sheet-part">
      <h2>{words.blocks}</h2>
      {!asked.value && <Fetching {...asked} />}
      {asked.value && blocks.length === 0 && <p class="hint">{words.noBlocks}</p>}
      <ul class="lines-list">{blocks.map((one) => <li key={one.customer.id}><BlockLine one={one} again={asked.load} /></li>)}</ul>
    </section>
  );
}

function BlockLine({ one, again }: { one: Block; again: () => void }) {
  const { customer, network, at, until } = one;
  const who = agentById(desk(), one.agent_id)?.name ?? all.somebody;
  return (
    <>
      <CustomerFace customer={customer} size="s" />
      <span class="grow">
        <Link to={{ at: "customer", id: customer.id }} class="clip"><bdi>{customer.called}</bdi></Link>
        <small><Age at={at} /> · <bdi>{who}</bdi>{until > 0 && <> · {words.until(shortDate(until, now.value))}</>}{network && <> · {words.network(network)}</>}</small>
      </span>
      <button type="button" class="button" onClick={() => void unblock(customer).then(again)}>{words.lift}<span class="sr"> {customer.called}</span></button>
    </>
  );
}
