import { useComputed } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { blanksIn } from "../../parts/blanks.ts";
import { Icon } from "../../parts/icon.tsx";
import { shortName } from "../../parts/names.ts";
import { step } from "../../parts/roving.ts";
import { draftOf, isEmpty, keepDraft } from "../../state/drafts.ts";
import { onKey } from "../../state/keys.ts";
import { isHabit, practise } from "../../state/habits.ts";
import { connection, sayTyping } from "../../state/live.ts";
import { beginWriting, headingOf, turnTo, wanted } from "../../state/noting.ts";
import { sendMessage } from "../../state/outgoing.ts";
import { me } from "../../state/store.ts";
import { attach, uploadsIn } from "../../state/uploads.ts";
import type { Row } from "../../../wire/types.ts";
import { words } from "../../words.ts";
import { chooseBlank, Slots, toBlank, useComposing } from "./blanks.tsx";
import { EmojiButton } from "./emoji.tsx";
import { ReadyButton, useReady } from "./ready.tsx";
import { sendsOn } from "./enter.ts";
import { LONGEST, useGrowth } from "./growth.ts";
import { OnlyUs } from "./note-parts.tsx";
import { NoteWriter } from "./note-writer.tsx";
import { type Standing, Strip, useStanding } from "./strip.tsx";
import { Tray } from "./tray.tsx";
import { useTyping } from "./typing.ts";

/** Two headings: what is written to the customer, and what stays among us. */
export function Composer({ row }: { row: Row }) {
  const box = useRef<HTMLDivElement>(null);
  const standing = useStanding(row);
  const heading = useComputed(() => headingOf(row.id)).value;
  const asked = wanted.value === row.id;
  useLayoutEffect(() => {
    if (!asked) return;
    wanted.value = null;
    box.current?.querySelector("textarea")?.focus();
  }, [asked, heading]);
  useLayoutEffect(() => {
    const letGo = [onKey("r", () => beginWriting(row.id, "reply")), onKey("n", () => beginWriting(row.id, "note"))];
    return () => letGo.forEach((release) => release());
  });
  return (
    <div class={`write ${heading === "note" ? "noting" : ""}`} ref={box}>
      {heading === "reply" && <Strip row={row} standing={standing} />}
      <div class="kinds" role="tablist" aria-label={words.write.kinds} onKeyDown={(event) => step(event, "horizontal")}>
        {(["reply", "note"] as const).map((one) => (
          <button key={one} type="button" role="tab" aria-selected={one === heading} tabIndex={one === heading ? 0 : -1}
            onClick={(event) => (event.detail > 0 ? beginWriting : turnTo)(row.id, one)}>{words.write.heads[one]}</button>
        ))}
        {heading === "note" && <OnlyUs />}
      </div>
      {heading === "note" ? <NoteWriter row={row} /> : <ReplyWriter row={row} standing={standing} />}
    </div>
  );
}

function ReplyWriter({ row, standing }: { row: Row; standing: Standing }) {
  const text = useRef<HTMLTextAreaElement>(null);
  const typing = useTyping((on) => sayTyping(row.id, on));
  const draft = draftOf(row.id);
  const tooMany = draft.text.trim().length - LONGEST;
  const blanks = blanksIn(draft.text);
  const held = tooMany > 0 || blanks.length > 0 || uploadsIn(row.id).some((one) => !one.problem);
  const write = (value: string) => {
    keepDraft(row.id, { text: value });
    typing.wrote(value);
  };
  const send = () => {
    text.current?.focus();
    const message = draftOf(row.id);
    if (blanks[0]) chooseBlank(text.current, blanks[0]);
    if (held || isEmpty(message)) return;
    keepDraft(row.id, { text: "", files: [] });
    typing.stop();
    sendMessage(row.id, message, standing.asNew);
  };
  const ready = useReady(row, text, write);
  useGrowth(text, draft.text);
  useComposing(text, row.id);
  return (
    <form onSubmit={(event) => { event.preventDefault(); send(); }}>
      <div class={`paper-of ${blanks.length > 0 ? "slotted" : ""}`}>
        <textarea ref={text} class="text" rows={1} dir="auto" aria-label={words.write.reply} placeholder={placeholder(row)} value={draft.text}
          enterkeyhint="enter" {...ready.aria}
          onInput={(event) => { write(event.currentTarget.value); ready.wrote(); }} onBlur={typing.stop}
          onPaste={(event) => pasted(event, row.id)}
          onKeyDown={(event) => {
            if (ready.keyed(event)) return;
            if (event.key === "Escape") event.currentTarget.blur();
            if (event.key === "Tab") toBlank(event);
            if (!sendsOn(event, me.value.preferences.enter_sends)) return;
            event.preventDefault();
            practise("enter");
            send();
          }} />
        {blanks.length > 0 && <Slots text={draft.text} field={text} />}
        {ready.list}
      </div>
      <Tray id={row.id} files={draft.files} />
      <div class="tools">
        <AttachButton id={row.id} />
        <EmojiButton into={text} onChange={write} />
        <ReadyButton row={row} text={draft.text} field={text} write={write} />
        <Hint id={row.id} tooMany={tooMany} blanks={blanks.length} />
        <button class="button main" disabled={held}>{standing.button}</button>
      </div>
    </form>
  );
}

function placeholder({ customer }: Row): string {
  return words.write.placeholder(customer.named ? shortName(customer.called) : customer.called);
}

function pasted(event: ClipboardEvent, id: string): void {
  const files = event.clipboardData?.files;
  if (!files?.length) return;
  event.preventDefault();
  attach(id, files);
}

function AttachButton({ id }: { id: string }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="tool" aria-label={words.write.attach} title={words.write.attach} onClick={() => input.current?.click()}><Icon name="clip" /></button>
      <input ref={input} type="file" multiple hidden onChange={(event) => {
        attach(id, event.currentTarget.files ?? []);
        event.currentTarget.value = "";
      }} />
    </>
  );
}

function Hint({ id, tooMany, blanks }: { id: string; tooMany: number; blanks: number }) {
  if (tooMany > 0) return <span class="hint bad" role="status">{words.write.tooLong(tooMany)}</span>;
  if (blanks > 0) return <BlanksLeft many={blanks} />;
  if (uploadsIn(id).some((one) => !one.problem)) return <span class="hint">{words.write.uploading}</span>;
  if (connection.value === "away") return <span class="hint">{words.write.kept}</span>;
  if (isHabit("enter")) return <span class="hint" />;
  return <span class="hint for-keys">{enterHint(me.value.preferences.enter_sends)}</span>;
}

function BlanksLeft({ many }: { many: number }) {
  return (
    <span class="hint" role="status">
      {words.offers.blanksLeft(many)}<span class="for-keys">, <kbd class="key">{words.offers.tabKey}</kbd> {words.offers.tabGoes}</span>
    </span>
  );
}

function enterHint(sends: boolean): string {
  if (sends) return words.write.enterSends;
  return navigator.userAgent.includes("Mac") ? words.write.cmdEnterSends : words.write.ctrlEnterSends;
}
