/** @jsxImportSource ./view */
import { typing, write } from "./desk.ts";
import { Emoji } from "./emoji.tsx";
import { size } from "./files.tsx";
import { Icon, Tool } from "./parts.tsx";
import { find } from "./state.ts";
import { screen, state } from "./store.ts";
import { keep, recall } from "./token.ts";
import { again, attach, attached, detach, type Upload, uploads } from "./uploads.ts";
import { signal } from "./view/signals.ts";
import { words } from "./speech.ts";
const LONGEST = 10_000;
const touch = matchMedia("(pointer: coarse)");
const choosing = signal(false);
const over = signal(0);
let area: HTMLTextAreaElement | null = null;
let picker: HTMLInputElement | null = null;

export function Composer({ name }: { name: string }) {
  const one = find(state.value, name);
  const hint = one?.closed ? words.reopen : words.yourMessage;
  return (
    <form class="composer" onSubmit={submit}>
      {choosing.value && <Emoji label={words.emoji} choose={insert} leave={leave} />}
      {attached(name).map((one) => <Attached key={one.id} one={one} />)}
      {over.value > 0 && <p class="wrong" role="alert">{words.tooLong(over.value)}</p>}
      <div class="say">
        <textarea
          ref={begin} rows={1} dir="auto" placeholder={hint} aria-label={hint} data-focus={!one || !touch.matches} enterkeyhint={touch.matches ? "enter" : "send"}
          onInput={changed} onKeyDown={keyed} onPaste={pasted} onBlur={() => typing(name, false)}
        />
        <input ref={(one: HTMLInputElement | null) => { picker = one; }} type="file" multiple hidden onChange={picked} />
        <Tool path="clip" label={words.attach} act={() => picker?.click()} />
        <Tool path="smile" label={words.emoji} on={choosing.value} act={() => { choosing.value = !choosing.value; }} />
        <button type="submit" class="send" aria-label={words.send}><Icon path="up" /></button>
      </div>
    </form>
  );
}

const here = (): string => screen.value ?? "";

function begin(one: HTMLTextAreaElement | null): void {
  area = one;
  choosing.value = false;
  over.value = 0;
  if (!area) return;
  area.value = recall(`draft:${here()}`);
  fit();
}

function fit(): void {
  if (!area) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}

function changed(): void {
  if (!area) return;
  fit();
  keep(`draft:${here()}`, area.value);
  if (over.value) over.value = Math.max(0, area.value.length - LONGEST);
  typing(here(), area.value !== "");
}

function submit(event: Event): void {
  event.preventDefault();
  const name = here();
  const text = area?.value.trim() ?? "";
  const files = attached(name);
  over.value = Math.max(0, text.length - LONGEST);
  if (!area || over.value || files.some((one) => !one.kept) || (!text && !files.length)) return;
  write(name, text, files.flatMap((one) => one.kept ?? []));
  uploads.value = uploads.value.filter((one) => one.key !== name);
  if (recall("start") === name) keep("start", "");
  area.value = "";
  changed();
  leave();
}

function keyed(event: KeyboardEvent): void {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !touch.matches) submit(event);
}

function pasted(event: ClipboardEvent): void {
  if (!event.clipboardData?.files.length) return;
  event.preventDefault();
  attach(here(), event.clipboardData.files);
}

function picked(): void {
  if (!picker) return;
  attach(here(), picker.files ?? []);
  picker.value = "";
  area?.focus();
}

function insert(emoji: string): void {
  area?.setRangeText(emoji, area.selectionStart, area.selectionEnd, "end");
  changed();
  leave();
}

function leave(): void {
  choosing.value = false;
  area?.focus();
}

function Attached({ one: { id, file, part, kept, problem, passing }, one }: { one: Upload }) {
  return (
    <div class="attached" role={problem ? "alert" : undefined}>
      <Icon path="file" />
      <span class="grow">
        <bdi>{file.name}</bdi>
        {problem ? <small class="wrong">{problem}</small> : <small>{size(file.size)}</small>}
        {!problem && !kept && <progress value={part} aria-label={file.name} />}
      </span>
      {passing && problem && <button type="button" class="link" onClick={() => again(one)}>{words.tryAgain}</button>}
      <Tool path="x" label={words.remove(file.name)} act={() => detach(id)} />
    </div>
  );
}
