"""What was before: a customer's conversations, each with how it began and who answered, and their notes."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select, tuple_

from frontdesk.base.access import require
from frontdesk.base.db import Reading
from frontdesk.base.db import Row as Record
from frontdesk.base.paging import after_cursor, cursor
from frontdesk.base.sql import Prepared
from frontdesk.people.access import may_know
from frontdesk.people.customers import BRIEF, as_brief
from frontdesk.people.model import Actor, CustomerBrief
from frontdesk.people.tables import customer
from frontdesk.talk import history, read, read_notes
from frontdesk.talk.access import may_note
from frontdesk.talk.model import Row, excerpt
from frontdesk.talk.note_model import Note
from frontdesk.talk.tables import attachment, conversation, message, reading

C, M, A = conversation.c, message.c, attachment.c
_BEYOND = (2**53, "")


@dataclass(frozen=True, slots=True)
class Past:
    """`first`: its first words, one line. `answers` counts what agents said, `agents` are those who did."""

    conversation: Row
    first: str
    answers: int
    agents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoteOf:
    """A note, and the customer of its conversation."""

    note: Note
    customer: CustomerBrief


_PAGE = Prepared(
    select(*read.COLUMNS, *BRIEF, *read.OWN)
    .join(customer, customer.c.id == C.customer_id)
    .outerjoin(reading, read.MINE)
    .where(C.customer_id == bindparam("customer"))
    .where(tuple_(C.last_at, C.id) < tuple_(bindparam("at"), bindparam("last_id")))
    .order_by(C.last_at.desc(), C.id.desc())
    .limit(bindparam("most", 20))
)
_OF_COMPANY = Prepared(
    select(*read.COLUMNS, *BRIEF, *read.OWN)
    .join(customer, customer.c.id == C.customer_id)
    .outerjoin(reading, read.MINE)
    .where(customer.c.company_id == bindparam("company"))
    .where(tuple_(C.last_at, C.id) < tuple_(bindparam("at"), bindparam("last_id")))
    .order_by(C.last_at.desc(), C.id.desc())
    .limit(bindparam("most", 20))
)
_FIRST = Prepared(
    select(M.text, M.id).where(M.conversation_id == bindparam("one")).order_by(M.position).limit(1)
)
_FILE = Prepared(select(A.name).where(A.message_id == bindparam("one")).order_by(A.place).limit(1))
_ANSWERED = Prepared(
    select(M.agent_id, func.count(), func.min(M.position).label("since"))
    .where(M.conversation_id == bindparam("one"), M.by == "agent")
    .group_by(M.agent_id)
    .order_by("since")
)


def of_customer(
    view: Reading, actor: Actor, customer_id: str, *, after: str | None, limit: int
) -> tuple[list[Past], str | None]:
    """The newest first, and the cursor of the next page."""
    history.get_customer(view, actor, customer_id)
    at, last_id = after_cursor(after) if after else _BEYOND
    rows = view.all(_PAGE, customer=customer_id, reader=actor.id, at=at, last_id=last_id, most=limit + 1)
    return _page(list(_told(view, actor, rows[:limit])), goes_on=len(rows) > limit)


def of_company(
    view: Reading, actor: Actor, company_id: str, *, after: str | None, limit: int
) -> tuple[list[Past], str | None]:
    """Of everybody who works there, the newest first."""
    require(may_know(actor), "company")
    at, last_id = after_cursor(after) if after else _BEYOND
    rows = view.all(_OF_COMPANY, company=company_id, reader=actor.id, at=at, last_id=last_id, most=limit + 1)
    return _page(list(_told(view, actor, rows[:limit])), goes_on=len(rows) > limit)


def _page(some: list[Past], *, goes_on: bool) -> tuple[list[Past], str | None]:
    last = some[-1].conversation if goes_on else None
    return some, None if last is None else cursor(last.last_at, last.id)


def _told(view: Reading, actor: Actor, rows: Iterable[Record]) -> Iterable[Past]:
    for row in rows:
        one = read.as_row(view, actor, row)
        answered = view.all(_ANSWERED, one=one.id)
        agents = tuple(agent_id for agent_id, _, _ in answered if agent_id)
        yield Past(one, _first_words(view, one.id), sum(many for _, many, _ in answered), agents)


def _first_words(view: Reading, conversation_id: str) -> str:
    row = view.first(_FIRST, one=conversation_id)
    if row is None:
        return ""
    text, message_id = row
    return excerpt(text or view.value(_FILE, one=message_id) or "")


def notes_of_customer(
    view: Reading, actor: Actor, customer_id: str, *, before: str | None, limit: int
) -> tuple[list[Note], str | None]:
    """Of all their conversations, the newest first; without those that were deleted."""
    require(may_note(actor), "customer")
    history.get_customer(view, actor, customer_id)
    at, last_id = after_cursor(before) if before else _BEYOND
    some = read_notes.of_customer(view, customer_id, at, last_id, limit + 1)
    last = some[limit - 1] if len(some) > limit else None
    return some[:limit], None if last is None else cursor(last.at, last.id)


def notes_of_company(
    view: Reading, actor: Actor, company_id: str, *, before: str | None, limit: int
) -> tuple[list[NoteOf], str | None]:
    """Of all conversations with everybody who works there, likewise."""
    require(may_note(actor), "company")
    at, last_id = after_cursor(before) if before else _BEYOND
    rows = read_notes.of_company(view, company_id, at, last_id, limit + 1)
    some = [
        NoteOf(read_notes.as_note(row[: -len(BRIEF)]), as_brief(row[-len(BRIEF) :])) for row in rows[:limit]
    ]
    last = some[-1].note if len(rows) > limit else None
    return some, None if last is None else cursor(last.at, last.id)
