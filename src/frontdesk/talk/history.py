"""Everything that was ever said with one customer, as one timeline: all conversations, by time.

A place in it is `(at, conversation, position, note)`; the cursor of an item is its place, so a page can begin
anywhere: at the newest, before or after an item, around one, or around a moment.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    Select,
    Subquery,
    bindparam,
    literal_column,
    select,
    tuple_,
    union_all,
)

from frontdesk.base.access import Allowed, require
from frontdesk.base.db import Reading
from frontdesk.base.errors import Invalid, Missing
from frontdesk.base.sql import Prepared
from frontdesk.people.model import Actor
from frontdesk.people.tables import customer
from frontdesk.talk import read, read_notes
from frontdesk.talk.access import may_note, may_read
from frontdesk.talk.model import Row
from frontdesk.talk.note_model import Note
from frontdesk.talk.read import Item
from frontdesk.talk.tables import conversation, happening, message, note

Place = tuple[int, str, int, str]

_CURSOR = re.compile(r"(\d{1,15})\.([0-9a-z]{26})\.(\d{1,10})\.((?:[0-9a-z]{26})?)")
_NAMES = ("at", "conversation_id", "position", "note_id")
_BEYOND: Place = (2**53, "", 0, "")
C, M, H, N = conversation.c, message.c, happening.c, note.c


@dataclass(frozen=True, slots=True)
class History:
    """Oldest first. `older` and `newer` are where to go on from, None at either end."""

    items: list[Item]
    conversations: list[Row]
    older: str | None
    newer: str | None


def cursor(place: Place) -> str:
    at, conversation_id, position, note_id = place
    return f"{at}.{conversation_id}.{position}.{note_id}"


def place_at(given: str) -> Place:
    """Raises Invalid for what no history gave."""
    match = _CURSOR.fullmatch(given)
    if match is None:
        raise Invalid("The history cannot go on from there.", fields={"before": "Not a place in it"})
    return int(match[1]), match[2], int(match[3]), match[4]


def from_moment(at: int) -> Place:
    """Before everything that was said then."""
    return at, "", 0, ""


def get_customer(view: Reading, actor: Actor, customer_id: str) -> None:
    """Raises Missing, alike for who is not there and whom the actor may not see."""
    require(may_read(actor, customer_id), "customer")
    if view.first(_IS_THERE, one=customer_id) is None:
        raise Missing("There is no such customer.")


def newest(view: Reading, actor: Actor, customer_id: str, *, notes: bool, limit: int) -> History:
    return before(view, actor, customer_id, _BEYOND, notes=notes, limit=limit)


def before(
    view: Reading, actor: Actor, customer_id: str, place: Place, *, notes: bool, limit: int
) -> History:
    """`limit` items that end where the place is, itself left out."""
    get_customer(view, actor, customer_id)
    found = _places(view, actor, customer_id, "before", place, notes=notes, limit=limit + 1)
    some = found[:limit][::-1]
    newer = None if place == _BEYOND else some and some[-1]
    return _history(view, actor, some, older=len(found) > limit and some[0], newer=newer)


def after(view: Reading, actor: Actor, customer_id: str, place: Place, *, notes: bool, limit: int) -> History:
    """`limit` items that begin behind the place."""
    get_customer(view, actor, customer_id)
    found = _places(view, actor, customer_id, "after", place, notes=notes, limit=limit + 1)
    some = found[:limit]
    return _history(view, actor, some, older=some and some[0], newer=len(found) > limit and some[-1])


def around(
    view: Reading, actor: Actor, customer_id: str, place: Place, *, notes: bool, limit: int
) -> History:
    """As many before the place as from it on; where one side ends, the other goes on."""
    get_customer(view, actor, customer_id)
    earlier = _places(view, actor, customer_id, "before", place, notes=notes, limit=limit + 1)
    later = _places(view, actor, customer_id, "from", place, notes=notes, limit=limit + 1)
    half = limit // 2
    back = min(len(earlier), max(half, limit - len(later)))
    on = min(len(later), limit - back)
    some = [*earlier[:back][::-1], *later[:on]]
    return _history(
        view, actor, some, older=len(earlier) > back and some[0], newer=len(later) > on and some[-1]
    )


_IS_THERE = Prepared(select(customer.c.id).where(customer.c.id == bindparam("one")))


def _places_of(where: str, *, notes: bool) -> Prepared:
    every = _every(notes)
    key = [every.c[name] for name in _NAMES]
    mark = tuple_(*(bindparam(f"past_{name}", type_=every.c[name].type) for name in _NAMES))
    here = {"before": tuple_(*key) < mark, "after": tuple_(*key) > mark, "from": tuple_(*key) >= mark}[where]
    order = [one.desc() for one in key] if where == "before" else key
    return Prepared(select(*key).where(here).order_by(*order).limit(bindparam("most", 100)))


def _every(notes: bool) -> Subquery:
    """The places of all that is there: not the words, so that nothing is read that is not shown."""
    parts = [
        _of(select(M.at, M.conversation_id, M.position, _NO_NOTE), M.conversation_id),
        _of(select(H.at, H.conversation_id, H.position, _NO_NOTE), H.conversation_id),
    ]
    if notes:
        kept = select(N.at, N.conversation_id, N.position, N.id.label("note_id"))
        parts.append(_of(kept, N.conversation_id).where(N.deleted_at.is_(None)))
    return union_all(*parts).subquery()


_NO_NOTE: Any = literal_column("''").label("note_id")


def _of(query: Select[Any], key: Column[Any]) -> Select[Any]:
    return query.join(conversation, C.id == key).where(C.customer_id == bindparam("customer"))


_PLACES = {
    (where, notes): _places_of(where, notes=notes)
    for where in ("before", "after", "from")
    for notes in (True, False)
}


def _places(
    view: Reading, actor: Actor, customer_id: str, where: str, mark: Place, *, notes: bool, limit: int
) -> list[Place]:
    """Nearest to the mark first."""
    with_notes = notes and isinstance(may_note(actor), Allowed)
    given = {f"past_{name}": value for name, value in zip(_NAMES, mark, strict=True)}
    rows = view.all(_PLACES[where, with_notes], customer=customer_id, most=limit, **given)
    return [(at, conversation_id, position, note_id) for at, conversation_id, position, note_id in rows]


def _history(view: Reading, actor: Actor, places: list[Place], *, older: Any, newer: Any) -> History:
    there = set(places)
    found = [item for item in _items(view, actor, places) if place_of(item) in there]
    talks = dict.fromkeys(place[1] for place in places)
    return History(
        sorted(found, key=place_of),
        [read.get_row(view, actor, id) for id in talks],
        cursor(older) if older else None,
        cursor(newer) if newer else None,
    )


def _items(view: Reading, actor: Actor, places: list[Place]) -> Iterable[Item]:
    """All between the first and the last of each conversation that stand there."""
    said, noted = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for _, conversation_id, position, note_id in places:
        (noted if note_id else said)[conversation_id].append(position)
    for id, some in said.items():
        yield from read.said_between(view, actor, id, min(some), max(some))
    for id, some in noted.items():
        yield from read_notes.between(view, id, min(some), max(some))


def place_of(item: Item) -> Place:
    return item.at, item.conversation_id, item.position, item.id if isinstance(item, Note) else ""
