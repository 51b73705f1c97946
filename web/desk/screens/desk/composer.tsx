import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { blanksIn } from "../../parts/blanks.ts";
import { Icon } from "../../parts/icon.tsx";
import { shortName } from "../../parts/names.ts";
import { draftOf, isEmpty, keepDraft, putBack } from "../../state/drafts.ts";
import { onKey } from "../../state/keys.ts";
import { connection, sayTyping } from "../../state/live.ts";
import { sendMessage } from "../../state/outgoing.ts";
import { me } from "../../state/store.ts";
import { attach, uploadsIn } from "../../state/uploads.ts";
import type { Row } from "../../../wire/types.ts";
import { words } from "../../words.ts";
import { chooseBlank, Slots, toBlank, useComposing } from "./blanks.tsx";
import { EmojiButton } from "./emoji.tsx";
import { sendsOn } from "./enter.ts";
import { Strip, useStanding } from "./strip.tsx";
import { Tray } from "./tray.tsx";
import { useTyping } from "./typing.ts";

const LONGEST = 10_000;

export function Composer({ row }: { row: Row }) {
  const id = useId();
  const text = useRef<HTMLTextAreaElement>(null);
  const typing = useTyping((on) => sayTyping(row.id, on));
  const standing = useStanding(row);
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
  useGrowth(text, draft.text);
  useComposing(text, row.id);
  useLayoutEffect(() => onKey("r", () => text.current?.focus()));
  return (
    <form class="write" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <Strip row={row} standing={standing} />
      <div class="kinds"><label class="on" for={id}>{words.write.reply}</label></div>
      <div class={`paper-of ${blanks.length > 0 ? "slotted" : ""}`}>
        <textarea id={id} ref={text} class="text" rows={1} dir="auto" placeholder={placeholder(row)} value={draft.text}
          enterkeyhint="enter" onInput={(event) => write(event.currentTarget.value)} onBlur={typing.stop}
          onPaste={(event) => pasted(event, row.id)}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
            if (event.key === "Tab") toBlank(event);
            if (!sendsOn(event, me.value.preferences.enter_sends)) return;
            event.preventDefault();
            send();
          }} />
        {blanks.length > 0 && <Slots text={draft.text} field={text} />}
      </div>
      <Tray id={row.id} files={draft.files} />
      <div class="tools">
        <AttachButton id={row.id} />
        <EmojiButton into={text} onChange={write} />
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

/** As high as its text, up to two fifths of the conversation. */
function useGrowth(text: { current: HTMLTextAreaElement | null }, value: string): void {
  const put = putBack.value;
  useLayoutEffect(() => {
    const element = text.current;
    if (!element) return;
    const most = (element.closest<HTMLElement>(".talk")?.clientHeight ?? 800) * 0.4;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight, most)}px`;
    element.style.overflowY = element.scrollHeight > most ? "auto" : "hidden";
  }, [value, put]);
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
