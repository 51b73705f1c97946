"""Finding within one customer's history: every word there is looked at, however common it is elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, literal_column, select

from frontdesk.base.access import Allowed
from frontdesk.base.db import Reading, Row
from frontdesk.base.sql import Prepared
from frontdesk.people.model import Actor
from frontdesk.search import match
from frontdesk.search.model import MOST, By, Clause, Narrowed
from frontdesk.search.query import Names, parsed
from frontdesk.search.terms import roughly, without_mentions
from frontdesk.talk import history
from frontdesk.talk.access import may_note
from frontdesk.talk.tables import conversation, message, note, thread

C, M, N, T = conversation.c, message.c, note.c, thread.c
# A place in the history, then id, by, agent and text.
_MESSAGES = Prepared(
    select(M.at, M.conversation_id, M.position, literal_column("''"), M.id, M.by, M.agent_id, M.text)
    .join(conversation, C.id == M.conversation_id)
    .where(C.customer_id == bindparam("customer"))
)
_NOTES = Prepared(
    select(N.at, N.conversation_id, N.position, N.id, N.id, literal_column("'agent'"), N.agent_id, N.text)
    .join(conversation, C.id == N.conversation_id)
    .where(C.customer_id == bindparam("customer"), N.deleted_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class Within:
    """Where something was found. `cursor` is its place in the history, `item_id` a message or a note."""

    cursor: str
    at: int
    conversation_id: str
    item_id: str
    is_note: bool
    by: By
    agent_id: str | None
    excerpt: match.Pieces


@dataclass(frozen=True, slots=True)
class FoundWithin:
    """Newest first, at most `MOST`; `more`: there are others further back."""

    hits: list[Within]
    more: bool


def find(view: Reading, actor: Actor, customer_id: str, sought: str, *, notes: bool) -> FoundWithin:
    """Words and phrases, as everywhere; what must not stand there begins with a minus."""
    history.get_customer(view, actor, customer_id)
    asked = parsed(sought, Names(), Narrowed())
    if not asked.wanted:
        return FoundWithin([], False)
    hits: list[Within] = []
    for row in _texts(view, actor, customer_id, notes):
        text = without_mentions(row[7]) if row[3] else row[7]
        found = match.find(text, asked.wanted, asked.unwanted) if _may_be(text, asked.wanted) else None
        if found is not None and len(hits) == MOST:
            return FoundWithin(hits, True)
        if found is not None:
            hits.append(_place(row, match.excerpt(text, found)))
    return FoundWithin(hits, False)


def _texts(view: Reading, actor: Actor, customer_id: str, notes: bool) -> list[Row]:
    """Newest first."""
    rows = view.all(_MESSAGES, customer=customer_id)
    if notes and isinstance(may_note(actor), Allowed):
        rows += view.all(_NOTES, customer=customer_id)
    rows.sort(reverse=True)
    return rows


def _may_be(text: str, wanted: Sequence[Clause]) -> bool:
    """Much cheaper than looking."""
    low = roughly(text)
    return all(match.may_hold(low, one) for one in wanted if one.words[0].start.isascii())


def _place(row: Row, excerpt: match.Pieces) -> Within:
    at, talk, position, note_id, id, by, agent_id, _ = row
    cursor = history.cursor((at, talk, position, note_id))
    return Within(cursor, at, talk, id, note_id != "", by, agent_id, excerpt)
