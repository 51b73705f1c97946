import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../parts/icon.tsx";
import { labelsFound, labelsOf, wornBy } from "../../parts/labelled.ts";
import type { KeyboardEvent } from "../../parts/events.ts";
import { step } from "../../parts/roving.ts";
import { ensureLabelled, putLabel } from "../../state/keeping.ts";
import { desk } from "../../state/store.ts";
import type { Label } from "../../../wire/types.ts";
import { words } from "../../words.ts";
import { LabelForm } from "../../parts/label-form.tsx";

type Props = { id: string; message: string | null };

/** What a conversation, or one message of it, wears: put on and taken off, several at once, found as one types. */
export function LabelPicks({ id, message }: Props) {
  const [query, setQuery] = useState("");
  const [adding, setAdding] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => { void ensureLabelled(id); }, [id]);
  useEffect(() => { if (!adding) input.current?.focus(); }, [adding]);
  if (adding) {
    const made = (label: Label) => {
      void putLabel(id, message, label.id, true);
      setQuery("");
      setAdding(false);
    };
    return <LabelForm name={query.trim()} onDone={made} onBack={() => setAdding(false)} />;
  }
  const worn = wornBy(desk().labelled[id] ?? [], message);
  const known = desk().labels.filter((label) => !label.retired || worn.includes(label.id));
  const found = labelsFound(known, query);
  const flip = (label: Label) => void putLabel(id, message, label.id, !worn.includes(label.id));
  const enter = () => {
    const [first] = found;
    if (!first) setAdding(true);
    else if (query.trim() !== "") flip(first);
  };
  return (
    <div class="label-picks" onKeyDown={(event) => keyed(event, input.current, enter)}>
      <input class="input" ref={input} type="text" aria-label={words.labels.find} placeholder={words.labels.find} value={query} maxLength={60}
        autocomplete="off" spellcheck={false} onInput={(event) => setQuery(event.currentTarget.value)} />
      {found.length > 0 && (
        <div class="choices" role="menu" aria-label={message === null ? words.labels.ofConversation : words.labels.ofMessage}>
          {found.map((label) => <Pick key={label.id} label={label} on={worn.includes(label.id)} below={message === null && isBelow(id, label)} flip={() => flip(label)} />)}
        </div>
      )}
      <p class={found.length > 0 ? "sr" : "hint"} role="status">{found.length > 0 ? query && words.found(found.length) : known.length > 0 ? words.labels.none : words.labels.noneYet}</p>
      <button type="button" class="item add" onClick={() => setAdding(true)}>
        <Icon name="plus" /><span class="clip"><bdi>{query.trim() ? words.labels.addCalled(query.trim()) : words.labels.add}</bdi></span>
      </button>
    </div>
  );
}

/** Worn by a message of the conversation, and not by itself. */
function isBelow(id: string, { id: label }: Label): boolean {
  const worn = (desk().labelled[id] ?? []).filter(({ label_id }) => label_id === label);
  return worn.length > 0 && worn.every(({ message_id }) => message_id !== null);
}

type PickProps = { label: Label; on: boolean; below: boolean; flip: () => void };

function Pick({ label: { name, colour, own, retired }, on, below, flip }: PickProps) {
  const aside = [below && words.labels.onMessage, retired && words.labels.retired, own && words.labels.onlyYou].filter(Boolean).join(", ");
  return (
    <button type="button" class="item" role="menuitemcheckbox" aria-checked={on} onClick={flip}>
      <i class={`dot ${colour}`} aria-hidden="true" /><bdi class="clip grow">{name}</bdi>{aside && <small>{aside}</small>}
      <span class="ticked">{on && <Icon name="check" class="small" />}</span>
    </button>
  );
}

// In the field, arrows up and down leave it; in the list, letters go back to it.
function keyed(event: KeyboardEvent, input: HTMLInputElement | null, enter: () => void): void {
  const inField = event.target === input;
  if (inField && event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    enter();
  } else if (!inField && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) input?.focus();
  else if (!inField || event.key === "ArrowDown" || event.key === "ArrowUp") step(event, "vertical");
}

const CHIPS = 8;

/** The first row of what is held: the labels at hand, and a way to all of them. */
export function LabelChips({ id, message, onAll }: Props & { onAll: () => void }) {
  useEffect(() => { void ensureLabelled(id); }, [id]);
  const worn = wornBy(desk().labelled[id] ?? [], message);
  const on = labelsOf(desk().labels, worn);
  const others = labelsFound(desk().labels.filter((label) => !label.retired && !worn.includes(label.id)), "");
  // What is put on stays where it was while the sheet is there.
  const first = useRef<readonly string[] | null>(null);
  if (desk().labelled[id]) first.current ??= [...on, ...others].slice(0, Math.max(CHIPS, on.length)).map((label) => label.id);
  const shown = (first.current ?? []).map((one) => desk().labels.find((label) => label.id === one)).filter((label) => label !== undefined);
  return (
    <div class="chips" role="group" aria-label={message === null ? words.labels.ofConversation : words.labels.ofMessage}>
      {shown.map((label) => {
        const has = worn.includes(label.id);
        return (
          <button key={label.id} type="button" class={`chip ${label.colour} ${has ? "on" : ""}`} aria-pressed={has} onClick={() => void putLabel(id, message, label.id, !has)}>
            <i class="dot" aria-hidden="true" /><bdi class="clip">{label.name}</bdi>{label.own && <span class="sr">{words.labels.onlyYou}</span>}{has && <Icon name="check" class="small" />}
          </button>
        );
      })}
      <button type="button" class="chip add" aria-label={words.labels.add} onClick={onAll}><Icon name="plus" class="small" /></button>
    </div>
  );
}
