import { useState } from "preact/hooks";
import { Dialog } from "./dialog.tsx";
import { Icon } from "./icon.tsx";
import { sizeOf } from "./sizes.ts";
import type { File } from "../../wire/types.ts";
import { words } from "../words.ts";

const WIDEST = 240;
const HIGHEST = 180;

type Picture = File & { width: number; height: number };

const isPicture = (file: File): file is Picture => file.width !== null && file.height !== null;
const addressOf = (file: File) => `/api/files/${encodeURIComponent(file.id)}`;

export function Files({ files }: { files: readonly File[] }) {
  if (files.length === 0) return null;
  const pictures = files.filter(isPicture);
  return (
    <>
      {pictures.length > 0 && <div class="pictures">{pictures.map((file) => <PictureView key={file.id} file={file} />)}</div>}
      {files.filter((file) => !isPicture(file)).map((file) => <Card key={file.id} file={file} />)}
    </>
  );
}

function PictureView({ file }: { file: Picture }) {
  const [large, setLarge] = useState(false);
  const [gone, setGone] = useState(false);
  const scale = Math.min(1, WIDEST / file.width, HIGHEST / file.height);
  const size = { width: `${Math.max(24, Math.round(file.width * scale))}px`, aspectRatio: `${file.width} / ${file.height}` };
  if (gone) return <Card file={file} note={words.talk.pictureGone} />;
  return (
    <>
      <button type="button" class="picture" style={size} aria-label={words.talk.pictureOf(file.name)} onClick={() => setLarge(true)}>
        <img src={addressOf(file)} alt={words.talk.picture(file.name)} loading="lazy" decoding="async" onError={() => setGone(true)} />
      </button>
      {large && (
        <Dialog title={file.name} class="lightbox" onClose={() => setLarge(false)}>
          <img src={addressOf(file)} alt={words.talk.picture(file.name)} width={file.width} height={file.height} />
        </Dialog>
      )}
    </>
  );
}

export function Card({ file, note }: { file: File; note?: string }) {
  const more = note ?? sizeOf(file.size);
  return (
    <a class="file" href={addressOf(file)} download={file.name}>
      <Icon name="page" /><span class="sr">{words.talk.download(file.name)}, {more}</span>
      <span class="grow" aria-hidden="true"><bdi class="clip">{file.name}</bdi><small>{more}</small></span>
    </a>
  );
}
