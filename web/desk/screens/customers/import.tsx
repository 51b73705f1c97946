import { useEffect, useRef, useState } from "preact/hooks";
import { request, upload, WireError } from "../../../wire/fetch.ts";
import type { ImportPreview, ImportState } from "../../../wire/customers.ts";
import { newId } from "../../../wire/ids.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ownFields } from "../../parts/customer/profile.tsx";
import { Wrong } from "../../parts/field.tsx";
import { Icon } from "../../parts/icon.tsx";
import { command } from "../../state/commands.ts";
import { words as all } from "../../words.ts";
import { customers as words } from "../../words-customers.ts";

type Step = { at: "file" } | { at: "columns"; preview: ImportPreview } | { at: "running"; id: string };

/** Customers out of a file: choose it, say what each column is, and see what became of each row. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [step, setStep] = useState<Step>({ at: "file" });
  return (
    <Dialog title={words.import.title} class="wide" onClose={onClose}>
      {step.at === "file" && <FileStep onPreview={(preview) => setStep({ at: "columns", preview })} />}
      {step.at === "columns" && <ColumnsStep preview={step.preview} onBegun={(id) => setStep({ at: "running", id })} onBack={() => setStep({ at: "file" })} />}
      {step.at === "running" && <Running id={step.id} onClose={onClose} onAgain={() => setStep({ at: "file" })} />}
    </Dialog>
  );
}

function told(cause: unknown): string {
  if (!(cause instanceof WireError)) throw cause;
  return cause.kind === "away" ? all.files.away : [cause.message, ...Object.values(cause.fields)].join(" ");
}

function FileStep({ onPreview }: { onPreview: (preview: ImportPreview) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [part, setPart] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const take = async (file: globalThis.File | undefined) => {
    if (!file) return;
    setProblem(null);
    setPart(0);
    try {
      onPreview(await upload<ImportPreview>("/api/customers/import/preview", file, newId(), (now) => setPart(now * 0.95)));
    } catch (cause) {
      setProblem(told(cause));
      setPart(null);
    }
  };
  return (
    <div class="import-step">
      <div class={`drop-here ${over ? "over" : ""}`} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
        onDrop={(event) => { event.preventDefault(); setOver(false); void take(event.dataTransfer?.files[0]); }}>
        <Icon name="page" class="large" />
        <span class="for-mouse">{words.import.drop}</span>
        <button type="button" class="button" onClick={() => input.current?.click()}>{words.import.pick}</button>
        {part !== null && <progress value={part} max={1} aria-label={words.import.file} />}
      </div>
      <input ref={input} type="file" hidden accept=".csv,text/csv,text/plain" aria-label={words.import.pick} onChange={(event) => void take(event.currentTarget.files?.[0])} />
      <p class="hint">{words.import.hint}</p>
      {problem && <Wrong>{problem}</Wrong>}
    </div>
  );
}

const TARGETS = ["name", "email", "phone", "company", "title", "about"] as const;

function ColumnsStep({ preview, onBegun, onBack }: { preview: ImportPreview; onBegun: (id: string) => void; onBack: () => void }) {
  const [mapping, setMapping] = useState(preview.mapping);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const used = Object.values(mapping).filter(Boolean);
  const begin = async () => {
    if (used.length === 0) {
      setProblem(words.import.nothing);
      return;
    }
    setBusy(true);
    try {
      const chosen = Object.fromEntries(Object.entries(mapping).filter(([, field]) => field));
      onBegun((await command<{ import_id: string }>("/api/customers/import", { upload_id: preview.upload_id, mapping: chosen })).import_id);
    } catch (cause) {
      setProblem(told(cause));
      setBusy(false);
    }
  };
  const options = [...TARGETS.map((id) => [id, words.profile.fields[id] ?? id] as const), ["id", words.import.id] as const, ...ownFields("customer").map(({ id, name }) => [id, name] as const)];
  return (
    <div class="import-step">
      <div class="scrolls">
        <table class="lines">
          <thead><tr><th scope="col">{words.import.column}</th><th scope="col">{words.import.becomes}</th><th scope="col">{words.import.example}</th></tr></thead>
          <tbody>
            {preview.columns.map((column, nth) => (
              <tr key={column}>
                <th scope="row" class="name"><bdi>{column}</bdi></th>
                <td>
                  <select class="input" aria-label={`${column}: ${words.import.becomes}`} value={mapping[column] ?? ""} onChange={(event) => setMapping({ ...mapping, [column]: event.currentTarget.value })}>
                    <option value="">{words.import.leave}</option>
                    {options.map(([id, name]) => <option key={id} value={id} disabled={id !== mapping[column] && used.includes(id)}>{name}</option>)}
                  </select>
                </td>
                <td class="hint"><bdi class="clip">{preview.rows.map((row) => row[nth]).filter(Boolean).slice(0, 3).join(" · ")}</bdi></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {problem && <Wrong>{problem}</Wrong>}
      <footer class="ends">
        <button type="button" class="button plain" onClick={onBack}>{words.import.again}</button>
        <button type="button" class="button main" disabled={busy} onClick={() => void begin()}>{words.import.go(preview.count)}</button>
      </footer>
    </div>
  );
}

const EVERY = 700;

function Running({ id, onClose, onAgain }: { id: string; onClose: () => void; onAgain: () => void }) {
  const [state, setState] = useState<ImportState | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let over = false;
    const look = () => {
      void request<ImportState>("GET", `/api/customers/import/${encodeURIComponent(id)}`)
        .then((now) => { if (!over) setState(now); return now.finished; }, () => false)
        .then((finished) => { if (!over && !finished) timer = setTimeout(look, EVERY); });
    };
    look();
    return () => { over = true; clearTimeout(timer); };
  }, [id]);
  const faults = state?.faults ?? [];
  return (
    <div class="import-step">
      <progress value={state?.done ?? 0} max={Math.max(1, state?.count ?? 1)} aria-label={words.import.title} />
      <p role="status">{state ? [words.import.doing(state.done, state.count), words.import.made(state.made), words.import.changed(state.changed), words.import.unchanged(state.unchanged)].join(" · ") : all.settings.loading}</p>
      {faults.length > 0 && (
        <>
          <h3 class="lab">{words.import.faults(faults.length)}</h3>
          <ul class="changes scrolls">{faults.map((fault) => <li key={fault.row}><strong class="lab">{words.import.row(fault.row)}</strong><span class="grow"><bdi>{fault.words}</bdi></span></li>)}</ul>
        </>
      )}
      {state && !state.finished && <p class="hint">{words.import.working}</p>}
      <footer class="ends">
        {state?.finished && <button type="button" class="button plain" onClick={onAgain}>{words.import.again}</button>}
        <button type="button" class="button main" onClick={onClose}>{words.import.close}</button>
      </footer>
    </div>
  );
}
