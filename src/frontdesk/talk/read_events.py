"""What became of a customer's conversations, newest first: begun, closed, opened again, labelled."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import BindParameter, Text, and_, bindparam, cast, or_, select

from frontdesk.base.access import require
from frontdesk.base.db import Reading, Row
from frontdesk.base.sql import Prepared
from frontdesk.people.model import Actor
from frontdesk.talk.access import may_close
from frontdesk.talk.tables import conversation, happening, labelling

C, H, L = conversation.c, happening.c, labelling.c
_OF = C.customer_id == bindparam("customer")
_BEFORE: BindParameter[int] = bindparam("before")
_BEFORE_ID: BindParameter[str] = bindparam("before_id")
_STARTED = Prepared(
    select(C.started_at, C.id, C.id, C.owner_id)
    .where(_OF, or_(C.started_at < _BEFORE, and_(C.started_at == _BEFORE, C.id < _BEFORE_ID)))
    .order_by(C.started_at.desc(), C.id.desc())
    .limit(bindparam("most", 50))
)
_LINE = H.conversation_id + "." + cast(H.position, Text)
_HAPPENED = Prepared(
    select(H.at, _LINE, H.conversation_id, H.agent_id, H.what)
    .join(conversation, C.id == H.conversation_id)
    .where(
        _OF,
        or_(H.what == "closed", H.what == "reopened"),
        or_(H.at < _BEFORE, and_(H.at == _BEFORE, _LINE < _BEFORE_ID)),
    )
    .order_by(H.at.desc(), _LINE.desc())
    .limit(bindparam("most", 50))
)
_MARK = L.conversation_id + "." + L.message_id + "." + L.label_id
_LABELLED = Prepared(
    select(L.at, _MARK, L.conversation_id, L.agent_id, L.label_id)
    .join(conversation, C.id == L.conversation_id)
    .where(_OF, or_(L.at < _BEFORE, and_(L.at == _BEFORE, _MARK < _BEFORE_ID)))
    .order_by(L.at.desc(), _MARK.desc())
    .limit(bindparam("most", 50))
)


@dataclass(frozen=True, slots=True)
class Event:
    at: int
    key: str
    kind: Literal["started", "closed", "reopened", "labelled"]
    conversation_id: str
    agent_id: str | None
    label_id: str | None = None


Before = tuple[int, str]


def started(view: Reading, actor: Actor, customer_id: str, before: Before, most: int) -> list[Event]:
    return [
        Event(at, key, "started", id, owner)
        for at, key, id, owner in _rows(view, actor, _STARTED, customer_id, before, most)
    ]


def closed_or_reopened(
    view: Reading, actor: Actor, customer_id: str, before: Before, most: int
) -> list[Event]:
    return [
        Event(at, key, what, id, agent)
        for at, key, id, agent, what in _rows(view, actor, _HAPPENED, customer_id, before, most)
    ]


def labelled(view: Reading, actor: Actor, customer_id: str, before: Before, most: int) -> list[Event]:
    """With the team's labels: a private one is its owner's alone."""
    return [
        Event(at, key, "labelled", id, agent, label)
        for at, key, id, agent, label in _rows(view, actor, _LABELLED, customer_id, before, most)
    ]


def talking(view: Reading, actor: Actor, customer_ids: list[str]) -> dict[str, str]:
    """The newest conversation that is open, by customer."""
    require(may_close(actor))
    query = select(C.customer_id, C.id).where(C.customer_id.in_(customer_ids), C.closed == 0)
    rows = view.all(query.order_by(C.last_at)) if customer_ids else []
    return {row[0]: row[1] for row in rows}


def _rows(
    view: Reading, actor: Actor, query: Prepared, customer_id: str, before: Before, most: int
) -> list[Row]:
    require(may_close(actor))
    return view.all(query, customer=customer_id, before=before[0], before_id=before[1], most=most)
