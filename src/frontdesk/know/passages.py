"""Passages: what can be suggested, kept page by page, each with its vectors."""

from collections.abc import Iterable, Sequence
from dataclasses import replace as with_
from typing import Any

import orjson
from sqlalchemy import bindparam, delete, select, update

from frontdesk.base.db import Reading, Row, Tx
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared, upsert
from frontdesk.know import events
from frontdesk.know.model import Passage
from frontdesk.know.tables import passage, vector

P = passage.c
COLUMNS = (
    P.id, P.source_id, P.kind, P.title, P.heading, P.questions, P.text, P.url, P.at, P.agent_id,
    P.conversation_id, P.message_id, P.customer_id, P.cleared, P.votes,
)  # fmt: skip
_OF_PAGE = Prepared(select(*COLUMNS).where(P.page_id == bindparam("page")).order_by(P.place))
_OF_SOURCE = Prepared(select(P.id).where(P.source_id == bindparam("source")).limit(bindparam("limit", 500)))
_ONE = Prepared(select(*COLUMNS).where(P.id == bindparam("one")))
_PUT = upsert(passage, ["id"], [column.name for column in COLUMNS if column.name not in ("id", "source_id")])
_ANY = Prepared(select(P.id).limit(1))
_MOVE = Prepared(update(passage).where(P.id == bindparam("one")).values(place=bindparam("to")))
_FORGET_VECTOR = Prepared(delete(vector).where(vector.c.passage_id == bindparam("one")))
_DROP = Prepared(delete(passage).where(P.id == bindparam("one")))

# More in one fact would make a frame that is slow to read and to write.
_IN_A_FACT = 200


def as_passage(row: Row) -> Passage:
    """From COLUMNS, in their order."""
    questions, cleared = tuple(orjson.loads(row[5])), bool(row[13])
    return Passage(*(*row[:5], questions, *row[6:13], cleared, row[14]))


def find(view: Reading, passage_id: str) -> Passage | None:
    row = view.first(_ONE, one=passage_id)
    return None if row is None else as_passage(row)


def texts(view: Reading, ids: list[str]) -> dict[str, str]:
    """By id, of those that are there."""
    found = [find(view, one) for one in ids]
    return {one.id: one.text for one in found if one is not None}


def any_there(view: Reading) -> bool:
    return view.first(_ANY) is not None


def of_page(view: Reading, page_id: str) -> list[Passage]:
    return [as_passage(row) for row in view.all(_OF_PAGE, page=page_id)]


def replace(tx: Tx, source_id: str, page_id: str, fresh: Sequence[Passage]) -> None:
    """What a page says now. What it said before keeps its id, its vectors, and what was learnt of it."""
    before = {_content(one): one for one in of_page(tx, page_id)}
    added: list[str] = []
    for place, one in enumerate(fresh):
        known = before.pop(_content(one), None)
        if known is not None:
            tx.run(_MOVE, one=known.id, to=place)
        else:
            added.append(_insert(tx, with_(one, source_id=source_id), page_id, place))
    removed = [one.id for one in before.values()]
    _delete(tx, removed)
    _tell(tx, added, removed)


def _content(one: Passage) -> tuple[Any, ...]:
    return (one.kind, one.title, one.heading, one.questions, one.text, one.url)


def add(tx: Tx, fresh: Iterable[Passage]) -> list[str]:
    """Passages without a page. Their ids; an empty id is filled in."""
    ids = [_insert(tx, one, None, 0) for one in fresh]
    _tell(tx, ids, [])
    return ids


def change(tx: Tx, one: Passage) -> None:
    """Another wording, other questions, cleared, another vote. Vectors stay where the words do."""
    was = find(tx, one.id)
    if was is None or was == one:
        return
    if was.text != one.text or was.questions != one.questions or was.title != one.title:
        tx.run(_FORGET_VECTOR, one=one.id)
    # Neither page nor place are told here: the row keeps its own.
    tx.run(_PUT, **_row(one), page_id=None, place=0)
    _tell(tx, [one.id], [])


def drop(tx: Tx, ids: Sequence[str]) -> None:
    _delete(tx, ids)
    _tell(tx, [], ids)


def drop_source(tx: Tx, source_id: str, limit: int = 500) -> bool:
    """A portion of a source's passages; whether there was any."""
    ids = [row[0] for row in tx.all(_OF_SOURCE, source=source_id, limit=limit)]
    drop(tx, ids)
    return bool(ids)


def _insert(tx: Tx, one: Passage, page_id: str | None, place: int) -> str:
    kept = one if one.id else with_(one, id=new_id())
    tx.run(_PUT, **_row(kept), page_id=page_id, place=place)
    return kept.id


def _row(one: Passage) -> dict[str, Any]:
    return {
        "id": one.id,
        "source_id": one.source_id,
        "kind": one.kind,
        "title": one.title,
        "heading": one.heading,
        "questions": orjson.dumps(one.questions).decode(),
        "text": one.text,
        "url": one.url,
        "at": one.at,
        "agent_id": one.agent_id,
        "conversation_id": one.conversation_id,
        "message_id": one.message_id,
        "customer_id": one.customer_id,
        "cleared": int(one.cleared),
        "votes": one.votes,
    }


def _delete(tx: Tx, ids: Sequence[str]) -> None:
    for one in ids:
        tx.run(_FORGET_VECTOR, one=one)
        tx.run(_DROP, one=one)


def _tell(tx: Tx, changed: Sequence[str], removed: Sequence[str]) -> None:
    told = [(one, True) for one in changed] + [(one, False) for one in removed]
    for start in range(0, len(told), _IN_A_FACT):
        part = told[start : start + _IN_A_FACT]
        tx.emit(
            events.PassagesChanged(
                tuple(one for one, is_here in part if is_here),
                tuple(one for one, is_here in part if not is_here),
            )
        )
