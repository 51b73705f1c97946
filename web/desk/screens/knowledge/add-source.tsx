import { useState } from "preact/hooks";
import { Dialog } from "../../parts/dialog.tsx";
import { Either } from "../../parts/either.tsx";
import { Field, Wrong } from "../../parts/field.tsx";
import { faultsOf, missing, useForm } from "../../parts/form.ts";
import { addWebsite } from "../../state/knowledge.ts";
import { toast } from "../../state/toasts.ts";
import { knowledge as words } from "../../words-knowledge.ts";
import { AddDocuments } from "./add-documents.tsx";
import { PathFields, type Paths, pathsIn } from "./plan-form.tsx";

type Kind = "website" | "documents";

export function AddSource({ onClose }: { onClose: () => void }) {
  const [kind, setKind] = useState<Kind>("website");
  return (
    <Dialog title={words.addTitle} class="wide" onClose={onClose}>
      <div class="add-kind">
        <Either label={words.which} value={kind} onChange={setKind} options={[{ value: "website", label: words.website }, { value: "documents", label: words.documents }]} />
      </div>
      {kind === "website" ? <AddWebsite onClose={onClose} /> : <AddDocuments />}
    </Dialog>
  );
}

function AddWebsite({ onClose }: { onClose: () => void }) {
  const [url, setUrl] = useState("");
  const [paths, setPaths] = useState<Paths>({ include: "", exclude: "" });
  const check = () => faultsOf({ url: missing(url, words.address) });
  const { faults, general, busy, submit } = useForm(check, async () => {
    const source = await addWebsite({ url: withScheme(url.trim()), include: pathsIn(paths.include), exclude: pathsIn(paths.exclude) });
    toast({ text: words.started(source.name) });
    onClose();
  });
  return (
    <form class="answer-form" onSubmit={submit} noValidate>
      <Field label={words.address} hint={words.addressHint} value={url} onValue={setUrl} inputMode="url" autocomplete="url" placeholder="https://" wrong={faults.url} autofocus />
      <PathFields paths={paths} onPaths={setPaths} faults={faults} />
      {general && <Wrong>{general}</Wrong>}
      <footer><button class="button main" disabled={busy}>{words.read_}</button></footer>
    </form>
  );
}

function withScheme(address: string): string {
  return /^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `https://${address}`;
}
