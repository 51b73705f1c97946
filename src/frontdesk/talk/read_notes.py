"""What the screens ask of notes. Whoever asks has been let in by the conversation's own door."""

from typing import Any

from sqlalchemy import Select, bindparam, case, func, select, tuple_
from sqlalchemy.sql.elements import ColumnElement

from frontdesk.base.access import require
from frontdesk.base.db import Reading, Row
from frontdesk.base.errors import Missing
from frontdesk.base.sql import Prepared
from frontdesk.people.customers import BRIEF
from frontdesk.people.model import Actor
from frontdesk.people.tables import customer
from frontdesk.talk.access import may_note, may_see_wordings
from frontdesk.talk.model import Mention
from frontdesk.talk.note_model import Note, ThreadAnswer, Wording, called_in, note_excerpt
from frontdesk.talk.tables import conversation, mention, note, thread, thread_reading, wording

N, A, M, R, C = note.c, thread.c, mention.c, thread_reading.c, conversation.c
_NOTE = (
    N.id, N.conversation_id, N.position, N.at, N.agent_id, N.text, N.edited_at, N.deleted_at, N.answers,
    N.answered_at,
)  # fmt: skip
_ANSWER = (
    A.id, A.note_id, N.conversation_id, A.place, A.at, A.agent_id, A.text, A.edited_at, A.deleted_at,
)  # fmt: skip

_ONE = Prepared(select(*_NOTE).where(N.id == bindparam("one")))
_HERE = Prepared(
    select(*_NOTE)
    .where(N.conversation_id == bindparam("one"), N.position.between(bindparam("low"), bindparam("high")))
    .order_by(N.position, N.at, N.id)
)
_ALL = Prepared(
    select(*_NOTE).where(N.conversation_id == bindparam("one")).order_by(N.at.desc(), N.id.desc()).limit(500)
)
_OF_CUSTOMER = Prepared(
    select(*_NOTE)
    .join(conversation, C.id == N.conversation_id)
    .where(C.customer_id == bindparam("customer"), N.deleted_at.is_(None))
    .where(tuple_(N.at, N.id) < tuple_(bindparam("before"), bindparam("last_id")))
    .order_by(N.at.desc(), N.id.desc())
    .limit(bindparam("most", 20))
)
_OF_COMPANY = Prepared(
    select(*_NOTE, *BRIEF)
    .join(conversation, C.id == N.conversation_id)
    .join(customer, customer.c.id == C.customer_id)
    .where(customer.c.company_id == bindparam("company"), N.deleted_at.is_(None))
    .where(tuple_(N.at, N.id) < tuple_(bindparam("before"), bindparam("last_id")))
    .order_by(N.at.desc(), N.id.desc())
    .limit(bindparam("most", 20))
)
_ANSWERS = Prepared(
    select(*_ANSWER).join(note, N.id == A.note_id).where(A.note_id == bindparam("one")).order_by(A.place)
)
_ONE_ANSWER = Prepared(select(*_ANSWER).join(note, N.id == A.note_id).where(A.id == bindparam("one")))
_WORDINGS = Prepared(
    select(wording.c.at, wording.c.text).where(wording.c.of_id == bindparam("one")).order_by(wording.c.at)
)
_READ = Prepared(select(R.place).where(R.note_id == bindparam("one"), R.agent_id == bindparam("agent")))
_READ_HERE = Prepared(
    select(R.note_id, R.place)
    .join(note, N.id == R.note_id)
    .where(
        N.conversation_id == bindparam("one"),
        N.position.between(bindparam("low"), bindparam("high")),
        R.agent_id == bindparam("agent"),
    )
)


def _newest_in(conversation_id: ColumnElement[str]) -> Select[Any]:
    return (
        select(M.of_id)
        .where(M.conversation_id == conversation_id, M.agent_id == bindparam("reader"), M.looked_at.is_(None))
        .order_by(M.at.desc(), M.of_id.desc())
        .limit(1)
    )


