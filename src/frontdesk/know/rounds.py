"""Rounds: one whole reading of a source after the other, each done once, whoever does it."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from frontdesk.base.clock import SECOND
from frontdesk.base.db import Reading, Tx
from frontdesk.base.sql import Prepared
from frontdesk.know import sources
from frontdesk.know.model import NOT_BEGUN, Progress, Source
from frontdesk.know.tables import page, source

_MORNING = 4

S = source.c
_READ = Prepared(update(source).where(S.id == bindparam("one")).values(read_at=bindparam("at")))
_PAGES = Prepared(
    select(page.c.id).where(page.c.source_id == bindparam("one")).limit(bindparam("limit", 500))
)
_FORGET_PAGE = Prepared(delete(page).where(page.c.id == bindparam("one")))
_FORGET = Prepared(delete(source).where(S.id == bindparam("one"), S.state == sources.REMOVED))


def begin(tx: Tx, source_id: str, round: int) -> Source | None:
    """None: there is nothing to do, for this round was done, stopped, or overtaken by another."""
    row = sources.find_row(tx, source_id)
    if row is None or row[11] != round or row[7] not in ("waiting", "reading"):
        return None
    if row[7] == "waiting":
        sources.set_state(tx, source_id, "reading", None, NOT_BEGUN)
        sources.tell(tx, source_id)
    return sources.get(tx, source_id)


def goes_on(view: Reading, source_id: str, round: int) -> bool:
    row = sources.find_row(view, source_id)
    return row is not None and row[11] == round and row[7] == "reading"


def progress(tx: Tx, source_id: str, round: int, counts: Progress) -> bool:
    """False: the reading was stopped."""
    if not goes_on(tx, source_id, round):
        return False
    sources.set_state(tx, source_id, "reading", None, counts)
    sources.tell(tx, source_id)
    return True


def finish(tx: Tx, source_id: str, round: int, counts: Progress, fault: str | None, *, failed: bool) -> None:
    """`fault` says what did not work, in plain words; `failed`: so little did that it must be looked at."""
    if not goes_on(tx, source_id, round):
        return
    sources.set_state(tx, source_id, "failed" if failed else "read", fault, replace(counts, now=None))
    if not failed:
        tx.run(_READ, one=source_id, at=tx.now)
    sources.tell(tx, source_id)


def give_up(tx: Tx, source_id: str, round: int, fault: str) -> None:
    """What was read until now stays."""
    if goes_on(tx, source_id, round):
        finish(tx, source_id, round, sources.get(tx, source_id).counts, fault, failed=True)


def refresh(tx: Tx) -> None:
    """Each morning the websites that are on are read again."""
    since = morning(tx.now)
    for row in tx.all(sources.ALL):
        is_due = row[1] == "website" and row[6] and row[7] not in ("waiting", "reading")
        if is_due and (row[12] or 0) < since <= tx.now:
            sources.begin_round(tx, row[0])
            sources.tell(tx, row[0])


def morning(now: int) -> int:
    """Today's four o'clock, by this machine's own time."""
    today = datetime.fromtimestamp(now / SECOND).astimezone()
    return round(today.replace(hour=_MORNING, minute=0, second=0, microsecond=0).timestamp()) * SECOND


def forget_pages(tx: Tx, source_id: str) -> bool:
    """A portion of a removed source's pages, which have no passages any more; whether there was any."""
    found = tx.all(_PAGES, one=source_id, limit=500)
    for row in found:
        tx.run(_FORGET_PAGE, one=row[0])
    return bool(found)


def forget(tx: Tx, source_id: str) -> None:
    tx.run(_FORGET, one=source_id)
