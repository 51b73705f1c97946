"""The list of customers: narrowed in many ways, sorted in three, and as quick for a million as for ten.

Where something that is asked for is true of few customers, those are taken and sorted. Else the list is
walked in its order, a portion at a time, until a page is full; who has walked for too long gives what was
found so far, and the list goes on from there.
"""

import base64
from dataclasses import dataclass
from functools import lru_cache
from time import perf_counter
from typing import Any, Literal

import orjson
from sqlalchemy import text

from frontdesk.base.access import require
from frontdesk.base.db import Reading, Row
from frontdesk.base.errors import Invalid
from frontdesk.base.sql import Prepared
from frontdesk.people.access import may_know
from frontdesk.people.model import Actor
from frontdesk.talk import labels, listed

Order = Literal["seen", "name", "created"]

# Counted up to here; one more says that there are more.
MOST_COUNTED = 10_000
_FEW = 2_000
_PORTION = 2_000
_PATIENCE_S = 0.05
_FOREVER = 2**53


@dataclass(frozen=True, slots=True)
class Wanted:
    """None: does not matter. `ids` are those that words have found; `field` without `value`: it says
    something. `seen_after` and `seen_before` are milliseconds.
    """

    ids: tuple[str, ...] | None = None
    company: str | None = None
    country: str | None = None
    city: str | None = None
    label: str | None = None
    field: str | None = None
    value: str | None = None
    seen_after: int | None = None
    seen_before: int | None = None
    named: bool | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Ids in their order. `count` is at most one more than `MOST_COUNTED`, which says: more, or too many to
    count; None on every page but the first.
    """

    ids: list[str]
    next: str | None
    count: int | None


# What each narrowing is true of, and whether it is true of the customer `c`.
_THOSE = {
    "ids": "SELECT j.value AS id FROM json_each(:ids) AS j",
    "company": "SELECT id FROM customer WHERE company_id = :company",
    "field": "SELECT of_id AS id FROM own_value WHERE field_id = :field",
    "value": "SELECT of_id AS id FROM own_value WHERE field_id = :field AND value = :value",
    "label": (
        "SELECT DISTINCT k.customer_id AS id FROM listing AS l"
        " JOIN conversation AS k ON k.id = l.conversation_id WHERE l.list = :label"
    ),
    "city": "SELECT id FROM customer WHERE city = :city",
    "country": "SELECT id FROM customer WHERE country = :country",
    "seen": (
        "SELECT id FROM customer WHERE merged_into IS NULL"
        " AND seen_at >= :seen_after AND seen_at < :seen_before"
    ),
    "named": ("SELECT id FROM customer WHERE merged_into IS NULL AND name IS NOT NULL ORDER BY sorts, id"),
    "everybody": "SELECT id FROM customer WHERE merged_into IS NULL",
}
# These leave out by themselves who was merged into another.
_NOBODY_ELSE = ("seen", "named", "everybody")
_IDS_IN_POSTGRES = "SELECT j.id FROM unnest(CAST(:ids AS text[])) AS j (id)"
# One row after the other, however many there are: PostgreSQL would rather read the whole table.
_EACH = "customer AS c WHERE c.id = those.id"
_EACH_IN_POSTGRES = "LATERAL (SELECT * FROM customer AS k WHERE k.id = those.id OFFSET 0) AS c WHERE 1 = 1"
_IS = {
    "company": "c.company_id = :company",
    "field": "EXISTS (SELECT 1 FROM own_value AS v WHERE v.of_id = c.id AND v.field_id = :field)",
    "value": (
        "EXISTS (SELECT 1 FROM own_value AS v WHERE v.of_id = c.id AND v.field_id = :field"
        " AND v.value = :value)"
    ),
    "label": (
        "EXISTS (SELECT 1 FROM conversation AS k JOIN listing AS l ON l.conversation_id = k.id"
        " WHERE k.customer_id = c.id AND l.list = :label)"
    ),
    "city": "c.city = :city",
    "country": "c.country = :country",
    "seen": "c.seen_at >= :seen_after AND c.seen_at < :seen_before",
    "named": "c.name IS NOT NULL",
    "unnamed": "c.name IS NULL",
}
# The key a list is walked by, and whether it goes down.
_KEYS: dict[Order, tuple[str, bool]] = {
    "seen": ("seen_at", True),
    "name": ("sorts", False),
    "created": ("id", True),
}
# What the index that a list is walked by leaves out by itself.
_ALONG: dict[Order, tuple[str, ...]] = {"seen": ("seen",), "name": ("named",), "created": ()}
_MAY_BE_FEW = ("ids", "value", "field", "company", "label", "city", "country", "seen", "named")


def page(
    view: Reading, actor: Actor, wanted: Wanted, *, order: Order, after: str | None, limit: int
) -> Found:
    """A page; a short one may still have a `next`. Raises Missing for a label that is not the actor's to see,
    Invalid for a cursor of no list.
    """
    require(may_know(actor), "customer")
    names, given = _narrowed(view, actor, wanted)
    few = _few(view, names, given)
    start = None if after is None else _opened(after, order)
    count = _count(view, names, given, few) if start is None else None
    if few is None:
        ids, goes_on = _walked(view, names, given, order, start, limit)
    else:
        rows = view.all(
            _statement("few", few, names, order, start is not None), **_at(given, start, limit + 1)
        )
        ids = [row[1] for row in rows[:limit]]
        goes_on = _closed(rows[limit - 1]) if len(rows) > limit else None
    return Found(ids, goes_on, count)


def _narrowed(view: Reading, actor: Actor, wanted: Wanted) -> tuple[tuple[str, ...], dict[str, Any]]:
    """The names of what matters, and its values."""
    given: dict[str, Any] = {}
    if wanted.ids is not None:
        is_sqlite = view.dialect == "sqlite"
        given["ids"] = orjson.dumps(wanted.ids).decode() if is_sqlite else list(wanted.ids)
    if wanted.label is not None:
        one = labels.get(view, actor, wanted.label)
        given["label"] = listed.own(actor.id, one.id) if one.own else one.id
    given |= {
        name: said
        for name in ("company", "city", "country", "field")
        if (said := getattr(wanted, name)) is not None
    }
    names = list(given)
    if wanted.field is not None and wanted.value is not None:
        given["value"] = wanted.value
        names[names.index("field")] = "value"
    if wanted.seen_after is not None or wanted.seen_before is not None:
        before = _FOREVER if wanted.seen_before is None else wanted.seen_before
        given |= {"seen_after": wanted.seen_after or 0, "seen_before": before}
        names.append("seen")
    if wanted.named is not None:
        names.append("named" if wanted.named else "unnamed")
    return tuple(sorted(names)), given


def _few(view: Reading, names: tuple[str, ...], given: dict[str, Any]) -> str | None:
    """What is true of few, if something is. What words have found always is."""
    for name in _MAY_BE_FEW:
        if name in names and (name == "ids" or _size(view, name, given) <= _FEW):
            return name
    return None


def _size(view: Reading, name: str, given: dict[str, Any]) -> int:
    """Asks the index alone."""
    return int(view.value(_sizing(name), **given, most=_FEW + 1))


def _count(view: Reading, names: tuple[str, ...], given: dict[str, Any], few: str | None) -> int:
    """Looks at no more than one more than is counted."""
    most = MOST_COUNTED + 1
    first = few or next((name for name in _MAY_BE_FEW if name in names), "everybody")
    rest = tuple(name for name in names if name != first)
    if rest and few is None and _many(view, first, (), given, most) == most:
        return most
    return _many(view, first, rest, given, most)


def _many(view: Reading, first: str, rest: tuple[str, ...], given: dict[str, Any], most: int) -> int:
    return int(view.value(_counting(first, rest), **given, most=most))


@lru_cache(maxsize=20)
def _sizing(name: str) -> Prepared:
    return _either(name, "SELECT count(*) FROM ({those} LIMIT :most) AS those")


@lru_cache(maxsize=500)
def _counting(first: str, rest: tuple[str, ...]) -> Prepared:
    if not rest and first in _NOBODY_ELSE:
        return _sizing(first)
    where = " AND ".join(["c.merged_into IS NULL", *(_IS[name] for name in rest)])
    return _either(
        first,
        "WITH those AS MATERIALIZED ({those} LIMIT :most)"
        f" SELECT count(*) FROM those CROSS JOIN {{each}} AND {where}",
    )


def _walked(
    view: Reading,
    names: tuple[str, ...],
    given: dict[str, Any],
    order: Order,
    start: tuple[Any, str] | None,
    limit: int,
) -> tuple[list[str], str | None]:
    """In the order of the list. The page ends with a cursor unless the list does."""
    began, ids = perf_counter(), list[str]()
    asked = min(_PORTION, 4 * limit) if names else limit + 1
    while True:
        walk = _statement("walk", "", names, order, start is not None)
        rows = view.all(walk, **_at(given, start, asked))
        for at, row in enumerate(rows):
            if row[2]:
                ids.append(row[1])
            if len(ids) == limit:
                is_last = at + 1 == len(rows) < asked
                return ids, None if is_last else _closed(row)
        if len(rows) < asked:
            return ids, None
        start, asked = (rows[-1][0], rows[-1][1]), min(_PORTION, 2 * asked)
        if perf_counter() - began > _PATIENCE_S:
            return ids, _closed(rows[-1])


def _at(given: dict[str, Any], start: tuple[Any, str] | None, most: int) -> dict[str, Any]:
    where = {} if start is None else {"at": start[0], "last_id": start[1]}
    return {**given, **where, "most": most}


@lru_cache(maxsize=500)
def _statement(kind: str, few: str, names: tuple[str, ...], order: Order, goes_on: bool) -> Prepared:
    """Rows of key, id, and whether it is meant."""
    key, is_down = _KEYS[order]
    by = f"c.{key}{' DESC' if is_down else ''}, c.id{' DESC' if is_down else ''}"
    on = f" AND (c.{key}, c.id) {'<' if is_down else '>'} (:at, :last_id)" if goes_on else ""
    along = [name for name in names if name in _ALONG[order] and kind == "walk"]
    on += "".join(f" AND {_IS[name]}" for name in along)
    rest = [_IS[name] for name in names if name not in ("ids", few, *along)]
    fits = " AND ".join(rest) or "1 = 1"
    if kind == "few":
        return _either(
            few,
            f"WITH those AS MATERIALIZED ({{those}}) SELECT c.{key}, c.id, 1"
            " FROM those CROSS JOIN {each} AND c.merged_into IS NULL"
            f" AND {fits}{on} ORDER BY {by} LIMIT :most",
        )
    return Prepared(
        text(
            f"SELECT c.{key}, c.id, CASE WHEN {fits} THEN 1 ELSE 0 END FROM customer AS c"
            f" WHERE c.merged_into IS NULL{on} ORDER BY {by} LIMIT :most"
        )
    )


def _either(first: str, statement: str) -> Prepared:
    here = _THOSE[first]
    there = _IDS_IN_POSTGRES if first == "ids" else here
    return Prepared(
        text(statement.format(those=here, each=_EACH)),
        postgresql=text(statement.format(those=there, each=_EACH_IN_POSTGRES)),
    )


def _closed(row: Row) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(row[:2])).decode().rstrip("=")


def _opened(after: str, order: Order) -> tuple[Any, str]:
    """Raises Invalid for what no list of this order gave."""
    try:
        at, id = orjson.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
    except (ValueError, TypeError) as error:
        raise _no_cursor() from error
    fits = type(at) is (int if order == "seen" else str) and type(id) is str
    if not fits or "\0" in f"{at}{id}" or (type(at) is int and abs(at) > _FOREVER):
        raise _no_cursor()
    return at, id


def _no_cursor() -> Invalid:
    return Invalid("The list cannot go on from there.", fields={"after": "Not a cursor of this list"})
