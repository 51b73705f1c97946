"""What there was with one customer: past conversations, all of them as one, notes, and finding within."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Query, Response

from frontdesk.api.answers import as_json
from frontdesk.api.door import AsAgent, Here
from frontdesk.base.body import Id
from frontdesk.base.db import Reading
from frontdesk.base.routes import Routes
from frontdesk.search import within
from frontdesk.search.model import FOREVER
from frontdesk.search.query import LONGEST
from frontdesk.talk import history as told
from frontdesk.talk import past
from frontdesk.talk.model import Happening, Message, Row
from frontdesk.talk.note_model import Note

router = Routes(prefix="/api/customers", tags=["customers"])

Cursor = Annotated[str | None, Query(max_length=100)]
Limit = Annotated[int, Query(ge=1, le=200)]


@dataclass(frozen=True)
class HistoryAnswer:
    seq: int
    items: list[Message | Happening | Note]
    conversations: list[Row]
    older: str | None
    newer: str | None


@dataclass(frozen=True)
class WithinAnswer:
    seq: int
    hits: list[within.Within]
    more: bool


@dataclass(frozen=True)
class PastAnswer:
    seq: int
    past: list[past.Past]
    next: str | None


@dataclass(frozen=True)
class NotesOfCustomer:
    seq: int
    notes: list[Note]
    next: str | None


@router.get("/{customer_id}/history", response_model=HistoryAnswer)
async def history(
    customer_id: Id,
    here: Here,
    me: AsAgent,
    before: Cursor = None,
    after: Cursor = None,
    around: Cursor = None,
    at: Annotated[int | None, Query(ge=0, le=FOREVER)] = None,
    notes: bool = True,
    limit: Limit = 60,
) -> Response:
    """The newest; or what is before, after or around a place; or around a moment."""

    def query(view: Reading) -> HistoryAnswer:
        asked = (view, me.actor, customer_id)
        if before is not None:
            found = told.before(*asked, told.place_at(before), notes=notes, limit=limit)
        elif after is not None:
            found = told.after(*asked, told.place_at(after), notes=notes, limit=limit)
        elif around is not None or at is not None:
            place = told.place_at(around) if around is not None else told.from_moment(at or 0)
            found = told.around(*asked, place, notes=notes, limit=limit)
        else:
            found = told.newest(*asked, notes=notes, limit=limit)
        return HistoryAnswer(view.head(), found.items, found.conversations, found.older, found.newer)

    return as_json(await here.desk.read(query))


@router.get("/{customer_id}/history/find", response_model=WithinAnswer)
async def find(
    customer_id: Id,
    here: Here,
    me: AsAgent,
    q: Annotated[str, Query(max_length=LONGEST)] = "",
    notes: bool = True,
) -> Response:
    def query(view: Reading) -> WithinAnswer:
        found = within.find(view, me.actor, customer_id, q, notes=notes)
        return WithinAnswer(view.head(), found.hits, found.more)

    return as_json(await here.desk.read(query))


@router.get("/{customer_id}/conversations", response_model=PastAnswer)
async def conversations(
    customer_id: Id, here: Here, me: AsAgent, after: Cursor = None, limit: Limit = 20
) -> Response:
    def query(view: Reading) -> PastAnswer:
        found, goes_on = past.of_customer(view, me.actor, customer_id, after=after, limit=limit)
        return PastAnswer(view.head(), found, goes_on)

    return as_json(await here.desk.read(query))


@router.get("/{customer_id}/notes", response_model=NotesOfCustomer)
async def notes(
    customer_id: Id, here: Here, me: AsAgent, before: Cursor = None, limit: Limit = 20
) -> Response:
    def query(view: Reading) -> NotesOfCustomer:
        found, goes_on = past.notes_of_customer(view, me.actor, customer_id, before=before, limit=limit)
        return NotesOfCustomer(view.head(), found, goes_on)

    return as_json(await here.desk.read(query))
