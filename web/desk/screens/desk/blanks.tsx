import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { TargetedKeyboardEvent } from "preact";
import { type Blank, blankFrom, blanksIn, chosenBlank, stretches } from "../../parts/blanks.ts";
import { composing } from "../../state/suggesting.ts";
import { useSameScroll } from "./growth.ts";

const NONE = -1;

type Field = { current: HTMLTextAreaElement | null };

export function chooseBlank(field: HTMLTextAreaElement | null, { from, to }: Blank): void {
  field?.focus();
  field?.setSelectionRange(from, to);
}

/** Tab goes to the next blank, Shift Tab to the one before; where there is none, it leaves the text as ever. */
export function toBlank(event: TargetedKeyboardEvent<HTMLTextAreaElement>): void {
  const field = event.currentTarget;
  const blank = blankFrom(field.value, field.selectionStart, field.selectionEnd, event.shiftKey);
  if (!blank) return;
  event.preventDefault();
  chooseBlank(field, blank);
}

/** After a suggestion was opened here: the focus, and the first blank or the end. */
export function useComposing(field: Field, conversation: string): void {
  const asked = composing.value;
  useLayoutEffect(() => {
    if (asked?.conversation !== conversation || !field.current) return;
    composing.value = null;
    const { value } = field.current;
    const blank = blanksIn(value).find((one) => one.from >= Math.min(asked.from, value.length));
    if (blank) chooseBlank(field.current, blank);
    else chooseBlank(field.current, { from: value.length, to: value.length, word: "" });
  }, [asked]);
}

/** The same text once more behind the field, letter on letter, so that its blanks are slots there too. */
export function Slots({ text, field }: { text: string; field: Field }) {
  const copy = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState(NONE);
  useEffect(() => {
    const listen = new AbortController();
    const look = () => {
      const element = field.current;
      const on = element !== null && document.activeElement === element;
      setChosen(on ? (chosenBlank(element.value, element.selectionStart, element.selectionEnd)?.from ?? NONE) : NONE);
    };
    look();
    document.addEventListener("selectionchange", look, { signal: listen.signal });
    field.current?.addEventListener("select", look, { signal: listen.signal });
    return () => listen.abort();
  }, []);
  useSameScroll(copy, field);
  return (
    <div class="text slots" ref={copy} dir="auto" aria-hidden="true">
      {stretches(text).map((one) => (
        one.blank ? <span key={one.from} class={`slot-in ${one.from === chosen ? "chosen" : ""}`}><i>⟦</i>{one.text}<i>⟧</i></span> : one.text
      ))}
      {"\u200b"}
    </div>
  );
}
