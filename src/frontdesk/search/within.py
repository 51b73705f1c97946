"""Finding within one customer's history: every word there is looked at, however common it is elsewhere."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    LargeBinary,
    Select,
    Text,
    bindparam,
    case,
    cast,
    collate,
    func,
    literal_column,
    not_,
    or_,
    select,
)

from frontdesk.base.access import Allowed
from frontdesk.base.db import Reading, Row
from frontdesk.base.sql import Prepared, packs, places
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
_AT_ONCE = 100
_NEWEST = itemgetter(0, 1, 2, 3)
_PATTERN = bindparam("pattern", type_=Text)


def _may_be_of(holds: ColumnElement[bool], is_plain: ColumnElement[bool]) -> Select[Any]:
    """Where the database cannot tell, the words come too."""
    text = case((holds, literal_column("NULL")), else_=M.text)
    return (
        select(M.at, M.conversation_id, M.position, literal_column("''"), M.id, text)
        .join(conversation, C.id == M.conversation_id)
        .where(C.customer_id == bindparam("customer"), or_(holds, not_(is_plain)))
    )


# Letters beyond ASCII are folded here, not in the database.
_MAY_BE = Prepared(
    _may_be_of(M.text.like(_PATTERN), func.length(cast(M.text, LargeBinary)) == func.length(M.text)),
    postgresql=_may_be_of(
        func.lower(collate(M.text, "C")).like(_PATTERN), func.octet_length(M.text) == func.char_length(M.text)
    ),
)
_WORDS = Prepared(select(M.id, M.by, M.agent_id, M.text).where(M.id.in_(places(_AT_ONCE))))
_NOTES = Prepared(
    select(N.at, N.conversation_id, N.position, N.id, N.id, literal_column("'agent'"), N.agent_id, N.text)
    .join(conversation, C.id == N.conversation_id)
    .where(C.customer_id == bindparam("customer"), N.deleted_at.is_(None))
)
# What is said so seldom anywhere is sooner asked of the index than looked for in a long history.
_SELDOM = 2000
_INDEXED = both.prepared(
    "m.at, m.conversation_id, m.position, '', m.id, m.text",
    (
        "message AS m ON m.conversation_id = e.conversation_id AND m.position = e.position",
        "conversation AS c ON c.id = m.conversation_id",
    ),
    "c.customer_id = :customer",
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
    many, rarest = _rarest(view, asked.wanted)
    if many == 0:
        return FoundWithin([], False)
    said = _said(view, customer_id, asked.wanted) if many > _SELDOM else _indexed(view, customer_id, rarest)
    hits: list[Within] = []
    for row in _texts(view, actor, customer_id, asked.wanted, said, notes=notes):
        text = without_mentions(row[7]) if row[3] else row[7]
        found = match.find(text, asked.wanted, asked.unwanted)
        if found is not None:
            if len(hits) == MOST:
                return FoundWithin(hits, True)
            hits.append(_place(row, match.excerpt(text, found)))
    return FoundWithin(hits, False)


def _rarest(view: Reading, wanted: Sequence[Clause]) -> tuple[int, Clause]:
    """How many say it anywhere, and what; beyond `_SELDOM` nobody counts."""
    if past.is_left(view):
        return _SELDOM + 1, wanted[0]
    return min(((_how_many(view, one), one) for one in wanted), key=itemgetter(0))


def _how_many(view: Reading, clause: Clause) -> int:
    every = (_asked(view, kind, clause) for kind in (MESSAGE, NOTE))
    return sum(int(view.value(both.HOW_MANY, words=words, most=_SELDOM + 1)) for words in every if words)


def _asked(view: Reading, kind: str, clause: Clause) -> str:
    """Of all eras. Empty: there is nothing of this kind."""
    spaces = [space for (space,) in view.all(_SPACES, low=kind, high=chr(ord(kind) + 1))]
    return both.asked(view.dialect, spaces, [clause], [])


def _indexed(view: Reading, customer_id: str, clause: Clause) -> list[Row]:
    """What may be of it, as the index has it."""
    words, phrases = _asked(view, MESSAGE, clause), both.phrases([clause])
    if not words:
        return []
    asked = {"words": words, "phrases": phrases, "below": FOREVER, "most": _SELDOM}
    return view.all(_INDEXED, customer=customer_id, **asked)


def _said(view: Reading, customer_id: str, wanted: Sequence[Clause]) -> list[Row]:
    """The same of everything that was ever said with the customer."""
    return view.all(_MAY_BE, customer=customer_id, pattern=_pattern(wanted))


def _texts(
    view: Reading, actor: Actor, customer_id: str, wanted: Sequence[Clause], said: list[Row], *, notes: bool
) -> Iterator[Row]:
    """Of what may be meant, newest first. Words are read when it is their turn."""
    may_be = _looking(wanted)
    noted = isinstance(may_note(actor), Allowed) and notes
    others = view.all(_NOTES, customer=customer_id) if noted else []
    theirs = {row[3]: row[5:] for row in others}
    every = sorted([*said, *((*row[:5], None) for row in others)], key=_NEWEST, reverse=True)
    rest = (row[:5] for row in every if row[5] is None or may_be(row[5]))
    while some := list(islice(rest, _AT_ONCE)):
        (pack,) = packs([row[4] for row in some], _AT_ONCE)
        words = {id: told for id, *told in view.all(_WORDS, **pack)}
        rows = ((*row, *(theirs[row[3]] if row[3] else words[row[4]])) for row in some)
        yield from (row for row in rows if may_be(row[7]))


def _pattern(wanted: Sequence[Clause]) -> str:
    """What the longest of the words begins with; a code may be written with hyphens anywhere."""
    singles = [one.words[0].start for one in wanted if len(one.words) == 1]
    every = [*singles, *(word.text for one in wanted if len(one.words) > 1 for word in one.words)]
    longest = max(filter(str.isascii, every), key=lambda one: (one.isalpha(), len(one)), default="")
    return f"%{longest if longest.isalpha() else '%'.join(longest)}%"


def _looking(wanted: Sequence[Clause]) -> Callable[[str], bool]:
    """Whether a text may be meant: much cheaper than looking."""
    some = [one for one in wanted if all(word.start.isascii() for word in one.words)]
    phrases = [one for one in some if len(one.words) > 1]

    def may_be(text: str) -> bool:
        low = roughly(text)
        for one in some:
            if not match.may_hold(low, one):
                return False
        return not phrases or not text.isascii() or all(match.may_stand_together(low, one) for one in phrases)

    return may_be


def _place(row: Row, excerpt: match.Pieces) -> Within:
    at, talk, position, note_id, id, by, agent_id, _ = row
    cursor = history.cursor((at, talk, position, note_id))
    return Within(cursor, at, talk, id, note_id != "", by, agent_id, excerpt)
