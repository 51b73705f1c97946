import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useHold } from "../../parts/hold.ts";
import { Sheet, SheetItem } from "../../parts/sheet.tsx";
import { addressOf, placeOf, From, HowSure, Slotted } from "../../parts/suggested.tsx";
import { go } from "../../state/route.ts";
import type { Way } from "../../state/suggesting.ts";
import type { Suggestion } from "../../../wire/knowing.ts";
import { words } from "../../words.ts";

type Acts = { use: () => void; edit: () => void; reject: () => void };
type Props = Acts & { suggestion: Suggestion; nth: number; way: Way; going: boolean; unread: boolean };

/** One purple card. All of it is one button, the text; Edit, Reject, and the source lie above it. */
export function Offer({ suggestion, nth, way, going, unread, ...acts }: Props) {
  const says = useRef<HTMLSpanElement>(null);
  const { folded, open, unfold } = useFold(says, suggestion.text);
  const [menu, setMenu] = useState(false);
  const hold = useHold(() => setMenu(true));
  const use = folded && way === "send" ? unfold : acts.use;
  return (
    <article class={`offer ${going ? "going" : ""} ${open ? "open" : ""}`} data-offer={suggestion.id} {...hold}
      aria-label={words.offers.label(nth, words.offers.sure[suggestion.sure])}>
      <Top suggestion={suggestion} nth={nth} way={way} unread={unread} {...acts} />
      <p>
        <button type="button" class="use" onClick={use}><span class="says" ref={says} dir="auto"><Slotted text={suggestion.text} /></span></button>
        {folded && <button type="button" class="all" onClick={unfold}>{words.offers.showAll}</button>}
      </p>
      <From suggestion={suggestion} />
      {menu && <OfferSheet suggestion={suggestion} nth={nth} way={way} {...acts} use={use} close={() => setMenu(false)} />}
    </article>
  );
}

function Top({ suggestion, nth, way, unread, edit, reject }: Acts & { suggestion: Suggestion; nth: number; way: Way; unread: boolean }) {
  return (
    <div class="top">
      <HowSure sure={suggestion.sure} />
      <span class="note-of">{notes(suggestion, unread).map((note) => `· ${note}`).join(" ")}</span>
      <kbd class="key" aria-hidden="true">{nth}</kbd>
      <span class="acts">
        <button type="button" onClick={edit}>{words.offers.edit}</button>
        <button type="button" onClick={reject}>{words.offers.reject}</button>
        <span class="go" aria-hidden="true">{words.offers.do[way]} <span class="key">{nth}</span></span>
      </span>
    </div>
  );
}

function notes({ drafted, blanks }: Suggestion, unread: boolean): string[] {
  const many = blanks.length;
  const why = many > 0 ? [words.offers.blanks(many) + (drafted ? "" : `, ${words.offers.opens}`)] : unread ? [words.offers.unsent] : [];
  return drafted ? [words.offers.drafted, ...why] : why;
}

function OfferSheet({ suggestion, nth, way, use, edit, reject, close }: Acts & { suggestion: Suggestion; nth: number; way: Way; close: () => void }) {
  const [origin] = suggestion.origins;
  const address = origin ? addressOf(origin) : null;
  const then = (work: () => void) => () => {
    close();
    work();
  };
  const place = origin ? placeOf(origin) : null;
  const source = address ? () => void window.open(address, "_blank", "noopener") : place ? () => go(place) : null;
  return (
    <Sheet label={words.offers.label(nth, words.offers.sure[suggestion.sure])} onClose={close}
      lifted={<div class="offer"><p><Slotted text={suggestion.text} /></p></div>}>
      <SheetItem icon={way === "send" ? "send" : "pencil"} run={then(use)}>{words.offers.do[way]}</SheetItem>
      {way === "send" && <SheetItem icon="pencil" run={then(edit)}>{words.offers.edit}</SheetItem>}
      <SheetItem icon="x" run={then(reject)}>{words.offers.reject}</SheetItem>
      {source && <SheetItem icon="page" run={then(source)}>{words.offers.source}</SheetItem>}
    </Sheet>
  );
}

/** Longer than eight lines, the text is folded; nothing is sent that was not there to read. */
function useFold(says: { current: HTMLElement | null }, text: string) {
  const [long, setLong] = useState(false);
  const [open, setOpen] = useState(false);
  useLayoutEffect(() => {
    const element = says.current;
    if (!element) return;
    const look = () => { if (!open) setLong(element.scrollHeight > element.clientHeight + 2); };
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    return () => sizes.disconnect();
  }, [text, open]);
  return { folded: long && !open, open, unfold: () => setOpen(true) };
}
