"""Notices: the bell's list, one for each agent."""

from collections.abc import Sequence

from sqlalchemy import bindparam, func, select, tuple_, update

from frontdesk.base.clock import DAY
from frontdesk.base.db import Reading, Row, Tx
from frontdesk.base.ids import new_id
from frontdesk.base.paging import after_cursor, cursor
from frontdesk.base.sql import Prepared, insert_if_new
from frontdesk.notify.events import NoticeGiven, NoticesSeen
from frontdesk.notify.model import Bell, Notice, Telling
from frontdesk.notify.rules import Told
from frontdesk.notify.tables import notice
from frontdesk.people.model import Actor

N = notice.c
NEWEST = 30
_KEPT_FOR = 180 * DAY
_COLUMNS = (N.id, N.at, N.kind, N.conversation_id, N.by_id, N.note_id, N.excerpt, N.seen_at)
_INSERT = insert_if_new(notice)
_UNSEEN = Prepared(
    select(func.count()).select_from(notice).where(N.agent_id == bindparam("agent"), N.seen_at.is_(None))
)
_MINE = select(*_COLUMNS).where(N.agent_id == bindparam("agent")).order_by(N.at.desc(), N.id.desc())
_FIRST = Prepared(_MINE.limit(bindparam("page", NEWEST)))
_NEXT = Prepared(
    _MINE.where(tuple_(N.at, N.id) < tuple_(bindparam("at"), bindparam("last_id"))).limit(
        bindparam("page", NEWEST)
    )
)
_HERE = Prepared(
    select(N.id).where(
        N.agent_id == bindparam("agent"), N.seen_at.is_(None), N.conversation_id == bindparam("one")
    )
)
_SEE = Prepared(
    update(notice)
    .where(N.id == bindparam("one"), N.agent_id == bindparam("agent"), N.seen_at.is_(None))
    .values(seen_at=bindparam("when"))
)
_SEE_ALL = Prepared(
    update(notice)
    .where(N.agent_id == bindparam("agent"), N.seen_at.is_(None))
    .values(seen_at=bindparam("when"))
)
_OLD = Prepared(notice.delete().where(N.at < bindparam("before"), N.seen_at.is_not(None)))


_UNREAD = Prepared(
    select(N.agent_id).where(N.conversation_id == bindparam("one"), N.seen_at.is_(None)).distinct()
)
_FORGET = Prepared(notice.delete().where(N.conversation_id == bindparam("one")))


def tell(tx: Tx, told: Told, what: Telling) -> None:
    """A notice to each; who was told of it in this way already is not told again."""
    for agent_id, kind in sorted(told.items()):
        one = Notice(
            new_id(), tx.now, kind, what.conversation_id, what.by_id, what.note_id, what.excerpt, seen=False
        )
        given = tx.run(
            _INSERT,
            id=one.id,
            agent_id=agent_id,
            at=one.at,
            kind=kind,
            conversation_id=one.conversation_id,
            by_id=one.by_id,
            about=what.about,
            note_id=one.note_id,
            excerpt=one.excerpt,
            seen_at=None,
        )
        if given:
            tx.emit(NoticeGiven(agent_id, unseen(tx, agent_id), one))


def unseen(view: Reading, agent_id: str) -> int:
    return int(view.value(_UNSEEN, agent=agent_id))


def bell(view: Reading, actor: Actor) -> Bell:
    return Bell(
        unseen(view, actor.id), [_notice(row) for row in view.all(_FIRST, agent=actor.id, page=NEWEST)]
    )


def page(view: Reading, actor: Actor, before: str | None) -> tuple[list[Notice], str | None]:
    """The actor's own, newest first, and the cursor of the next page."""
    if before is None:
        rows = view.all(_FIRST, agent=actor.id, page=NEWEST + 1)
    else:
        at, last_id = after_cursor(before)
        rows = view.all(_NEXT, agent=actor.id, at=at, last_id=last_id, page=NEWEST + 1)
    found = [_notice(row) for row in rows[:NEWEST]]
    return found, cursor(found[-1].at, found[-1].id) if len(rows) > NEWEST else None


def _notice(row: Row) -> Notice:
    return Notice(*(*row[:7], row[7] is not None))


def see(tx: Tx, actor: Actor, *, ids: list[str]) -> dict[str, object]:
    """Of the actor's own; what is somebody else's, or not there, stays as it is."""
    seen = tuple(id for id in ids if tx.run(_SEE, one=id, agent=actor.id, when=tx.now))
    if seen:
        tx.emit(NoticesSeen(actor.id, unseen(tx, actor.id), seen))
    return {}


def see_all(tx: Tx, actor: Actor) -> dict[str, object]:
    if tx.run(_SEE_ALL, agent=actor.id, when=tx.now):
        tx.emit(NoticesSeen(actor.id, 0, None))
    return {}


def forget(tx: Tx, conversations: Sequence[str]) -> int:
    """What was told of these goes; whoever had not seen it is told how much is left. How many."""
    unread: set[str] = set()
    count = 0
    for one in conversations:
        unread |= {agent_id for (agent_id,) in tx.all(_UNREAD, one=one)}
        count += tx.run(_FORGET, one=one)
    for agent_id in sorted(unread):
        tx.emit(NoticesSeen(agent_id, unseen(tx, agent_id), ()))
    return count


def see_here(tx: Tx, actor: Actor, conversation_id: str) -> None:
    """The agent has the conversation before them."""
    see(tx, actor, ids=[id for (id,) in tx.all(_HERE, agent=actor.id, one=conversation_id)])


def sweep(tx: Tx) -> None:
    """Nobody scrolls back half a year; what was not seen yet stays."""
    tx.run(_OLD, before=tx.now - _KEPT_FOR)
