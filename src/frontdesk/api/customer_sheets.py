"""Customers as CSV: taken in, with a look at them before, and given out. Admins answer for either: a file
holds everybody at once, and leaves the desk.
"""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Response
from fastapi.responses import StreamingResponse
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from frontdesk.api.answers import as_json, done
from frontdesk.api.customer_list import AsNarrowed, Narrowing
from frontdesk.api.door import AsAdmin, Context, Here
from frontdesk.base.body import Command, Id, Upload
from frontdesk.base.db import Reading
from frontdesk.base.errors import Invalid
from frontdesk.base.ids import new_id
from frontdesk.base.routes import Routes
from frontdesk.people import importing, own_fields, read_profiles, sheets
from frontdesk.people.importing import Fault
from frontdesk.people.model import Actor
from frontdesk.people.profile_model import OwnField, Profile
from frontdesk.search import people
from frontdesk.talk import customer_list, labels
from frontdesk.talk.customer_list import Wanted

router = Routes(prefix="/api", tags=["customers"])

LARGEST = 20 * 1024 * 1024
_SHOWN = 5
_PORTION = 500
_USUAL = (
    "Id", "Name", "E-mail", "Phone", "Company", "Title", "About", "City", "Country", "Language", "Created",
    "Last seen",
)  # fmt: skip

Column = Annotated[str, Field(max_length=200)]


class BeginImport(Command):
    upload_id: Id
    mapping: Annotated[dict[Column, Column], Field(max_length=sheets.MOST_COLUMNS)]


@dataclass(frozen=True)
class ImportPreview:
    """The first rows, and which field each column may be."""

    upload_id: str
    columns: list[str]
    rows: list[list[str]]
    mapping: dict[str, str]
    count: int


@dataclass(frozen=True)
class ImportBegun:
    import_id: str


@dataclass(frozen=True)
class ImportState:
    done: int
    count: int
    made: int
    changed: int
    unchanged: int
    faults: list[Fault]
    finished: bool


@router.get("/customers.csv", response_class=StreamingResponse)
async def export(here: Here, me: AsAdmin, asked: AsNarrowed) -> Response:
    """As they are listed; written while it is read, however many there are."""
    wanted, fields = await here.desk.read(_asked, me.actor, asked)
    headers = {"Content-Disposition": 'attachment; filename="customers.csv"', "Cache-Control": "no-store"}
    text = _text(here, me.actor, wanted, asked, fields)
    return StreamingResponse(text, media_type="text/csv; charset=utf-8", headers=headers)


def _asked(view: Reading, actor: Actor, asked: Narrowing) -> tuple[Wanted, list[OwnField]]:
    """Whom, and which own fields. What is one agent's alone is in no file."""
    label = asked.wanted.label
    if label is not None and labels.get(view, actor, label).own:
        raise Invalid("Your own labels are nobody else's.", fields={"label": "One of the team's"})
    # An error is told now, not in the middle of a file.
    customer_list.page(view, actor, asked.wanted, order=asked.order, after=None, limit=1)
    fields = [one for one in own_fields.everything(view) if one.of == "customer" and not one.retired]
    return people.narrowed(view, actor, asked.q, asked.wanted), fields


async def _text(
    here: Context, actor: Actor, wanted: Wanted, asked: Narrowing, fields: list[OwnField]
) -> AsyncIterator[str]:
    def portion(view: Reading, after: str | None) -> tuple[list[Profile], str | None]:
        found = customer_list.page(view, actor, wanted, order=asked.order, after=after, limit=_PORTION)
        return read_profiles.those(view, found.ids), found.next

    # Without this mark spreadsheets take it for another encoding.
    yield "\ufeff" + sheets.written([[*_USUAL, *_titles(fields)]])
    after: str | None = None
    while True:
        rows, after = await here.desk.read(portion, after)
        if rows:
            yield sheets.written(_row(one, fields) for one in rows)
        if after is None:
            return


def _titles(fields: Iterable[OwnField]) -> list[str]:
    """What is called like one of the usual columns says that it is an own one."""
    usual = {name.casefold() for name in _USUAL}
    return [f"{one.name} (own)" if one.name.casefold() in usual else one.name for one in fields]


def _row(one: Profile, fields: Iterable[OwnField]) -> list[str]:
    company = one.company.name if one.company else None
    usual = (
        one.id, one.name, one.email, one.phone, company, one.title, one.about, one.city, one.country,
        one.language, _moment(one.created_at), _moment(one.seen_at),
    )  # fmt: skip
    return [*(part or "" for part in usual), *(one.fields.get(field.id, "") for field in fields)]


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d %H:%M") if at else ""


@router.post("/customers/import/preview", status_code=201, response_model=ImportPreview)
async def preview(body: Upload, here: Here, me: AsAdmin) -> Response:
    """Nothing is taken in yet. What is not begun within a day is forgotten."""
    stored = await run_in_threadpool(here.files.keep, body.file.file, body.file.filename or "", LARGEST)
    try:
        names, rows, count = await run_in_threadpool(sheets.counted, here.files.path(stored.id), _SHOWN)
        import_id = new_id()
        own = [one for one in await here.desk.read(own_fields.everything) if one.of == "customer"]
        await here.desk.write(importing.upload, me.actor, import_id, stored.id, names, count)
    except Exception:
        here.files.forget(stored.id)
        raise
    mapping = sheets.guessed(names, [one for one in own if not one.retired])
    return as_json(ImportPreview(import_id, names, rows, mapping, count), 201)


@router.post("/customers/import", status_code=201, response_model=ImportBegun)
async def begin(body: BeginImport, here: Here, me: AsAdmin) -> Response:
    result = await here.desk.command(me.actor.key, body.client_id, importing.begin, me.actor, **body.rest())
    return done(result, 201)


@router.get("/customers/import/{import_id}", response_model=ImportState)
async def state(import_id: Id, here: Here, me: AsAdmin) -> Response:
    return as_json(await here.desk.read(importing.get, me.actor, import_id))
