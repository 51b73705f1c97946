import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../parts/icon.tsx";
import { sizeOf } from "../../parts/sizes.ts";
import { draftOf, keepDraft } from "../../state/drafts.ts";
import { again, forgetUpload, uploadsIn, type Upload } from "../../state/uploads.ts";
import type { File } from "../../../wire/types.ts";
import { words } from "../../words.ts";

/** The files of a message that is being written: there, on their way, or refused. */
export function Tray({ id, files }: { id: string; files: readonly File[] }) {
  const coming = uploadsIn(id);
  if (files.length + coming.length === 0) return null;
  const remove = (file: File) => keepDraft(id, { files: draftOf(id).files.filter((one) => one.id !== file.id) });
  return (
    <ul class="tray">
      {files.map((file) => <Attached key={file.id} file={file} remove={() => remove(file)} />)}
      {coming.map((one) => <Coming key={one.id} upload={one} />)}
    </ul>
  );
}

function Attached({ file, remove }: { file: File; remove: () => void }) {
  return (
    <li>
      {file.width === null ? <Icon name="page" /> : <img src={`/api/files/${encodeURIComponent(file.id)}`} alt="" />}
      <span class="grow"><bdi class="clip">{file.name}</bdi><small>{sizeOf(file.size)}</small></span>
      <Remove name={file.name} run={remove} />
    </li>
  );
}

function Coming({ upload: { id, file, part, problem } }: { upload: Upload }) {
  const preview = usePreview(file);
  return (
    <li class={problem ? "refused" : ""}>
      {preview ? <img src={preview} alt="" /> : <Icon name={problem ? "warn" : "page"} />}
      <span class="grow">
        <bdi class="clip">{file.name}</bdi>
        {problem ? <small role="alert">{problem}</small> : <progress value={part} max={1} aria-label={words.write.progress(file.name)} />}
      </span>
      {problem === words.files.away && <button type="button" class="do" onClick={() => again(id)}>{words.tryAgain}</button>}
      <Remove name={file.name} run={() => forgetUpload(id)} />
    </li>
  );
}

function Remove({ name, run }: { name: string; run: () => void }) {
  return <button type="button" class="tool" aria-label={words.write.remove(name)} onClick={run}><Icon name="x" class="small" /></button>;
}

function usePreview(file: globalThis.File): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!/^image\/(png|jpeg|gif|webp)$/.test(file.type)) return;
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return address;
}
