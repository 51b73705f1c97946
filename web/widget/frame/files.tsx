/** @jsxImportSource ./view */
import type { File } from "../../wire/types.ts";
import { Icon } from "./parts.tsx";
import { download, fetchPicture, shown } from "./pictures.ts";
import { enlarged } from "./store.ts";
import { words } from "./speech.ts";
export function Files({ files }: { files: readonly File[] }) {
  return files.map((file) => (file.width && file.height ? <Picture key={file.id} file={file} /> : <Card key={file.id} file={file} />));
}

function Picture({ file }: { file: File }) {
  const address = shown.value[file.id];
  const [width, height] = [file.width ?? 1, file.height ?? 1];
  if (address === undefined) queueMicrotask(() => fetchPicture(file.id));
  return (
    <button
      type="button"
      class="picture"
      aria-label={words.enlarge(file.name)}
      style={{ aspectRatio: `${width}/${height}`, width: `${Math.min(width, 240, (240 * width) / height)}px` }}
      onClick={() => { enlarged.value = file; }}
    >
      {address && <img src={address} alt={file.name} />}
    </button>
  );
}

function Card({ file }: { file: File }) {
  return (
    <button type="button" class="file" onClick={() => void download(file)}>
      <Icon path="file" />
      <span class="sr">{words.download(file.name)}, {size(file.size)}</span>
      <span class="grow" aria-hidden="true"><bdi>{file.name}</bdi><small>{size(file.size)}</small></span>
    </button>
  );
}

export function size(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Over everything; the browser holds the focus inside, closes it on Escape and gives the focus back. */
export function Viewer() {
  const file = enlarged.value;
  if (!file) return null;
  const close = () => { enlarged.value = null; };
  return (
    <dialog class="viewer" ref={opened} onClose={close} onClick={close} aria-label={file.name}>
      <img src={shown.value[file.id]} alt={file.name} />
      <button type="button" class="tool" aria-label={words.closePicture}><Icon path="x" /></button>
    </dialog>
  );
}

const opened = (dialog: HTMLDialogElement | null): void => dialog?.showModal();
