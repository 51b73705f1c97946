import { useComputed } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { Clock } from "../../parts/age.tsx";
import { AgentFace } from "../../parts/face.tsx";
import { Icon } from "../../parts/icon.tsx";
import { shortName } from "../../parts/names.ts";
import { NoteText } from "../../parts/note-text.tsx";
import { draftOf, isEmpty, keepDraft } from "../../state/drafts.ts";
import { fetches } from "../../state/fetching.ts";
import { ensureThread, reportThreadRead } from "../../state/fetching-notes.ts";
import { connection } from "../../state/live.ts";
import { answerDraft } from "../../state/noting.ts";
import { answerThread, isUnsaid, leavingUnder } from "../../state/outgoing-notes.ts";
import { agentById } from "../../state/state.ts";
import { desk, me } from "../../state/store.ts";
import type { Note, ThreadAnswer } from "../../../wire/types.ts";
import { words } from "../../words.ts";
import { NewWording } from "./new-wording.tsx";
import { deletedBy, Edited, LeavingFoot, useEditing } from "./note-parts.tsx";
import { WithActs } from "./note-acts.tsx";
import { useNoteField } from "./note-field.tsx";
import { useWatching } from "../../parts/watching.ts";

const SHOWN = 3;

/** The answers under a note: how many, the newest of them, and a place for one's own. */
export function Thread({ note }: { note: Note }) {
  const box = useRef<HTMLDivElement>(null);
  const answers = desk().threads[note.id];
  const online = connection.value === "here";
  useEffect(() => {
    if (note.answers > 0 && !answers && online) void ensureThread(note.id);
  }, [note.id, note.answers, answers === undefined, online]);
  const leaving = leavingUnder("answer", note.id);
  const newFrom = useUnread(box, note, answers);
  const there = (answers ?? []).filter((one) => one.deleted_at === null).length;
  const unread = (answers ?? []).filter((one) => isNew(one, newFrom)).length;
  const all = answers ?? [];
  const { folded, unfold } = useFold(answers, newFrom);
  return (
    <div class={`thread ${note.answers + leaving.length === 0 ? "bare" : ""}`} ref={box}>
      {note.answers > 0 && <Head many={answers ? there : note.answers} last={all.findLast((one) => one.deleted_at === null)} unread={unread} />}
      {note.answers > 0 && !answers && <Loading id={note.id} />}
      {folded > 0 && <button type="button" class="do folded" onClick={unfold}>{words.thread.earlier(folded)}</button>}
      {all.slice(folded).map((one) => <AnswerView key={one.id} one={one} fresh={isNew(one, newFrom)} />)}
      {leaving.map((item) => (
        <div key={item.id} class="answer leaving">
          <AgentFace agent={me.value} size="s" />
          <div><div class="by"><bdi>{me.value.name}</bdi></div><p dir="auto"><NoteText text={item.body.text} /></p><LeavingFoot item={item} /></div>
        </div>
      ))}
      <Say note={note} />
    </div>
  );
}

/** How many of the first are folded away: as it was when they came, so that nothing moves under the hand. */
function useFold(answers: readonly ThreadAnswer[] | undefined, newFrom: number) {
  const [folded, setFolded] = useState<number | null>(null);
  const all = answers ?? [];
  const first = Math.max(0, all.length - Math.max(SHOWN, all.length - firstNew(all, newFrom)));
  useEffect(() => { if (answers && folded === null) setFolded(first); }, [answers === undefined]);
  return { folded: folded ?? first, unfold: () => setFolded(0) };
}

function isNew(one: ThreadAnswer, from: number): boolean {
  return one.place > from && one.agent_id !== me.value.id && one.deleted_at === null;
}

function firstNew(all: readonly ThreadAnswer[], from: number): number {
  const at = all.findIndex((one) => isNew(one, from));
  return at < 0 ? all.length : at;
}

function Head({ many, last, unread }: { many: number; last: ThreadAnswer | undefined; unread: number }) {
  const by = last && agentById(desk(), last.agent_id);
  return (
    <div class="count">
      <Icon name="thread" class="small turns" />{words.thread.answers(many)}
      {unread > 0 && <span class="fresh-count">{words.thread.fresh(unread)}</span>}
      {last && many > 1 && <span class="latest clip"><bdi>{words.thread.latest(by ? shortName(by.name) : words.somebody)}</bdi> · <Clock at={last.at} /></span>}
    </div>
  );
}

