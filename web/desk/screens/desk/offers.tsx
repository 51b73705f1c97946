import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../../parts/icon.tsx";
import { reportShown } from "../../state/fetching.ts";
import { isHabit, practise } from "../../state/habits.ts";
import { onKey } from "../../state/keys.ts";
import { rejectedIn, rejectSuggestion, isHeld, takeBack } from "../../state/outgoing.ts";
import { choosing, isAnswering, offersIn, openInComposer, use, wayOf } from "../../state/suggesting.ts";
import { desk } from "../../state/store.ts";
import type { Suggestion } from "../../../wire/knowing.ts";
import type { Row } from "../../../wire/types.ts";
import { words } from "../../words.ts";
import { Offer } from "./offer.tsx";
import { useLingering } from "./lingering.ts";
import { useRoom } from "./room.ts";
import { useShown } from "./shown.ts";
import { useStanding } from "./strip.tsx";
import { useStrip } from "./sideways.ts";

/** Up to three answers that the desk proposes, above the composer. Without one there is nothing here. */
export function Offers({ row }: { row: Row }) {
  const offers = offersIn(row.id);
  const shown = useLingering(offers, isAnswering(row.id) || desk().proposals[row.id] === undefined);
  const taken = rejectedIn(row.id).find(isHeld);
  const is = shown.length > 0 || taken !== undefined;
  const { place, kept } = useRoom(row, is);
  return (
    <>
      <Announcement row={row} />
      {is && <div ref={place}><Strip row={row} offers={offers} shown={shown} rejected={taken?.id} /></div>}
      {!is && kept > 0 && <div class="kept-room" style={{ height: `${kept}px` }} />}
    </>
  );
}

type StripProps = { row: Row; offers: readonly Suggestion[]; shown: readonly Suggestion[]; rejected: string | undefined };

function Strip({ row, offers, shown, rejected }: StripProps) {
  const box = useRef<HTMLDivElement>(null);
  const strip = useStrip(box, shown.length);
  const standing = useStanding(row);
  const mine = standing.is === "mine";
  // What somebody has in hand is not replaced by what the desk learns meanwhile.
  const meet = (one: Suggestion) => void reportShown(row.id, [one.id]);
  const reject = (one: Suggestion) => {
    meet(one);
    const inside = box.current?.contains(document.activeElement) ?? false;
    rejectSuggestion(row.id, one.id);
    if (choosing.peek()?.suggestion.id === one.id) choosing.value = null;
    if (inside) requestAnimationFrame(() => document.querySelector<HTMLElement>(".offers .undo")?.focus());
  };
  const take = (one: Suggestion) => {
    const byKey = document.activeElement?.matches(".offer .use:focus-visible") ?? false;
    meet(one);
    practise("choose");
    use(row, one, wayOf(one, mine));
    if (byKey) requestAnimationFrame(() => document.querySelector<HTMLElement>(".foot.held .undo")?.focus());
  };
  const edit = (one: Suggestion) => {
    meet(one);
    openInComposer(row.id, one);
  };
  useOfferKeys(box, offers, strip.reveal, edit, reject);
  useShown(box, row.id, offers);
  return (
    <section class="offers" aria-label={words.offers.title}>
      <div class="bar">
        <strong>{words.offers.title}</strong>
        {rejected ? <Rejected id={rejected} /> : !isHabit("choose") && <Hint mine={mine} />}
        {shown.length > 1 && <Pages at={strip.at} many={shown.length} />}
        {strip.moves && <Arrows strip={strip} />}
      </div>
      <div class="strip" ref={box} onWheel={strip.wheel} onKeyDown={strip.keyed} onScroll={strip.look}>
        {shown.map((one, at) => (
          <Offer key={one.id} suggestion={one} nth={at + 1} way={wayOf(one, mine)} unread={!one.one_click} going={!offers.includes(one)}
            use={() => take(one)} edit={() => edit(one)} reject={() => reject(one)} />
        ))}
      </div>
    </section>
  );
}

function Hint({ mine }: { mine: boolean }) {
  const { click, tap, clickOpens, tapOpens } = words.offers;
  return <><span class="for-mouse">{mine ? click : clickOpens}</span><span class="for-touch">{mine ? tap : tapOpens}</span></>;
}

function Rejected({ id }: { id: string }) {
  return (
    <span role="status">
      {words.offers.rejected} · <button type="button" class="do undo" onClick={() => takeBack(id)}>{words.undo}</button>
      <kbd class="key for-keys" aria-hidden="true">Z</kbd>
    </span>
  );
}

function Pages({ at, many }: { at: number; many: number }) {
  return (
    <span class="pages" role="img" aria-label={words.offers.at(at + 1, many)}>
      {Array.from({ length: many }, (_, nth) => <i key={nth} class={nth === at ? "on" : ""} />)}
    </span>
  );
}

function Arrows({ strip }: { strip: ReturnType<typeof useStrip> }) {
  return (
    <>
      <button type="button" class="tool" aria-label={words.offers.earlier} disabled={strip.atStart} onClick={() => strip.step(-1)}><Icon name="left" class="small turns" /></button>
      <button type="button" class="tool" aria-label={words.offers.more} disabled={strip.atEnd} onClick={() => strip.step(1)}><Icon name="right" class="small turns" /></button>
    </>
  );
}

/** Said once for each proposal; the answers themselves are read by whoever goes to them. */
function Announcement({ row }: { row: Row }) {
  const said = useRef({ position: 0, many: 0 });
  const proposal = desk().proposals[row.id];
  const { position, many: before } = said.current;
  if (proposal && (proposal.position !== position || before === 0)) said.current = { position: proposal.position, many: proposal.suggestions.length };
  const { many } = said.current;
  return <div class="sr" role="status">{proposal && many > 0 ? words.offers.announced(many) : ""}</div>;
}

/** 1 2 3 do what a click on the card does; e and x mean the card with the focus, else the first. */
function useOfferKeys(
  box: { current: HTMLElement | null }, offers: readonly Suggestion[], reveal: (card: HTMLElement) => boolean,
  edit: (one: Suggestion) => void, reject: (one: Suggestion) => void,
): void {
  const cardOf = (id: string) => box.current?.querySelector<HTMLElement>(`[data-offer="${id}"]`);
  const focused = () => {
    const id = (document.activeElement?.closest("[data-offer]") as HTMLElement | null)?.dataset.offer;
    return offers.find((one) => one.id === id) ?? offers[0];
  };
  useLayoutEffect(() => {
    const letGo = (["1", "2", "3"] as const).flatMap((key, nth) => {
      const one = offers[nth];
      return one ? [onKey(key, () => press(cardOf(one.id), reveal))] : [];
    });
    if (offers.length > 0) {
      letGo.push(onKey("e", () => { const one = focused(); if (one) edit(one); }));
      letGo.push(onKey("x", () => { const one = focused(); if (one) reject(one); }));
    }
    return () => letGo.forEach((release) => release());
  });
}

// A card that nobody can read yet is brought into view first; nothing is sent unseen.
function press(card: HTMLElement | null | undefined, reveal: (card: HTMLElement) => boolean): void {
  if (!card) return;
  const button = card.querySelector<HTMLButtonElement>(".use");
  if (reveal(card)) button?.focus({ preventScroll: true });
  else button?.click();
}
