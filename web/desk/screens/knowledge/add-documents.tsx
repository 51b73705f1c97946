import { useRef, useState } from "preact/hooks";
import type { TargetedDragEvent } from "preact";
import { WireError } from "../../../wire/fetch.ts";
import { newId } from "../../../wire/ids.ts";
import { Icon } from "../../parts/icon.tsx";
import { sizeOf } from "../../parts/sizes.ts";
import { addDocument } from "../../state/knowledge.ts";
import { words as all } from "../../words.ts";
import { knowledge as words } from "../../words-knowledge.ts";

const LARGEST = 20 * 1024 * 1024;
const KINDS = ".pdf,.docx,.md,.markdown,.txt";

type Coming = { id: string; file: globalThis.File; part: number; problem: string | null };

/** Documents by drag or by choice, each with its progress; they are read once they are there. */
export function AddDocuments() {
  const input = useRef<HTMLInputElement>(null);
  const [coming, setComing] = useState<readonly Coming[]>([]);
  const [over, setOver] = useState(false);
  const change = (id: string, changes: Partial<Coming>) => setComing((now) => now.map((one) => (one.id === id ? { ...one, ...changes } : one)));
  const add = async (files: Iterable<globalThis.File>) => {
    const fresh = [...files].map((file) => ({ id: newId(), file, part: 0, problem: whyNot(file) }));
    setComing((now) => [...now, ...fresh]);
    for (const { id, file, problem } of fresh) if (!problem) await send(id, file, change);
  };
  const drop = (event: TargetedDragEvent<HTMLElement>) => {
    event.preventDefault();
    setOver(false);
    void add(event.dataTransfer?.files ?? []);
  };
  return (
    <div class="answer-form">
      <div class={`drop-here ${over ? "over" : ""}`} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
        <Icon name="page" class="large" />
        <span class="for-mouse">{words.drop}</span>
        <button type="button" class="button" onClick={() => input.current?.click()}>{words.pick}</button>
        <span class="hint">{words.kinds}</span>
      </div>
      <input ref={input} type="file" multiple hidden accept={KINDS} aria-label={words.pick} onChange={(event) => {
        const files = [...(event.currentTarget.files ?? [])];
        event.currentTarget.value = "";
        void add(files);
      }} />
      {coming.length > 0 && <ul class="tray" aria-live="polite">{coming.map((one) => <Line key={one.id} one={one} />)}</ul>}
    </div>
  );
}

function Line({ one: { file, part, problem } }: { one: Coming }) {
  return (
    <li class={problem ? "refused" : ""}>
      <Icon name={problem ? "warn" : part === 1 ? "check" : "page"} />
      <span class="grow">
        <bdi class="clip">{file.name}</bdi>
        {problem ? <small role="alert">{problem}</small> : part === 1 ? <small>{words.there} · {sizeOf(file.size)}</small> : <progress value={part * 0.95} max={1} aria-label={all.write.progress(file.name)} />}
      </span>
    </li>
  );
}

function whyNot(file: globalThis.File): string | null {
  if (file.size > LARGEST) return all.files.tooLarge(LARGEST);
  return file.size === 0 ? all.files.empty : null;
}

async function send(id: string, file: globalThis.File, change: (id: string, changes: Partial<Coming>) => void): Promise<void> {
  try {
    await addDocument(file, (part) => change(id, { part: Math.min(part, 0.99) }));
    change(id, { part: 1 });
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    change(id, { problem: cause.kind === "away" ? all.files.away : (cause.fields.file ?? cause.message) });
  }
}
