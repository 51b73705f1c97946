"""The labels there are: the team's, and each agent's own. What is put where is in labelling.py."""

from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, func, literal, select, update

from frontdesk.base.access import require
from frontdesk.base.db import Reading, Tx
from frontdesk.base.errors import Conflict, Invalid, Missing
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared
from frontdesk.people.model import Actor, coloured
from frontdesk.talk import list_events
from frontdesk.talk.access import may_change_label, may_keep
from frontdesk.talk.label_model import MOST_LABELS, Label, folded, named
from frontdesk.talk.tables import label, own_label

T, P = label.c, own_label.c
_TEAMS = select(T.id, T.name, T.colour, literal(0), T.retired_at)
_OWN = select(P.id, P.name, P.colour, literal(1), P.retired_at).where(P.agent_id == bindparam("agent"))
_ALL = Prepared(_TEAMS.order_by(T.id))
_ALL_OWN = Prepared(_OWN.order_by(P.id))
_ONE = Prepared(_TEAMS.where(T.id == bindparam("one")))
_ONE_OWN = Prepared(_OWN.where(P.id == bindparam("one")))
_CALLED = Prepared(select(T.id).where(T.folded == bindparam("key"), T.retired_at.is_(None)))
_CALLED_OWN = Prepared(
    select(P.id).where(P.agent_id == bindparam("agent"), P.folded == bindparam("key"), P.retired_at.is_(None))
)
_COUNT = Prepared(select(func.count()).select_from(label).where(T.retired_at.is_(None)))
_COUNT_OWN = Prepared(
    select(func.count())
    .select_from(own_label)
    .where(P.agent_id == bindparam("agent"), P.retired_at.is_(None))
)
_ADD, _ADD_OWN = Prepared(label.insert()), Prepared(own_label.insert())
_LOOKS: dict[str, Any] = {
    "name": bindparam("called"),
    "folded": bindparam("key"),
    "colour": bindparam("wears"),
}
_CHANGE = Prepared(update(label).where(T.id == bindparam("one")).values(**_LOOKS))
_CHANGE_OWN = Prepared(update(own_label).where(P.id == bindparam("one")).values(**_LOOKS))
_RETIRE = Prepared(update(label).where(T.id == bindparam("one")).values(retired_at=bindparam("when")))
_RETIRE_OWN = Prepared(update(own_label).where(P.id == bindparam("one")).values(retired_at=bindparam("when")))


def seen_by(view: Reading, actor: Actor) -> list[Label]:
    """The team's and the actor's own, the retired too: what they were put on still wears them."""
    return [_label(row) for row in (*view.all(_ALL), *view.all(_ALL_OWN, agent=actor.id))]


def get(view: Reading, actor: Actor, label_id: str) -> Label:
    """Raises Missing, alike for what is not there and what is a colleague's own."""
    require(may_keep(actor), "label")
    row = view.first(_ONE, one=label_id) or view.first(_ONE_OWN, one=label_id, agent=actor.id)
    if row is None:
        raise Missing("There is no such label.")
    return _label(row)


def _label(row: tuple[Any, ...]) -> Label:
    return Label(row[0], row[1], row[2], bool(row[3]), row[4] is not None)


def add(tx: Tx, actor: Actor, *, name: str, colour: str, own: bool) -> dict[str, Label]:
    """Raises Conflict naming the label that has this name already."""
    require(may_keep(actor), "label")
    one = Label(new_id(), named(name), coloured(colour), own, retired=False)
    _check_name(tx, actor, one)
    _check_room(tx, actor, own)
    row = {"id": one.id, "name": one.name, "folded": folded(one.name), "colour": one.colour, "at": tx.now}
    if own:
        tx.run(_ADD_OWN, **row, agent_id=actor.id, retired_at=None)
    else:
        tx.run(_ADD, **row, retired_at=None)
    return _saved(tx, actor, one)


def _check_name(tx: Tx, actor: Actor, one: Label) -> None:
    key = folded(one.name)
    known = tx.value(_CALLED_OWN, key=key, agent=actor.id) if one.own else tx.value(_CALLED, key=key)
    if known not in (None, one.id):
        raise Conflict("There is a label of this name.", data={"reason": "known", "label_id": known})


def _check_room(tx: Tx, actor: Actor, own: bool) -> None:
    if int(tx.value(_COUNT_OWN, agent=actor.id) if own else tx.value(_COUNT)) >= MOST_LABELS:
        raise Invalid(f"At most {MOST_LABELS} labels.", fields={"name": "Retire one first"})


def _saved(tx: Tx, actor: Actor, one: Label) -> dict[str, Label]:
    tx.emit(list_events.LabelSaved(actor.id, one))
    return {"label": one}


def changeable(view: Reading, actor: Actor, label_id: str) -> Label:
    """Raises Missing or Refused."""
    one = get(view, actor, label_id)
    require(may_change_label(actor, own=one.own), "label")
    return one


def change(tx: Tx, actor: Actor, *, label_id: str, name: str | None, colour: str | None) -> dict[str, Label]:
    before = changeable(tx, actor, label_id)
    if before.retired:
        raise Invalid("This label is retired.")
    after = replace(
        before,
        name=before.name if name is None else named(name),
        colour=before.colour if colour is None else coloured(colour),
    )
    if after == before:
        return {"label": before}
    _check_name(tx, actor, after)
    looks = {"called": after.name, "key": folded(after.name), "wears": after.colour}
    tx.run(_CHANGE_OWN if after.own else _CHANGE, one=after.id, **looks)
    return _saved(tx, actor, after)


def retire(tx: Tx, actor: Actor, *, label_id: str) -> dict[str, Label]:
    """Offered no more; what wears it goes on wearing it. Its name is free again."""
    before = changeable(tx, actor, label_id)
    if before.retired:
        return {"label": before}
    tx.run(_RETIRE_OWN if before.own else _RETIRE, one=before.id, when=tx.now)
    return _saved(tx, actor, replace(before, retired=True))