function Loading({ id }: { id: string }) {
  if (fetches.value[`thread:${id}`] !== "failed") return <p class="late hint">{words.thread.loading}</p>;
  return <p class="hint">{words.thread.failed} <button type="button" class="do" onClick={() => void ensureThread(id)}>{words.tryAgain}</button></p>;
}

function AnswerView({ one, fresh }: { one: ThreadAnswer; fresh: boolean }) {
  const { editing, edit, done } = useEditing(one);
  const agent = agentById(desk(), one.agent_id);
  const gone = one.deleted_at !== null || isUnsaid(one.id);
  return (
    <WithActs one={one} class={`answer ${fresh ? "new" : ""}`} edit={edit}>
      {(menu) => (
        <>
          {agent ? <AgentFace agent={agent} size="s" /> : <span class="face s" />}
          <div role="article" aria-label={words.thread.label(agent?.name ?? words.somebody)}>
            <div class="by">{fresh && <span class="sr">{words.thread.isNew}</span>}<bdi>{agent?.name ?? words.somebody}</bdi><Clock at={one.at} /><Edited one={one} />{!editing && menu}</div>
            {gone ? <p class="gone">{deletedBy(one, words.thread.deletedBy)}</p> : editing ? <NewWording one={one} onDone={done} /> : <p dir="auto"><NoteText text={one.text} /></p>}
          </div>
        </>
      )}
    </WithActs>
  );
}

/** A line that becomes a field, and stays one while something stands in it. */
function Say({ note }: { note: Note }) {
  const key = answerDraft(note.id);
  const [open, setOpen] = useState(false);
  const empty = useComputed(() => isEmpty(draftOf(key))).value;
  if (!open && empty) return <button type="button" class="say" onClick={() => setOpen(true)}>{words.thread.say}</button>;
  return <SayField note={note} draft={key} autofocus={open} onLeave={() => setOpen(false)} />;
}

function SayField({ note, draft: key, autofocus, onLeave }: { note: Note; draft: string; autofocus: boolean; onLeave: () => void }) {
  const { field, send, ask, tooMany, empty } = useNoteField({
    draft: key, label: words.thread.say, placeholder: words.thread.say, autofocus, onLeave,
    onSend: (text) => {
      keepDraft(key, { text: "", mentions: [] });
      answerThread(note.id, text);
    },
  });
  return (
    <form class="saying" onSubmit={(event) => { event.preventDefault(); send(); }}>
      {field}
      {tooMany > 0 && <span class="hint bad" role="status">{words.write.tooLong(tooMany)}</span>}
      <button type="button" class="tool" aria-label={words.note.mention} title={words.note.mention} onClick={ask}><Icon name="at" /></button>
      <button class="button main" disabled={empty || tooMany > 0}>{words.thread.send}</button>
    </form>
  );
}

const LONG_ENOUGH = 500;
const FADES = 4000;

/** From which place on answers are new to me. They stay marked for a moment after they were read. */
function useUnread(box: { current: HTMLElement | null }, note: Note, answers: readonly ThreadAnswer[] | undefined): number {
  const read = desk().thread_read[note.id] ?? 0;
  const [marked, setMarked] = useState(read);
  const watching = useWatching();
  const newest = answers?.at(-1)?.place ?? 0;
  const due = watching && newest > read && connection.value === "here";
  useEffect(() => {
    const timer = setTimeout(() => setMarked(read), FADES);
    return () => clearTimeout(timer);
  }, [read]);
  useEffect(() => {
    if (!due || !box.current) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watch = new IntersectionObserver(([seen]) => {
      clearTimeout(timer);
      if (seen?.isIntersecting) timer = setTimeout(() => void reportThreadRead(note.id, newest), LONG_ENOUGH);
    });
    watch.observe(box.current);
    return () => {
      clearTimeout(timer);
      watch.disconnect();
    };
  }, [due, newest, note.id]);
  return marked;
}
