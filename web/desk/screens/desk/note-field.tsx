import { useComputed } from "@preact/signals";
import { useRef } from "preact/hooks";
import { AgentFace } from "../../parts/face.tsx";
import { Icon } from "../../parts/icon.tsx";
import { type Chosen, type Match, matchesOf, shifted, standing, tokened } from "../../parts/mentions.ts";
import type { Asked } from "../../parts/picking.ts";
import { usePicker } from "../../parts/picker.tsx";
import { callables } from "../../state/calling.ts";
import { draftOf, isEmpty, keepDraft } from "../../state/drafts.ts";
import { agentById, teamById } from "../../state/state.ts";
import { desk, me, whispers } from "../../state/store.ts";
import { words } from "../../words.ts";
import { LONGEST, useGrowth, useSameScroll } from "./growth.ts";
import { sendsOn } from "./enter.ts";

// More than can be seen: who is not among them is found by one more letter.
const MOST = 8;

type Options = { draft: string; id?: string; label: string; placeholder: string; autofocus?: boolean; onSend: (text: string) => void; onLeave?: () => void };

/** A field for what only the team reads: names follow an @, and what was begun is kept. */
export function useNoteField({ draft: key, id, label, placeholder, autofocus = false, onSend, onLeave }: Options) {
  const text = useRef<HTMLTextAreaElement>(null);
  const sign = useRef<HTMLElement>(null);
  const draft = useComputed(() => draftOf(key)).value;
  const chosen = standing(draft.text, draft.mentions ?? []);
  const tooMany = tokened(draft.text, chosen).trim().length - LONGEST;
  const write = (value: string) => {
    const { text: before, mentions = [] } = draftOf(key);
    keepDraft(key, { text: value, mentions: shifted(mentions, before, value, text.current?.selectionStart ?? value.length) });
  };
  const choose = ({ one }: Match, { from, to }: Asked) => {
    const field = text.current;
    if (!field) return;
    const says = `@${one.called}`;
    field.setRangeText(/^\s/u.test(field.value.slice(to)) ? says : `${says} `, from, to, "end");
    write(field.value);
    keepDraft(key, { mentions: [...(draftOf(key).mentions ?? []), { at: from, says, who: one.who, id: one.id }] });
  };
  const picker = usePicker({
    sign: "@", field: text, label: words.note.mention, keyOf: ({ one }) => one.id, draw: (match) => <Candidate match={match} />, choose,
    find: (query) => matchesOf(callables.value, query, MOST),
    settled: ({ from }) => standing(text.current?.value ?? "", draftOf(key).mentions ?? []).some((one) => one.at === from),
    anchor: () => sign.current,
  });
  const send = () => {
    text.current?.focus();
    const { text: said, mentions = [] } = draftOf(key);
    if (tooMany > 0 || isEmpty(draftOf(key))) return;
    onSend(tokened(said, standing(said, mentions)).trim());
  };
  useGrowth(text, draft.text);
  const marked = chosen.length > 0 || picker.asked !== null;
  const field = (
    <div class={`paper-of ${marked ? "slotted" : ""}`}>
      <textarea id={id} ref={text} class="text" rows={1} dir="auto" aria-label={label} placeholder={placeholder} value={draft.text} enterkeyhint="enter"
        autofocus={autofocus} {...picker.aria}
        onInput={(event) => { write(event.currentTarget.value); picker.wrote(); }}
        onKeyDown={(event) => {
          if (picker.keyed(event)) return;
          if (event.key === "Escape") (onLeave ?? (() => event.currentTarget.blur()))();
          if (!sendsOn(event, me.value.preferences.enter_sends)) return;
          event.preventDefault();
          send();
        }} />
      {marked && <Marked text={draft.text} chosen={chosen} asked={picker.asked} sign={sign} field={text} />}
      {picker.list}
    </div>
  );
  return { field, text, send, write, ask: picker.ask, tooMany, empty: isEmpty(draft) };
}

type MarkedProps = {
  text: string; chosen: readonly Chosen[]; asked: Asked | null; sign: { current: HTMLElement | null };
  field: { current: HTMLTextAreaElement | null };
};

/** The same text once more behind the field, letter on letter, so that mentions have their colour there too. */
function Marked({ text, chosen, asked, sign, field }: MarkedProps) {
  const copy = useRef<HTMLDivElement>(null);
  useSameScroll(copy, field);
  const marks = [...chosen.map(({ at, says, id }) => ({ at, to: at + says.length, id })), ...(asked ? [{ at: asked.from, to: asked.to, id: "" }] : [])];
  marks.sort((a, b) => a.at - b.at);
  const parts = [];
  let from = 0;
  for (const { at, to, id } of marks) {
    if (at < from) continue;
    parts.push(text.slice(from, at), <span key={at} class={`mention ${id === me.value.id ? "me" : ""}`} ref={id === "" ? sign : null}>{text.slice(at, to)}</span>);
    from = to;
  }
  return <div class="text slots" ref={copy} dir="auto" aria-hidden="true">{parts}{text.slice(from)}{"\u200b"}</div>;
}

function Candidate({ match: { one, from, to } }: { match: Match }) {
  const name = <bdi class="clip grow">{one.name.slice(0, from)}<b>{one.name.slice(from, to)}</b>{one.name.slice(to)}</bdi>;
  if (one.who === "team") {
    const many = teamById(desk(), one.id)?.members.length ?? 0;
    return <><span class="face s" aria-hidden="true"><Icon name="team" class="small" /></span>{name}<small>{words.note.people(many)}</small></>;
  }
  const agent = agentById(desk(), one.id);
  const here = whispers.value.here.includes(one.id);
  return <>{agent && <AgentFace agent={agent} here={here} size="s" />}{name}<small>{here ? words.note.here : words.note.away}</small></>;
}
