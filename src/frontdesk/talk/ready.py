"""Ready replies: words that are said often, the team's and one's own."""

from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, func, or_, select, update

from frontdesk.base.access import require
from frontdesk.base.db import Reading, Tx
from frontdesk.base.errors import Conflict, Invalid, Missing
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared
from frontdesk.people.model import Actor
from frontdesk.talk import list_events
from frontdesk.talk.access import may_change_ready, may_keep
from frontdesk.talk.label_model import MOST_READY, ReadyReply, folded, named, ready_text
from frontdesk.talk.tables import ready_reply

R = ready_reply.c
# The team's belong to nobody.
_TEAM = ""
_SEEN = select(R.id, R.name, R.text, R.agent_id, R.by_id).where(
    or_(R.agent_id == _TEAM, R.agent_id == bindparam("agent"))
)
_ALL = Prepared(_SEEN.order_by(R.id))
_ONE = Prepared(_SEEN.where(R.id == bindparam("one")))
_CALLED = Prepared(select(R.id).where(R.agent_id == bindparam("whose"), R.folded == bindparam("key")))
_COUNT = Prepared(select(func.count()).select_from(ready_reply).where(R.agent_id == bindparam("whose")))
_ADD = Prepared(ready_reply.insert())
_CHANGE = Prepared(
    update(ready_reply)
    .where(R.id == bindparam("one"))
    .values(name=bindparam("called"), folded=bindparam("key"), text=bindparam("says"))
)
_REMOVE = Prepared(ready_reply.delete().where(R.id == bindparam("one")))


def seen_by(view: Reading, actor: Actor) -> list[ReadyReply]:
    return [_reply(row) for row in view.all(_ALL, agent=actor.id)]


def get(view: Reading, actor: Actor, ready_id: str) -> ReadyReply:
    """Raises Missing, alike for what is not there and what is a colleague's own."""
    require(may_keep(actor), "ready reply")
    row = view.first(_ONE, one=ready_id, agent=actor.id)
    if row is None:
        raise Missing("There is no such ready reply.")
    return _reply(row)


def _reply(row: tuple[Any, ...]) -> ReadyReply:
    return ReadyReply(row[0], row[1], row[2], row[3] != _TEAM, row[4])


def add(tx: Tx, actor: Actor, *, name: str, text: str, own: bool) -> dict[str, ReadyReply]:
    """Raises Conflict naming the reply that has this name already."""
    require(may_keep(actor), "ready reply")
    one = ReadyReply(new_id(), named(name), ready_text(text), own, actor.id)
    whose = _check_name(tx, actor, one)
    if int(tx.value(_COUNT, whose=whose)) >= MOST_READY:
        raise Invalid(f"At most {MOST_READY} ready replies.", fields={"name": "Remove one first"})
    row = {"id": one.id, "agent_id": whose, "name": one.name, "folded": folded(one.name), "text": one.text}
    tx.run(_ADD, **row, at=tx.now, by_id=actor.id)
    return _saved(tx, actor, one)


def _check_name(tx: Tx, actor: Actor, one: ReadyReply) -> str:
    whose = actor.id if one.own else _TEAM
    known = tx.value(_CALLED, whose=whose, key=folded(one.name))
    if known not in (None, one.id):
        raise Conflict("There is a ready reply of this name.", data={"reason": "known", "ready_id": known})
    return whose


def _saved(tx: Tx, actor: Actor, one: ReadyReply) -> dict[str, ReadyReply]:
    tx.emit(list_events.ReadyReplySaved(actor.id, one))
    return {"ready": one}


def change(tx: Tx, actor: Actor, *, ready_id: str, name: str, text: str) -> dict[str, ReadyReply]:
    before = _changeable(tx, actor, ready_id)
    after = replace(before, name=named(name), text=ready_text(text))
    if after == before:
        return {"ready": before}
    _check_name(tx, actor, after)
    tx.run(_CHANGE, one=after.id, called=after.name, key=folded(after.name), says=after.text)
    return _saved(tx, actor, after)


def remove(tx: Tx, actor: Actor, *, ready_id: str) -> dict[str, object]:
    one = _changeable(tx, actor, ready_id)
    tx.run(_REMOVE, one=one.id)
    tx.emit(list_events.ReadyReplyRemoved(actor.id, one.id, one.own))
    return {}


def _changeable(tx: Tx, actor: Actor, ready_id: str) -> ReadyReply:
    one = get(tx, actor, ready_id)
    require(may_change_ready(actor, own=one.own, by_id=one.by_id), "ready reply")
    return one