_NEWEST = Prepared(_newest_in(bindparam("one")))
_CALL = Prepared(
    select(
        M.note_id,
        A.id,
        case((A.id.is_(None), N.agent_id), else_=A.agent_id),
        M.at,
        func.coalesce(A.text, N.text),
    )
    .join(note, N.id == M.note_id)
    .outerjoin(thread, A.id == M.of_id)
    .where(M.of_id == bindparam("one"), M.agent_id == bindparam("agent"))
)
_OPEN_CALLS = Prepared(
    select(func.count(M.conversation_id.distinct()))
    .join(conversation, C.id == M.conversation_id)
    .where(M.agent_id == bindparam("agent"), M.looked_at.is_(None), C.closed == 0)
)


def newest_call() -> ColumnElement[Any]:
    """For a list's query: the id of what called the reader last and was not looked at."""
    return _newest_in(C.id).correlate(conversation).scalar_subquery()


def as_note(row: Row) -> Note:
    return Note(*(*row, called_in(row[5])))


def as_answer(row: Row) -> ThreadAnswer:
    return ThreadAnswer(*(*row, called_in(row[6])))


def get_note(view: Reading, actor: Actor, note_id: str) -> Note:
    """Raises Missing, alike for what is not there and what the actor may not see."""
    require(may_note(actor), "note")
    row = view.first(_ONE, one=note_id)
    if row is None:
        raise Missing("There is no such note.")
    return as_note(row)


def get_answer(view: Reading, actor: Actor, answer_id: str) -> ThreadAnswer:
    require(may_note(actor), "answer")
    row = view.first(_ONE_ANSWER, one=answer_id)
    if row is None:
        raise Missing("There is no such answer.")
    return as_answer(row)


def between(view: Reading, conversation_id: str, low: int, high: int) -> list[Note]:
    return [as_note(row) for row in view.all(_HERE, one=conversation_id, low=low, high=high)]


def of_conversation(view: Reading, conversation_id: str) -> list[Note]:
    """Newest first, at most five hundred."""
    return [as_note(row) for row in view.all(_ALL, one=conversation_id)]


def of_customer(view: Reading, customer_id: str, before: int, last_id: str, most: int) -> list[Note]:
    """Of all conversations of a customer, newest first."""
    rows = view.all(_OF_CUSTOMER, customer=customer_id, before=before, last_id=last_id, most=most)
    return [as_note(row) for row in rows]


def of_company(view: Reading, company_id: str, before: int, last_id: str, most: int) -> list[Row]:
    """Of all conversations of everybody who works there, newest first: each with its customer behind it."""
    return view.all(_OF_COMPANY, company=company_id, before=before, last_id=last_id, most=most)


def answers(view: Reading, actor: Actor, note_id: str) -> list[ThreadAnswer]:
    get_note(view, actor, note_id)
    return [as_answer(row) for row in view.all(_ANSWERS, one=note_id)]


def read_place(view: Reading, actor: Actor, note_id: str) -> int:
    """How far the actor has read the thread; 0: not at all."""
    return int(view.value(_READ, one=note_id, agent=actor.id) or 0)


def read_places(view: Reading, actor: Actor, conversation_id: str, low: int, high: int) -> dict[str, int]:
    """The same of every thread that the actor has read in, by note."""
    return dict(view.all(_READ_HERE, one=conversation_id, low=low, high=high, agent=actor.id))


def wordings(view: Reading, actor: Actor, of_id: str) -> list[Wording]:
    """What a note or an answer said before, oldest first."""
    require(may_see_wordings(actor), "note")
    return [Wording(*row) for row in view.all(_WORDINGS, one=of_id)]


def call(view: Reading, agent_id: str, of_id: str | None) -> Mention | None:
    """The mention that `newest_call` found."""
    row = view.first(_CALL, one=of_id, agent=agent_id) if of_id else None
    return None if row is None else Mention(*(*row[:4], note_excerpt(row[4])))


def newest(view: Reading, agent_id: str, conversation_id: str) -> Mention | None:
    of_id = view.value(_NEWEST, one=conversation_id, reader=agent_id)
    return call(view, agent_id, of_id)


def open_calls(view: Reading, agent_id: str) -> int:
    """Open conversations where the agent was called and has not looked."""
    return int(view.value(_OPEN_CALLS, agent=agent_id))
