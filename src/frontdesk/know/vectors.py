"""The vectors of passages, one row for a passage and an encoder: 16-bit floats, a line for each text."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import and_, bindparam, delete, func, select

from frontdesk.base.db import Reading, Tx
from frontdesk.base.sql import Prepared, upsert
from frontdesk.know import events
from frontdesk.know.model import Passage
from frontdesk.know.passages import COLUMNS, as_passage
from frontdesk.know.tables import passage, source, vector

Vectors = NDArray[np.float32]

_THEIR = and_(vector.c.passage_id == passage.c.id, vector.c.encoder == bindparam("encoder"))
# What is switched off is kept, so that switching it on again is instant, but nobody is shown it.
_IS_ON = and_(source.c.id == passage.c.source_id, source.c.is_on == 1)
_MISSING = Prepared(
    select(*COLUMNS)
    .outerjoin(vector, _THEIR)
    .where(vector.c.passage_id.is_(None))
    .order_by(passage.c.id)
    .limit(bindparam("limit", 64))
)
_WITH_VECTORS = select(*COLUMNS, vector.c.data).join(vector, _THEIR).join(source, _IS_ON)
_ONE = Prepared(_WITH_VECTORS.where(passage.c.id == bindparam("one")))
_NEXT = (
    _WITH_VECTORS.where(passage.c.id > bindparam("after"))
    .order_by(passage.c.id)
    .limit(bindparam("limit", 1_000))
)
_READY = Prepared(_NEXT)
_OF_SOURCE = Prepared(_NEXT.where(passage.c.source_id == bindparam("source")))
_KEEP = upsert(vector, ["passage_id", "encoder"], ["data"])
_MADE = Prepared(select(func.count()).select_from(vector).where(vector.c.encoder == bindparam("encoder")))
_PASSAGES = Prepared(select(func.count()).select_from(passage))
_OTHERS = Prepared(
    select(vector.c.passage_id, vector.c.encoder)
    .where(vector.c.encoder != bindparam("encoder"))
    .limit(bindparam("limit", 500))
)
_FORGET = Prepared(
    delete(vector).where(vector.c.passage_id == bindparam("one"), vector.c.encoder == bindparam("encoder"))
)
_STILL = Prepared(select(passage.c.id).where(passage.c.id == bindparam("one")))


def missing(view: Reading, encoder: str, limit: int = 64) -> list[Passage]:
    return [as_passage(row) for row in view.all(_MISSING, encoder=encoder, limit=limit)]


def keep(tx: Tx, encoder: str, made: Sequence[tuple[str, Vectors]], *, quietly: bool = False) -> None:
    """Of passages that are still there. `quietly`: of a model that nobody uses yet."""
    there = [(one, data) for one, data in made if tx.first(_STILL, one=one) is not None]
    for one, data in there:
        tx.run(_KEEP, passage_id=one, encoder=encoder, data=data.astype(np.float16).tobytes())
    if there and not quietly:
        tx.emit(events.PassagesReady(tuple(one for one, _ in there)))


def how_many(view: Reading, encoder: str) -> tuple[int, int]:
    """So many passages have a vector of it, of so many."""
    return int(view.value(_MADE, encoder=encoder)), int(view.value(_PASSAGES))


def forget_others(tx: Tx, encoder: str, limit: int = 500) -> bool:
    """A portion of those that other models made; whether there was any."""
    found = tx.all(_OTHERS, encoder=encoder, limit=limit)
    for passage_id, other in found:
        tx.run(_FORGET, one=passage_id, encoder=other)
    return bool(found)


def all_ready(
    view: Reading, encoder: str, size: int, source_id: str | None = None
) -> Iterator[tuple[Passage, Vectors]]:
    """Of everything that is switched on, or of one source."""
    query, of = (_READY, {}) if source_id is None else (_OF_SOURCE, {"source": source_id})
    after = ""
    while rows := view.all(query, encoder=encoder, after=after, limit=1_000, **of):
        for row in rows:
            yield as_passage(row[:-1]), _vectors(row[-1], size)
        after = rows[-1][0]


def ready(view: Reading, encoder: str, size: int, ids: Sequence[str]) -> list[tuple[Passage, Vectors]]:
    rows = [row for one in ids if (row := view.first(_ONE, encoder=encoder, one=one)) is not None]
    return [(as_passage(row[:-1]), _vectors(row[-1], size)) for row in rows]


def _vectors(data: bytes, size: int) -> Vectors:
    return np.frombuffer(data, dtype=np.float16).reshape(-1, size).astype(np.float32)
