"""Documents that were uploaded, as blocks: PDF, Word, Markdown, plain text.

Runs in a process of its own (see `apart.py`): a broken file may keep its reader busy for ever.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import docx
import pypdf
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph

from frontdesk.know import grid
from frontdesk.know.blocks import LONGEST_BLOCK, Block
from frontdesk.know.kinds import OLD_OFFICE, TYPES
from frontdesk.know.markdown import markdown
from frontdesk.know.plain import clean, line

MOST_PAGES, MOST_BLOCKS, MOST_PASSAGES = 1_000, 20_000, 2_000
_MOST_UNPACKED, _MOST_PACKED_RATIO = 200 * 1024 * 1024, 200
_PASSWORD = "EncryptedPackage".encode("utf-16-le")


class Unreadable(Exception):
    """Says why in plain words, to go after "This document"."""


@dataclass(frozen=True, slots=True)
class Read:
    blocks: list[Block]
    pages: int


def read(body: bytes, type: str) -> Read:
    """Raises Unreadable."""
    readers: dict[str, Callable[[bytes], Read]] = {
        TYPES["pdf"]: _pdf,
        TYPES["docx"]: _word,
        TYPES["md"]: lambda data: Read(list(markdown(_text(data))), 1),
        TYPES["txt"]: lambda data: Read(list(_paragraphs(_text(data))), 1),
    }
    if type not in readers:
        raise Unreadable("is of a kind that cannot be read")
    found = readers[type](body)
    blocks = [one for one in found.blocks if one.text][:MOST_BLOCKS]
    if not blocks:
        raise Unreadable("has no text: it may be a scan")
    return Read(blocks, found.pages)


def _pdf(body: bytes) -> Read:
    try:
        reader = pypdf.PdfReader(io.BytesIO(body))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("has a password")
        count = len(reader.pages)
        if count > MOST_PAGES:
            raise Unreadable(f"has more than {MOST_PAGES:,} pages")
        texts = [reader.pages[number].extract_text() for number in range(count)]
    except Unreadable:
        raise
    except pypdf.errors.DependencyError as error:
        raise Unreadable("has a password") from error
    except Exception as error:  # whatever a broken file makes of its reader
        raise Unreadable("is broken") from error
    shared = _shared(texts)
    blocks = [
        Block("text", f"Page {number}", text)
        for number, page in enumerate(texts, 1)
        for text in _pdf_paragraphs(page, shared)
    ]
    return Read(blocks, count)


def _shared(texts: list[str]) -> set[str]:
    """The first and last lines of most pages: headers, footers, page numbers."""
    edges: dict[str, int] = {}
    for text in texts:
        lines = [one for one in map(line, text.splitlines()) if one]
        for one in {_numberless(edge) for edge in [*lines[:1], *lines[-1:]]}:
            edges[one] = edges.get(one, 0) + 1
    return {one for one, times in edges.items() if times > max(2, len(texts) // 2)}


def _numberless(text: str) -> str:
    return re.sub(r"\d+", "0", text)


_ENDS = (".", ":", "!", "?", ";")


def _pdf_paragraphs(page: str, shared: set[str]) -> Iterator[str]:
    """Lines put together: a PDF does not say where its paragraphs end."""
    lines = [line(one) for one in page.splitlines()]
    whole: list[str] = []
    longest = max((len(one) for one in lines), default=0)
    for one in lines:
        if _numberless(one) in shared and one:
            continue
        if one:
            whole.append(one)
        # A short line that ends a sentence ends a paragraph.
        if whole and (not one or (one.endswith(_ENDS) and len(one) < 0.75 * longest)):
            yield _together(whole)
            whole = []
    if whole:
        yield _together(whole)


def _together(lines: list[str]) -> str:
    text = ""
    for one in lines:
        is_broken = text.endswith("-") and one[:1].islower()
        text = f"{text[:-1]}{one}" if is_broken else f"{text} {one}"
    return text.strip()[:LONGEST_BLOCK]


def _word(body: bytes) -> Read:
    if body.startswith(OLD_OFFICE):
        raise Unreadable(
            "has a password" if _PASSWORD in body else "is in Word's old format: save it as .docx"
        )
    _refuse_bombs(body)
    try:
        document = docx.Document(io.BytesIO(body))
        return Read(list(_word_blocks(document)), 1)
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Unreadable("is not a Word document") from error
    except Exception as error:  # whatever a broken file makes of its reader
        raise Unreadable("is broken") from error


def _refuse_bombs(body: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            sizes = [(one.file_size, one.compress_size) for one in packed.infolist()]
            is_locked = any(one.flag_bits & 1 for one in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unreadable("is broken") from error
    if is_locked:
        raise Unreadable("has a password")
    # An empty picture packs well; a bomb packs well and is large.
    bombs = (size > 10**7 and size > _MOST_PACKED_RATIO * max(1, packed) for size, packed in sizes)
    if len(sizes) > 10_000 or sum(size for size, _ in sizes) > _MOST_UNPACKED or any(bombs):
        raise Unreadable("unpacks to far more than a document is")


def _word_blocks(document: Document) -> Iterator[Block]:
    headings: list[tuple[int, str]] = []
    for one in document.iter_inner_content():
        path = " › ".join(text for _, text in headings)
        if isinstance(one, Table):
            yield from (Block("row", path, text) for text in _word_rows(one))
            continue
        text, style = clean(one.text), _style(one)
        level = re.fullmatch(r"(?:heading|title|rubrik|überschrift)\s*(\d?)", style)
        if level and text:
            depth = int(level[1] or 1)
            headings = [*((d, t) for d, t in headings if d < depth), (depth, line(text)[:120])]
        elif text:
            is_item = style.startswith("list")
            yield Block("item" if is_item else "text", path, f"- {text}" if is_item else text[:LONGEST_BLOCK])


def _style(paragraph: Paragraph) -> str:
    style = paragraph.style
    return (style.name or "").lower() if style is not None else ""


def _word_rows(table: Table) -> list[str]:
    rows = [[line(cell.text) for cell in row.cells[:20]] for row in table.rows[:300]]
    first = len(rows) > 2 and len(rows[0]) > 2
    return grid.told(
        [[("th" if first and not n else "td", text) for text in row] for n, row in enumerate(rows)]
    )


def _text(body: bytes) -> str:
    for bom, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if body.startswith(bom):
            return body.decode(name, "replace").replace("\x00", "")
    try:
        return body.decode().replace("\x00", "")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace").replace("\x00", "")


def _paragraphs(text: str) -> Iterator[Block]:
    for one in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")):
        if kept := clean(one):
            yield Block("text", "", kept[:LONGEST_BLOCK])
