"""Finding within one customer's history: every word there is looked at, however common it is elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, literal_column, select

from frontdesk.base.access import Allowed
from frontdesk.base.db import Reading, Row
from frontdesk.base.sql import Prepared
from frontdesk.people.model import Actor
from frontdesk.search import both, match, past
from frontdesk.search.model import FOREVER, MOST, By, Clause, Narrowed
from frontdesk.search.query import Names, parsed
from frontdesk.search.spaces import MESSAGE, NOTE
from frontdesk.search.tables import search_era
from frontdesk.search.terms import roughly, without_mentions
from frontdesk.talk import history
from frontdesk.talk.access import may_note
from frontdesk.talk.tables import conversation, message, note, thread

C, M, N, T = conversation.c, message.c, note.c, thread.c
# Looked through before the rest: what stands often is found there.
_NEWEST = 2_000
# A place in the history, then id, by, agent and text.
_MESSAGE = (
    select(M.at, M.conversation_id, M.position, literal_column("''"), M.id, M.by, M.agent_id, M.text)
    .join(conversation, C.id == M.conversation_id)
    .where(C.customer_id == bindparam("customer"))
)
_NEW_MESSAGES = Prepared(_MESSAGE.order_by(M.at.desc()).limit(bindparam("most", _NEWEST)))
_OLD_MESSAGES = Prepared(_MESSAGE.where(M.at <= bindparam("until", FOREVER)))
_NOTES = Prepared(
    select(N.at, N.conversation_id, N.position, N.id, N.id, literal_column("'agent'"), N.agent_id, N.text)
    .join(conversation, C.id == N.conversation_id)
    .where(C.customer_id == bindparam("customer"), N.deleted_at.is_(None))
)
_SPACES = Prepared(
    select(search_era.c.space).where(search_era.c.space.between(bindparam("low"), bindparam("high")))
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
    view.first(both.READY)
    if not past.is_left(view) and any(_is_nowhere(view, one) for one in asked.wanted):
        return FoundWithin([], False)
    hits: dict[str, Within] = {}
    for row in _texts(view, actor, customer_id, notes):
        text = without_mentions(row[7]) if row[3] else row[7]
        found = match.find(text, asked.wanted, asked.unwanted) if _may_be(text, asked.wanted) else None
        if found is not None and row[4] not in hits:
            if len(hits) == MOST:
                return FoundWithin(list(hits.values()), True)
            hits[row[4]] = _place(row, match.excerpt(text, found))
    return FoundWithin(list(hits.values()), False)


def _is_nowhere(view: Reading, clause: Clause) -> bool:
    """Whether the index holds it for nobody at all: then nothing needs to be read."""
    for kind in (MESSAGE, NOTE):
        spaces = [space for (space,) in view.all(_SPACES, low=kind, high=chr(ord(kind) + 1))]
        words = both.asked(view.dialect, spaces, [clause], [])
        if spaces and view.value(both.HOW_MANY, words=words, most=1):
            return False
    return True


def _texts(view: Reading, actor: Actor, customer_id: str, notes: bool) -> Iterator[Row]:
    """Newest first; the last of the newest may come again with the rest."""
    newest = view.all(_NEW_MESSAGES, customer=customer_id, most=_NEWEST)
    noted = isinstance(may_note(actor), Allowed) and notes
    others = view.all(_NOTES, customer=customer_id) if noted else []
    is_all = len(newest) < _NEWEST
    least = 0 if is_all else newest[-1][0]
    yield from sorted([*newest, *(one for one in others if one[0] >= least)], reverse=True)
    if not is_all:
        rest = view.all(_OLD_MESSAGES, customer=customer_id, until=least)
        yield from sorted([*rest, *(one for one in others if one[0] < least)], reverse=True)


def _may_be(text: str, wanted: Sequence[Clause]) -> bool:
    """Much cheaper than looking."""
    low = roughly(text)
    return all(match.may_hold(low, one) for one in wanted if one.words[0].start.isascii())


def _place(row: Row, excerpt: match.Pieces) -> Within:
    at, talk, position, note_id, id, by, agent_id, _ = row
    cursor = history.cursor((at, talk, position, note_id))
    return Within(cursor, at, talk, id, note_id != "", by, agent_id, excerpt)
