# ruff: noqa: E501 - lists are easier to read in one piece
"""PDF, Word, Markdown and text are read; what cannot be says why, and never for long."""

import asyncio
import io
import os
import time
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import docx
import pypdf
import pytest

from frontdesk.base.desk import Desk
from frontdesk.base.errors import Invalid
from frontdesk.base.files import Files, Stored
from frontdesk.know import read, sources
from frontdesk.know.apart import Apart, GaveUp
from frontdesk.know.documents import Unreadable
from frontdesk.know.documents import read as read_document
from frontdesk.know.kinds import TYPES, type_of
from frontdesk.know.learn import Learning
from frontdesk.know.model import Source
from frontdesk.people.model import SYSTEM


def pdf(*pages: list[str]) -> bytes:
    """By hand: a page for each list, a line for each text."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for lines in pages:
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        stream = f"BT /F1 12 Tf 50 700 Td {shown}ET"
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects) + 2} 0 R /Resources "
            "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(kids)}] >>"
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    tail = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + head.encode() + tail.encode()


def locked(body: bytes) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(body))
    writer.encrypt("secret", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def word() -> bytes:
    document = docx.Document()
    document.add_heading("Terms", 1)
    document.add_paragraph("We deliver within three days in all of Sweden.")
    document.add_heading("Prices", 2)
    document.add_paragraph("One", style="List Bullet")
    table = document.add_table(3, 3)
    for row, cells in zip(
        table.rows,
        (("Model", "Weight", "Price"), ("K1", "2 kg", "49 kr"), ("K2", "3 kg", "59 kr")),
        strict=True,
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def packed(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as into:
        for name, body in files.items():
            into.writestr(name, body)
    return made.getvalue()


def test_a_pdf_is_read_page_by_page() -> None:
    header = "Kvarn and Kanna"
    pages = [
        [
            header,
            f"The first line of page {n} goes on and is bro-",
            f"ken here {n}.",
            "And it ends here.",
            f"Page {n}",
        ]
        for n in range(1, 5)
    ]
    found = read_document(pdf(*pages), TYPES["pdf"])
    assert found.pages == 4
    assert (found.blocks[0].heading, found.blocks[0].text) == (
        "Page 1", "The first line of page 1 goes on and is broken here 1.",
    )  # fmt: skip
    assert not any(header in one.text for one in found.blocks)


def test_word_is_read_with_headings_lists_and_tables() -> None:
    found = read_document(word(), TYPES["docx"])
    assert [(one.heading, one.text) for one in found.blocks] == [
        ("Terms", "We deliver within three days in all of Sweden."),
        ("Terms › Prices", "- One"),
        ("Terms › Prices", "K1: Weight 2 kg, Price 49 kr"),
        ("Terms › Prices", "K2: Weight 3 kg, Price 59 kr"),
    ]


def test_markdown_is_read_as_it_is_shown() -> None:
    text = """# Help\n\nSome *words* with a [link](https://x.example) and `code`.\nOn two lines.\n\n- one\n- two\n\n## Is it loud?
