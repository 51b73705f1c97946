"""What the company wants to know of its customers, or of their companies, beside the usual."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from sqlalchemy import bindparam, func, select, update

from frontdesk.base.access import require
from frontdesk.base.db import Reading, Tx
from frontdesk.base.errors import Conflict, Invalid, Missing
from frontdesk.base.folding import folded
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared, packs, places, upsert
from frontdesk.base.text import one_line, words
from frontdesk.people.access import may_manage
from frontdesk.people.events import OwnFieldsSaved
from frontdesk.people.model import Actor
from frontdesk.people.profile_model import (
    MOST_CHOICES,
    MOST_OWN_FIELDS,
    FieldKind,
    FieldOf,
    OwnField,
    own_value,
)
from frontdesk.people.tables import own_field
from frontdesk.people.tables import own_value as value_table

F, V = own_field.c, value_table.c
_AT_ONCE = 50
_LONGEST_NAME = 60
_COLUMNS = (F.id, F.of, F.name, F.kind, F.choices, F.place, F.retired_at)
_ALL = Prepared(select(*_COLUMNS).order_by(F.of, F.place, F.id))
_NEXT = Prepared(select(func.max(F.place)).where(F.of == bindparam("whose")))
_ADD = Prepared(own_field.insert())
_CHANGE = Prepared(
    update(own_field)
    .where(F.id == bindparam("one"))
    .values(name=bindparam("called"), choices=bindparam("among"), retired_at=bindparam("when"))
)
_PLACE = Prepared(update(own_field).where(F.id == bindparam("one")).values(place=bindparam("at")))
_VALUES = Prepared(select(V.of_id, V.field_id, V.value).where(V.of_id.in_(places(_AT_ONCE))))
_VALUES_OF = Prepared(select(V.field_id, V.value).where(V.of_id == bindparam("of")))
_PUT = upsert(value_table, ["of_id", "field_id"], ["value"])
_DROP = Prepared(value_table.delete().where(V.of_id == bindparam("of"), V.field_id == bindparam("field")))


def everything(view: Reading) -> list[OwnField]:
    """In their order, the retired too: what they say still stands in profiles."""
    return [_field(row) for row in view.all(_ALL)]


def _field(row: tuple[Any, ...]) -> OwnField:
    id, of, name, kind, choices, place, retired_at = row
    return OwnField(id, of, name, kind, tuple(orjson.loads(choices)), place, retired_at is not None)


def by_id(view: Reading, of: FieldOf) -> dict[str, OwnField]:
    return {one.id: one for one in everything(view) if one.of == of}


def values(view: Reading, ids: Iterable[str]) -> dict[str, dict[str, str]]:
    """The own fields of customers, or of companies, by their ids."""
    found = defaultdict[str, dict[str, str]](dict)
    for some in packs(list(dict.fromkeys(ids)), _AT_ONCE):
        for of_id, field_id, said in view.all(_VALUES, **some):
            found[of_id][field_id] = said
    return found


def values_of(view: Reading, of_id: str) -> dict[str, str]:
    return dict(view.all(_VALUES_OF, of=of_id))


def checked(known: Mapping[str, OwnField], typed: Mapping[str, str]) -> dict[str, str]:
    """What is to be kept, by field. Raises Invalid for a value that does not fit, and for a field that is
    retired, unless it is emptied.
    """
    kept: dict[str, str] = {}
    for field_id, said in typed.items():
        field = known.get(field_id)
        if field is None:
            raise Invalid("There is no such field.", fields={field_id[:40]: "Not a field"})
        kept[field_id] = own_value(field, said)
        if kept[field_id] and field.retired:
            raise Invalid("This field is retired.", fields={field_id: "Retired"})
    return kept


def put(tx: Tx, of_id: str, field_id: str, said: str) -> None:
    """Checked before. Empty: it says nothing any more."""
    if said:
        tx.run(_PUT, of_id=of_id, field_id=field_id, value=said)
    else:
        tx.run(_DROP, of=of_id, field=field_id)


def add(
    tx: Tx, actor: Actor, *, of: FieldOf, name: str, kind: FieldKind, choices: list[str]
) -> dict[str, OwnField]:
    require(may_manage(actor))
    known = everything(tx)
    if sum(one.of == of and not one.retired for one in known) >= MOST_OWN_FIELDS:
        raise Invalid(f"At most {MOST_OWN_FIELDS} fields.", fields={"name": "Retire one first"})
    place = int(tx.value(_NEXT, whose=of) or 0) + 1
    one = OwnField(new_id(), of, _named(name), kind, _choices(kind, choices), place, retired=False)
    _check_name(known, one)
    row = {"id": one.id, "of": of, "name": one.name, "kind": kind, "place": place, "retired_at": None}
    tx.run(_ADD, **row, choices=orjson.dumps(one.choices).decode())
    return _saved(tx, one.id)


def change(tx: Tx, actor: Actor, *, field_id: str, name: str, choices: list[str]) -> dict[str, OwnField]:
    """Its kind stays; a choice that goes stays where it was chosen."""
    require(may_manage(actor))
    known = everything(tx)
    before = _get(known, field_id)
    after = OwnField(
        before.id,
        before.of,
        _named(name),
        before.kind,
        _choices(before.kind, choices),
        before.place,
        before.retired,
    )
    _check_name(known, after)
    when = tx.now if before.retired else None
    tx.run(_CHANGE, one=after.id, called=after.name, among=orjson.dumps(after.choices).decode(), when=when)
    return _saved(tx, after.id)


def retire(tx: Tx, actor: Actor, *, field_id: str, on: bool) -> dict[str, OwnField]:
    """Offered no more, and back."""
    require(may_manage(actor))
    known = everything(tx)
    one = _get(known, field_id)
    if not on:
        _check_name(known, one)
    among = orjson.dumps(one.choices).decode()
    tx.run(_CHANGE, one=one.id, called=one.name, among=among, when=tx.now if on else None)
    return _saved(tx, one.id)


def order(tx: Tx, actor: Actor, *, of: FieldOf, ids: list[str]) -> dict[str, list[OwnField]]:
    """In this order; those that are not named come after them."""
    require(may_manage(actor))
    known = [one.id for one in everything(tx) if one.of == of]
    first = [one for one in dict.fromkeys(ids) if one in known]
    for place, id in enumerate([*first, *(one for one in known if one not in first)], 1):
        tx.run(_PLACE, one=id, at=place)
    every = everything(tx)
    tx.emit(OwnFieldsSaved(every))
    return {"own_fields": every}


def _saved(tx: Tx, field_id: str) -> dict[str, OwnField]:
    every = everything(tx)
    tx.emit(OwnFieldsSaved(every))
    return {"own_field": _get(every, field_id)}


def _get(known: list[OwnField], field_id: str) -> OwnField:
    found = next((one for one in known if one.id == field_id), None)
    if found is None:
        raise Missing("There is no such field.")
    return found


def _named(name: str) -> str:
    return words(name, "name", _LONGEST_NAME, "The name")


def _check_name(known: list[OwnField], one: OwnField) -> None:
    for other in known:
        is_same = folded(other.name) == folded(one.name) and other.of == one.of
        if is_same and other.id != one.id and not other.retired:
            data = {"reason": "known", "field_id": other.id}
            raise Conflict("There is a field of this name.", data=data)


def _choices(kind: FieldKind, given: list[str]) -> tuple[str, ...]:
    if kind != "choice":
        return ()
    kept = tuple(dict.fromkeys(one for text in given if (one := one_line(text, 100))))
    if not kept:
        raise Invalid("A choice needs something to choose.", fields={"choices": "At least one"})
    if len(kept) > MOST_CHOICES:
        raise Invalid("These are too many choices.", fields={"choices": f"At most {MOST_CHOICES}"})
    return kept
