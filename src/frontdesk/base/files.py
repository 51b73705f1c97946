"""The folder of uploaded files: random names, checked content, pictures written anew."""

import os
import threading
import warnings
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageOps, ImageSequence
from PIL.ImageFile import ImageFile

from frontdesk.base.errors import Full, Invalid, Missing, TooLarge
from frontdesk.base.ids import new_id
from frontdesk.base.text import one_line

_MOST_PIXELS = 40_000_000
_MOST_FRAMES = 100
_CHUNK = 64 * 1024
# Somebody may send twenty of the largest at once; what they take of the memory stays bounded.
_ONE_PICTURE = threading.Lock()
# libwebp takes four times as much while it reads and writes.
_MOST_IN_WEBP = 10_000_000
Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
)


@dataclass(frozen=True, slots=True)
class Stored:
    id: str
    name: str
    type: str
    size: int
    width: int | None
    height: int | None


class Files:
    """One folder, not served by anybody; a file is opened by its id alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, id: str) -> Path:
        return self._folder / id[-2:] / id

    def open(self, id: str) -> Path:
        found = self.path(id)
        if not found.is_file():
            raise Missing("This file is not here any more.")
        return found

    def forget(self, id: str) -> None:
        self.path(id).unlink(missing_ok=True)

    def keep(self, source: BinaryIO, name: str, limit: int) -> Stored:
        """Copies at most `limit` bytes. Raises TooLarge, Full, or Invalid for what is empty,
        a program or a broken picture.
        """
        id = new_id()
        path = self.path(id)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._copy(source, path, limit)
            return self._inspected(id, path, _as_name(name))
        except BaseException as error:
            path.unlink(missing_ok=True)
            if isinstance(error, OSError) and error.errno in (28, 122):
                raise Full("There is no room left on the disk.") from error
            raise

    def keep_square(self, source: BinaryIO, limit: int, side: int) -> Stored:
        """A face: cut to a square picture of `side` pixels. Raises Invalid when it is no picture."""
        stored = self.keep(source, "picture", limit)
        if stored.width is None:
            self.forget(stored.id)
            raise Invalid("This is not a picture.", fields={"file": "PNG, JPEG, GIF or WebP"})
        path = self.path(stored.id)
        with Image.open(path) as picture:
            square = ImageOps.fit(picture.convert("RGB"), (side, side))
        square.save(path, "JPEG", quality=88)
        return Stored(stored.id, stored.name, "image/jpeg", path.stat().st_size, side, side)

    def _copy(self, source: BinaryIO, path: Path, limit: int) -> None:
        size = 0
        with path.open("xb") as target:
            while chunk := source.read(_CHUNK):
                size += len(chunk)
                if size > limit:
                    raise TooLarge(f"The file is larger than {limit // 1024 // 1024} MB.")
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        if size == 0:
            raise Invalid("The file is empty.", fields={"file": "Empty"})

    def _inspected(self, id: str, path: Path, name: str) -> Stored:
        with path.open("rb") as file:
            start = file.read(512)
        if start.startswith(_PROGRAMS):
            raise Invalid("Programs cannot be sent.", fields={"file": "A program"})
        picture = _rewritten(path) if _looks_like_picture(start) else None
        if picture is not None:
            type, width, height = picture
            return Stored(id, name, type, path.stat().st_size, width, height)
        return Stored(id, name, _type(start), path.stat().st_size, None, None)


def _as_name(name: str) -> str:
    """What is shown, and proposed where somebody saves it: a name, in no folder."""
    return one_line(name.replace("/", "_").replace("\\", "_"), 150) or "file"


def _looks_like_picture(start: bytes) -> bool:
    return start.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")) or (
        start[:4] == b"RIFF" and start[8:12] == b"WEBP"
    )


def _type(start: bytes) -> str:
    for signature, type in _SIGNATURES:
        if start.startswith(signature):
            return type
    try:
        start.decode()
    except UnicodeDecodeError as error:
        if error.start < len(start) - 4:
            return "application/octet-stream"
    return "application/octet-stream" if b"\0" in start else "text/plain"


def _rewritten(path: Path) -> tuple[str, int, int]:
    """Decodes and encodes anew: whatever hid in the file, and where it was taken, is gone."""
    try:
        with _ONE_PICTURE, warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=list(PICTURES)) as picture:
                most = _MOST_IN_WEBP if picture.format == "WEBP" else _MOST_PIXELS
                if picture.width * picture.height > most:
                    why = f"At most {most // 1_000_000} megapixels"
                    raise Invalid("The picture has too many pixels.", fields={"file": why})
                return _written(picture, path)
    except Invalid:
        raise
    except Exception as error:
        raise Invalid("The picture cannot be read.", fields={"file": "Broken picture"}) from error


def _written(picture: ImageFile, path: Path) -> tuple[str, int, int]:
    format = str(picture.format)
    if getattr(picture, "is_animated", False) and format in ("GIF", "WEBP"):
        return _moving(picture, path, format)
    # In place, and without a copy: forty million pixels are 160 MB.
    ImageOps.exif_transpose(picture, in_place=True)
    picture.load()
    _bare(picture)
    still: Image.Image = picture
    if format == "JPEG" and picture.mode not in ("RGB", "L"):
        still = picture.convert("RGB")
    if format == "GIF":
        format = "PNG"
    still.save(path, format, **({"quality": 90} if format in ("JPEG", "WEBP") else {}))
    return PICTURES[format], still.width, still.height


def _moving(picture: ImageFile, path: Path, format: str) -> tuple[str, int, int]:
    """As many frames as together have no more pixels than one picture may have."""
    most = min(_MOST_FRAMES, _MOST_PIXELS // (picture.width * picture.height))
    duration = picture.info.get("duration", 100)
    frames = [_bare(frame.copy()) for frame in islice(ImageSequence.Iterator(picture), most)]
    frames[0].save(path, format, save_all=True, append_images=frames[1:], loop=0, duration=duration)
    return PICTURES[format], picture.width, picture.height


def _bare(picture: Image.Image) -> Image.Image:
    """Without what encoders would copy from the old file: comments, profiles, places."""
    kept = ("transparency", "background", "duration", "disposal")
    picture.info = {name: value for name, value in picture.info.items() if name in kept}
    return picture
