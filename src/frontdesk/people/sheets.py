"""Customers as CSV: read as programs write it, written so that no program runs what stands there."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from frontdesk.base.errors import Invalid
from frontdesk.base.folding import folded
from frontdesk.base.text import one_line
from frontdesk.people.profile_model import OwnField

MOST_COLUMNS = 100
MOST_ROWS = 1_000_000
_LONGEST_CELL = 20_000
_DELIMITERS = ",;\t|"
# What a spreadsheet takes for the beginning of a formula, also in the wide letters of East Asia.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SAFE = "'"

# What columns are called by other programs; folded, without signs.
_CALLED = {
    "id": ("id", "customer id", "external id", "kundnummer", "kund id", "kundennummer"),
    "name": ("name", "full name", "customer", "customer name", "contact", "namn", "kund", "nombre", "nom"),
    "email": ("e mail", "email", "mail", "e mail address", "email address", "e post", "epost", "correo"),
    "phone": ("phone", "phone number", "telephone", "mobile", "tel", "telefon", "mobil", "telefono"),
    "company": ("company", "company name", "organisation", "organization", "foretag", "firma", "empresa"),
    "title": ("title", "job title", "position", "role", "titel", "roll"),
    "about": ("about", "notes", "note", "remarks", "anteckningar", "notizen"),
}


@contextmanager
def opened(path: Path) -> Iterator[Iterator[list[str]]]:
    """The rows of a file, the first one with the names of the columns. Raises Invalid for what is no text."""
    with path.open("rb") as raw:
        start = raw.read(64 * 1024)
    encoding = _encoding(start)
    with path.open(encoding=encoding, errors="replace", newline="") as text:
        yield _rows(text, _delimiter(start.decode(encoding, "replace")))


def _encoding(start: bytes) -> str:
    """As it says itself; else UTF-8, or what Windows writes."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in start:
        raise Invalid("This is not a CSV file.", fields={"file": "Save it as CSV first"})
    try:
        start[: max(0, len(start) - 4)].decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _delimiter(start: str) -> str:
    """Whichever makes most columns of the first line."""
    line = start.partition("\n")[0]
    return max(_DELIMITERS, key=lambda sign: len(next(csv.reader([line], delimiter=sign), [])))


def _rows(text: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """A row that cannot be read is an empty one."""
    reader = csv.reader(text, delimiter=delimiter)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield []


def columns(header: Sequence[str]) -> list[str]:
    """A name for each, and no name twice. Raises Invalid when there are none, or far too many."""
    if not any(name.strip() for name in header) or len(header) > MOST_COLUMNS:
        hint = f"One to {MOST_COLUMNS} columns, with their names in the first row"
        raise Invalid("This is not a CSV file.", fields={"file": hint})
    names: list[str] = []
    for number, given in enumerate(header, 1):
        name = one_line(given, 80) or f"Column {number}"
        names.append(name if name not in names else f"{name} ({number})")
    return names


def guessed(names: Iterable[str], own: Iterable[OwnField]) -> dict[str, str]:
    """Which field a column is, by its name. A field is one column's only."""
    known = {name: field for field, called in _CALLED.items() for name in called}
    known |= {_bare(one.name): one.id for one in own}
    found: dict[str, str] = {}
    for name in names:
        field = known.get(_bare(name))
        if field is not None and field not in found.values():
            found[name] = field
    return found


def _bare(name: str) -> str:
    return " ".join("".join(one if one.isalnum() else " " for one in folded(name)).split())


def counted(path: Path, first: int) -> tuple[list[str], list[list[str]], int]:
    """The columns, the first rows, and how many rows there are. Raises Invalid."""
    with opened(path) as rows:
        names = columns(next(rows, []))
        some = [fitted(row, len(names)) for row in islice(rows, first)]
        count = len(some) + sum(1 for _ in rows)
    if count > MOST_ROWS:
        raise Invalid("This is too large.", fields={"file": f"At most {MOST_ROWS:,} rows"})
    return names, some, count


def fitted(row: Sequence[str], length: int) -> list[str]:
    cells = [_unguarded(cell[:_LONGEST_CELL]) for cell in row[:length]]
    return cells + [""] * (length - len(cells))


def _unguarded(cell: str) -> str:
    """What was guarded when it was written is what it was."""
    is_guarded = cell.startswith(_SAFE) and cell[1:].startswith(_FORMULA)
    return cell[1:] if is_guarded else cell


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    bare = cell.lstrip(" \u00a0\u200b\ufeff")
    return f"{_SAFE}{cell}" if bare.startswith(_FORMULA) else cell


def written(rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue()


def named(cells: Sequence[str], names: Sequence[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """What a row says, by field; empty cells say nothing."""
    fitting = zip(names, fitted(cells, len(names)), strict=True)
    return {mapping[name]: cell for name, cell in fitting if name in mapping and cell.strip()}