No, **not** at all.\n\n| Model | Price |\n|---|---|\n| K1 | 49 kr |\n\n<!-- hidden words -->\n---\n### More\n1. first\n2) second\n"""
    found = [
        (one.heading, one.questions, one.text) for one in read_document(text.encode(), TYPES["md"]).blocks
    ]
    assert found == [
        ("Help", (), "Some words with a link and code. On two lines."),
        ("Help", (), "- one"), ("Help", (), "- two"),
        ("Help", ("Is it loud?",), "No, not at all."), ("Help", ("Is it loud?",), "K1: Price 49 kr"),
        ("Help › More", ("Is it loud?",), "1. first"), ("Help › More", ("Is it loud?",), "2. second"),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_its_encoding(encoding: str) -> None:
    found = read_document("Räksmörgås åt alla.\n\nOch kaffe.".encode(encoding), TYPES["txt"])
    assert [one.text for one in found.blocks] == ["Räksmörgås åt alla.", "Och kaffe."]


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
FAULTS = {
    "locked.pdf": (locked(pdf(["Secret words here."])), "has a password"),
    "broken.pdf": (pdf(["Some words here."])[:200], "is broken"),
    "scan.pdf": (pdf([], []), "has no text: it may be a scan"),
    "nonsense.pdf": (b"%PDF-1.7\n" + os.urandom(5_000), "is broken"),
    "huge.pdf": (pdf(*[[] for _ in range(1_001)]), "has more than 1,000 pages"),
    "locked.docx": (OLD + "EncryptedPackage".encode("utf-16-le"), "has a password"),
    "old.doc": (OLD, "is in Word's old format: save it as .docx"),
    "broken.docx": (word()[:2_000], "is broken"),
    "other.docx": (packed(**{"a.txt": b"hello"}), "is not a Word document"),
    "bomb.docx": (
        packed(**{"word/document.xml": bytes(60_000_000)}),
        "unpacks to far more than a document is",
    ),
    "empty.docx": (packed(**{"[Content_Types].xml": b"<Types/>"}), "is broken"),
    "empty.md": (b"# Only a heading\n", "has no text: it may be a scan"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_cannot_be_read_says_why(name: str) -> None:
    body, fault = FAULTS[name]
    type = type_of(name, body[:2_048])
    assert type is not None
    with pytest.raises(Unreadable) as caught:
        read_document(body, type)
    assert str(caught.value) == fault


@pytest.mark.parametrize(
    ("name", "start", "wanted"),
    [
        ("a.pdf", b"%PDF-1.4", "pdf"), ("a.txt", b"%PDF-1.4", "pdf"), ("a.docx", b"PK\x03\x04", "docx"), ("a.zip", b"PK\x03\x04", None),
        ("a.md", b"# Hi", "md"), ("a.TXT", b"Hi", "txt"), ("a.exe", b"MZ\x00", None), ("a.txt", b"a\x00b", None), ("a", b"Hi", None),
        ("a.html", b"<html>", None), ("a.txt", b"\xff\xfeH\x00", "txt"), ("a.pdf", b"<html>", None), ("a.xlsx", b"PK\x03\x04", None),
    ],
)  # fmt: skip
def test_kinds_are_told_by_what_is_in_them(name: str, start: bytes, wanted: str | None) -> None:
    assert type_of(name, start) == (TYPES[wanted] if wanted else None)


@pytest.fixture
async def apart() -> AsyncIterator[Apart]:
    one = Apart()
    yield one
    await one.close()


ASKED = {"url": "https://kvarn.example/", "charset": None, "origin": "https://kvarn.example"}


async def test_a_reader_that_hangs_is_ended_and_the_next_one_reads(apart: Apart) -> None:
    """Whatever it was that kept it busy."""
    slow = "".join(f"<p>Words number {n} for a page that takes its time</p>" for n in range(20_000)).encode()
    begun = time.monotonic()
    with pytest.raises(GaveUp, match="takes too long"):
        await apart.ask("page", ASKED, slow, seconds=0.05)
    assert time.monotonic() - begun < 2
    said, _ = await apart.ask("page", ASKED, b"<p>Hello to everybody here</p>")
    assert len(said["marks"]) == 1


async def test_a_reader_that_dies_or_breaks_is_not_the_end(apart: Apart) -> None:
    await apart.ask("page", ASKED, b"<p>Hello</p>")
    assert apart._process is not None
    apart._process.kill()
    with pytest.raises(GaveUp):
        await apart.ask("page", ASKED, b"<p>Hello</p>" * 20_000)
    with pytest.raises(GaveUp, match="cannot be read"):
        await apart.ask("pieces", {"common": []}, b"not what was packed")
    said, _ = await apart.ask("page", ASKED, b"<p>Hello to everybody here</p>")
    assert len(said["marks"]) == 1


async def test_what_is_broken_off_does_not_answer_the_next(apart: Apart) -> None:
    asking = asyncio.create_task(apart.ask("page", ASKED, b"<p>One two three four</p>" * 20_000))
    await asyncio.sleep(0.3)
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    said, _ = await apart.ask("sitemap", {}, b"https://kvarn.example/a")
    assert said == {"pages": ["https://kvarn.example/a"], "maps": []}


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "files")


async def learn(desk: Desk, files: Files, name: str, body: bytes) -> Source:
    stored = files.keep(io.BytesIO(body), name, sources.LARGEST)
    type = type_of(name, body[:2_048])
    assert type is not None
    source = add(desk, stored, type)
    await Learning(files).read_document(desk, {"source_id": source.id, "round": 1})
    return desk.read_now(sources.get, source.id)


def add(desk: Desk, stored: Stored, type: str) -> Source:
    more = {"name": stored.name, "type": type, "size": stored.size}
    return desk.write_now(sources.add_document, SYSTEM, stored, **more)["source"]


async def test_a_document_is_learnt_and_forgotten(desk: Desk, files: Files) -> None:
    source = await learn(
        desk, files, "Service manual.pdf", pdf(["The burrs wear out after four years."], ["Turn the screw."])
    )
    assert (source.state, source.fault, source.passages, source.counts.read) == ("read", None, 2, 2)
    assert source.file is not None
    assert (source.file.name, source.file.type) == ("Service manual.pdf", TYPES["pdf"])
    (page,), _ = desk.read_now(read.pages, SYSTEM, source.id, state=None, after=None, limit=5)
    _, learnt = desk.read_now(read.get_page, SYSTEM, page.id)
    assert [(one.kind, one.title, one.heading, one.text) for one in learnt] == [
        ("document", "Service manual.pdf", "Page 1", "The burrs wear out after four years."),
        ("document", "Service manual.pdf", "Page 2", "Turn the screw."),
    ]
    desk.write_now(sources.read_again, SYSTEM, source_id=source.id)
    await Learning(files).read_document(desk, {"source_id": source.id, "round": 2})
    assert [one.id for one in desk.read_now(read.get_page, SYSTEM, page.id)[1]] == [one.id for one in learnt]
    stored = desk.read_now(sources.file_of, source.id)
    desk.write_now(sources.remove, SYSTEM, source_id=source.id)
    await Learning(files).forget_source(desk, {"source_id": source.id, "file": stored})
    assert not files.path(stored).exists()


async def test_a_document_that_cannot_be_read_says_so_on_the_page(desk: Desk, files: Files) -> None:
    for name in ("locked.pdf", "broken.pdf", "scan.pdf", "bomb.docx"):
        body, fault = FAULTS[name]
        source = await learn(desk, files, name, body)
        assert (source.state, source.fault, source.passages) == ("failed", fault, 0)


async def test_a_file_that_is_gone_says_so(desk: Desk, files: Files) -> None:
    stored = files.keep(io.BytesIO(b"hello there"), "a.txt", 100)
    source = add(desk, stored, TYPES["txt"])
    files.forget(stored.id)
    await Learning(files).read_document(desk, {"source_id": source.id, "round": 1})
    assert desk.read_now(sources.get, source.id).fault == "is not there any more: add it again"


def test_other_kinds_are_no_documents(desk: Desk, files: Files) -> None:
    stored = files.keep(io.BytesIO(b"<html>"), "a.html", 100)
    with pytest.raises(Invalid):
        add(desk, stored, "text/html")
