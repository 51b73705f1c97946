import { useState } from "preact/hooks";
import { filled, gapped, type Names } from "../../parts/filling.ts";
import { findIn, fold } from "../../parts/folding.ts";
import { Icon } from "../../parts/icon.tsx";
import { Link } from "../../parts/link.tsx";
import type { KeyboardEvent } from "../../parts/events.ts";
import { shortName } from "../../parts/names.ts";
import type { Asked } from "../../parts/picking.ts";
import { usePicker } from "../../parts/picker.tsx";
import { Popover } from "../../parts/popover.tsx";
import { ReadyDialog } from "../../parts/ready-form.tsx";
import { step } from "../../parts/roving.ts";
import { desk, me } from "../../state/store.ts";
import type { ReadyReply, Row } from "../../../wire/types.ts";
import { words } from "../../words.ts";

type Field = { current: HTMLTextAreaElement | null };

const MOST = 20;

function namesIn({ customer }: Row): Names {
  return { customer: customer.named ? shortName(customer.called) : null, agent: shortName(me.value.name) };
}

/** Those whose names hold the query; names that begin with it first. */
function readyFound(query: string): ReadyReply[] {
  const wanted = fold(query.trim()).text;
  const all = [...desk().ready].sort((a, b) => a.name.localeCompare(b.name));
  const ranks: ReadyReply[][] = [[], [], []];
  for (const one of all) {
    const found = findIn(fold(one.name), wanted);
    if (found) ranks[found.rank]?.push(one);
  }
  return ranks.flat();
}

function put(field: Field, text: string, from: number, to: number, write: (text: string) => void): void {
  const element = field.current;
  if (!element) return;
  element.focus();
  element.setRangeText(text, from, to, "end");
  write(element.value);
}

/** Ready replies by : and their name. */
export function useReady(row: Row, field: Field, write: (text: string) => void) {
  return usePicker<ReadyReply>({
    sign: ":", field, label: words.ready.heading, keyOf: ({ id }) => id, draw: (one) => <Drawn ready={one} row={row} />,
    find: (query) => readyFound(query).slice(0, MOST),
    choose: ({ text }, { from, to }: Asked) => put(field, filled(text, namesIn(row)), from, to, write),
  });
}

function Drawn({ ready: { name, text, own }, row }: { ready: ReadyReply; row: Row }) {
  return (
    <span class="ready-one grow">
      <span class="ready-name"><bdi class="clip">{name}</bdi>{own && <small>{words.labels.onlyYou}</small>}</span>
      <span class="clip said-so" dir="auto">{filled(text, namesIn(row))}</span>
    </span>
  );
}

type Props = { row: Row; text: string; field: Field; write: (text: string) => void };

/** The tool for those who would rather choose than type, and the way to keep what stands in the field. */
export function ReadyButton({ row, text, field, write }: Props) {
  const [saving, setSaving] = useState(false);
  return (
    <>
      <Popover label={words.ready.tool} class="of-ready" button={<span class="tool"><Icon name="ready" /></span>}>
        {(close) => (
          <ReadyPicks row={row} canSave={text.trim() !== ""} onSave={() => { close(); setSaving(true); }} onChoose={(one) => {
            close();
            const { selectionStart: from = 0, selectionEnd: to = 0 } = field.current ?? {};
            put(field, filled(one.text, namesIn(row)), from, to, write);
          }} />
        )}
      </Popover>
      {saving && <ReadyDialog text={gapped(text.trim(), namesIn(row))} onClose={() => setSaving(false)} />}
    </>
  );
}

type PicksProps = { row: Row; canSave: boolean; onSave: () => void; onChoose: (one: ReadyReply) => void };

function ReadyPicks({ row, canSave, onSave, onChoose }: PicksProps) {
  const [query, setQuery] = useState("");
  const found = readyFound(query);
  const keyed = (event: KeyboardEvent) => {
    const inField = event.target instanceof HTMLInputElement;
    if (inField && event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      if (found[0]) onChoose(found[0]);
    } else if (!inField || event.key === "ArrowDown" || event.key === "ArrowUp") step(event, "vertical");
  };
  return (
    <div class="ready-picks" onKeyDown={keyed}>
      {desk().ready.length > 0 && (
        <input class="input" type="text" aria-label={words.ready.find} placeholder={words.ready.find} value={query} autocomplete="off" spellcheck={false}
          onInput={(event) => setQuery(event.currentTarget.value)} />
      )}
      <ul class="choices" aria-label={words.ready.heading}>
        {found.map((one) => <li key={one.id}><button type="button" class="item" onClick={() => onChoose(one)}><Drawn ready={one} row={row} /></button></li>)}
      </ul>
      {found.length === 0 && <p class="hint" role="status">{desk().ready.length === 0 ? words.ready.noneYet : words.ready.none}</p>}
      {desk().ready.length > 0 && <p class="hint for-keys">{words.ready.hint}</p>}
      <div class="ready-ends">
        <button type="button" class="item" disabled={!canSave} onClick={onSave}><Icon name="plus" />{words.ready.save}</button>
        <Link to={{ at: "settings", section: "ready" }} class="item"><Icon name="gear" />{words.ready.manage}</Link>
      </div>
    </div>
  );
}
