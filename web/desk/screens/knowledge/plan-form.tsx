import { useState } from "preact/hooks";
import { Dialog } from "../../parts/dialog.tsx";
import { AreaField, Field, Wrong } from "../../parts/field.tsx";
import { type Faults, faultsOf, useForm } from "../../parts/form.ts";
import { changeSource } from "../../state/knowledge.ts";
import type { Plan, Source } from "../../../wire/knowing.ts";
import { knowledge as words } from "../../words-knowledge.ts";

const MOST = 100_000;

/** Paths as one writes them: one on each line, with or without the first stroke. */
export function pathsIn(text: string): string[] {
  return text.split(/[\n,]/).map((line) => line.trim()).filter((line) => line !== "").map((line) => (line.startsWith("/") ? line : `/${line}`));
}

export type Paths = { include: string; exclude: string };

export function PathFields({ paths, onPaths, faults }: { paths: Paths; onPaths: (paths: Paths) => void; faults: Faults }) {
  return (
    <div class="pair">
      <AreaField label={words.include} hint={words.includeHint} rows={3} value={paths.include} onValue={(include) => onPaths({ ...paths, include })} wrong={faults.include} />
      <AreaField label={words.exclude} hint={words.excludeHint} rows={3} value={paths.exclude} onValue={(exclude) => onPaths({ ...paths, exclude })} wrong={faults.exclude} />
    </div>
  );
}

export function PlanDialog({ source, onClose }: { source: Source; onClose: () => void }) {
  return <Dialog title={words.planTitle} class="wide" onClose={onClose}>{source.plan && <PlanForm id={source.id} plan={source.plan} onClose={onClose} />}</Dialog>;
}

function PlanForm({ id, plan, onClose }: { id: string; plan: Plan; onClose: () => void }) {
  const [paths, setPaths] = useState<Paths>({ include: plan.include.join("\n"), exclude: plan.exclude.join("\n") });
  const [most, setMost] = useState(String(plan.most));
  const check = () => faultsOf({ most: Number(most) >= 1 && Number(most) <= MOST ? null : words.mostWrong });
  const { faults, general, busy, submit } = useForm(check, async () => {
    await changeSource(id, "plan", { include: pathsIn(paths.include), exclude: pathsIn(paths.exclude), most: Math.round(Number(most)) });
    onClose();
  });
  return (
    <form class="answer-form" onSubmit={submit} noValidate>
      <PathFields paths={paths} onPaths={setPaths} faults={faults} />
      <div class="short"><Field label={words.most} value={most} onValue={setMost} wrong={faults.most} /></div>
      {general && <Wrong>{general}</Wrong>}
      <footer><button class="button main" disabled={busy}>{words.save}</button></footer>
    </form>
  );
}
