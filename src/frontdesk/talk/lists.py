"""The lists of conversations: places, filters, counts. Every page is by key and costs the same."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    FromClause,
    Select,
    and_,
    bindparam,
    exists,
    select,
    text,
    tuple_,
)

from frontdesk.base.db import Reading
from frontdesk.base.errors import Invalid
from frontdesk.base.paging import after_cursor, cursor
from frontdesk.base.sql import Prepared
from frontdesk.people.customers import BRIEF
from frontdesk.people.model import Actor, Order
from frontdesk.people.tables import customer
from frontdesk.talk import labels, listed, read, read_notes
from frontdesk.talk.model import OpenCounts, Place, Row
from frontdesk.talk.tables import conversation, label, listing, mention, own_label, reading, tally

C, L, M = conversation.c, listing.c, mention.c
USUAL_CHANNEL = "widget"


@dataclass(frozen=True, slots=True)
class Filters:
    """None: not narrowed. `label` is the id of one of the team's or of the reader's own."""

    team: str | None = None
    label: str | None = None
    channel: str | None = None


EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a page's query is built of; its values come later."""

    place: Place
    order: Order
    goes_on: bool
    team: bool
    label: bool
    channel: bool
    usual: bool


def page(
    view: Reading,
    actor: Actor,
    place: Place,
    *,
    closed: bool,
    order: Order,
    after: str | None,
    limit: int,
    filters: Filters = EVERYTHING,
) -> tuple[list[Row], str | None]:
    """A page of a list and the cursor of the next one. Raises Missing for a label that is not the reader's to
    see, Invalid for the place "all" without a label.
    """
    if place == "all" and filters.label is None:
        raise Invalid("Choose a label.", fields={"label": "Needed here"})
    values = _values(view, actor, place, closed, filters) | {"page": limit + 1}
    if after is not None:
        at, last_id = after_cursor(after)
        values |= {"at": at, "last_id": last_id}
    query = _query(_shape(place, order, after is not None, filters))
    rows = [read.as_row(view, actor, row) for row in view.all(query, **values)]
    last = rows[limit - 1] if len(rows) > limit else None
    return rows[:limit], None if last is None else cursor(moment(place, last), last.id)


def moment(place: Place, row: Row) -> int:
    """What a place sorts by: when one was called, when it wakes, else what happened last."""
    if place == "mentions":
        assert row.mention is not None
        return row.mention.at
    if place == "snoozed":
        assert row.snoozed_until is not None
        return row.snoozed_until
    return row.last_at


def _values(view: Reading, actor: Actor, place: Place, closed: bool, filters: Filters) -> dict[str, Any]:
    values: dict[str, Any] = {"reader": actor.id, "is_closed": int(closed)}
    if place in ("mine", "snoozed"):
        values["owner"] = actor.id
    if place == "starred":
        values["its_list"] = listed.starred_by(actor.id)
    if filters.label is not None:
        one = labels.get(view, actor, filters.label)
        worn = listed.own(actor.id, one.id) if one.own else one.id
        values["worn" if place in ("starred", "snoozed", "mentions") else "its_list"] = worn
    given = {"team": filters.team, "channel": filters.channel}
    return values | {name: value for name, value in given.items() if value is not None}


def _shape(place: Place, order: Order, goes_on: bool, filters: Filters) -> _Shape:
    return _Shape(
        place,
        order,
        goes_on,
        team=filters.team is not None,
        label=filters.label is not None,
        channel=filters.channel is not None,
        usual=filters.channel == USUAL_CHANNEL,
    )


_QUERIES: dict[_Shape, Prepared] = {}


def _query(shape: _Shape) -> Prepared:
    if shape not in _QUERIES:
        _QUERIES[shape] = Prepared(_built(shape))
    return _QUERIES[shape]


@dataclass(frozen=True)
class _Along:
    """The index that a list is read along: what stands before the moment is the same in every row."""

    table: FromClause
    same: tuple[Column[Any], ...]
    at: Column[Any]
    id: Column[Any]


def _built(shape: _Shape) -> Select[Any]:
    along = _along(shape)
    query = select(*read.COLUMNS, *BRIEF, *read.OWN).select_from(_joined(along))
    query = query.where(*_narrowed(shape, along)).limit(bindparam("page", 50))
    # PostgreSQL takes the index for a missing owner only when the order names what is the same, too.
    key, mark = tuple_(along.at, along.id), tuple_(bindparam("at"), bindparam("last_id"))
    index = (*along.same, along.at, along.id)
    if shape.order == "newest":
        query = query.order_by(*(column.desc() for column in index))
        return query.where(key < mark) if shape.goes_on else query
    query = query.order_by(*index)
    return query.where(key > mark) if shape.goes_on else query


def _along(shape: _Shape) -> _Along:
    if shape.place == "mentions":
        return _Along(mention, (M.agent_id,), M.at, M.conversation_id)
    if shape.place == "snoozed":
        return _Along(conversation, (C.owner_id,), C.snoozed_until, C.id)
    if shape.place in ("starred", "all"):
        return _Along(listing, (L.list, L.closed), L.last_at, L.conversation_id)
    if shape.label:
        return _Along(listing, (L.list, L.owner_id, L.closed), L.last_at, L.conversation_id)
    return _Along(conversation, (*_first(shape), C.owner_id, C.closed), C.last_at, C.id)


def _first(shape: _Shape) -> tuple[Column[Any], ...]:
    if shape.team:
        return (C.team_id,)
    return (C.channel,) if shape.channel and not shape.usual else ()


def _joined(along: _Along) -> FromClause:
    found: FromClause = along.table
    if along.table is not conversation:
        found = found.join(conversation, C.id == along.id)
    return found.join(customer, customer.c.id == C.customer_id).outerjoin(reading, read.MINE)


def _narrowed(shape: _Shape, along: _Along) -> list[ColumnElement[bool]]:
    found = [_in_place(shape, along)]
    if shape.place != "snoozed":
        found.append((L.closed if along.table is listing else C.closed) == bindparam("is_closed"))
    else:
        # What is closed is awake.
        found.append(bindparam("is_closed", type_=C.closed.type) == 0)
    if shape.team:
        found.append(C.team_id == bindparam("team"))
    if shape.channel:
        found.append(C.channel == bindparam("channel"))
        if not shape.usual:
            found.append(text("conversation.channel <> 'widget'"))  # type: ignore[arg-type]
    if shape.label and shape.place in ("starred", "snoozed", "mentions"):
        worn = listing.alias("worn")
        here = and_(worn.c.conversation_id == C.id, worn.c.list == bindparam("worn"))
        found.append(exists().where(here))
    return found


def _in_place(shape: _Shape, along: _Along) -> ColumnElement[bool]:
    if shape.place == "mentions":
        return and_(M.agent_id == bindparam("reader"), M.looked_at.is_(None), ~_called_later())
    if shape.place == "snoozed":
        return and_(C.owner_id == bindparam("owner"), C.snoozed_until.is_not(None))
    owner = L.owner_id if along.table is listing else C.owner_id
    its = L.list == bindparam("its_list")
    if shape.place in ("starred", "all"):
        return its
    whose = owner == bindparam("owner") if shape.place == "mine" else owner.is_(None)
    whose = and_(whose, its) if shape.label else whose
    return and_(whose, C.snoozed_until.is_(None)) if shape.place == "mine" else whose


def _called_later() -> ColumnElement[bool]:
    """Called several times into one conversation, it stands where it was called last."""
    later = mention.alias("later")
    return exists().where(
        later.c.conversation_id == M.conversation_id,
        later.c.agent_id == bindparam("reader"),
        later.c.looked_at.is_(None),
        tuple_(later.c.at, later.c.of_id) > tuple_(M.at, M.of_id),
    )


_PLACES = ("mine", "unassigned", "snoozed", "starred")
_TALLY = Prepared(
    select(tally.c.place, tally.c.open).where(tally.c.place.in_([bindparam(name) for name in _PLACES]))
)
_QUEUES = Prepared(
    select(tally.c.place, tally.c.open).where(tally.c.place.like(bindparam("like")), tally.c.open > 0)
)
_LABELS = Prepared(
    select(label.c.id, tally.c.open)
    .join(tally, tally.c.place == "list:" + label.c.id)
    .where(tally.c.open > 0)
)
_OWN_LABELS = Prepared(
    select(own_label.c.id, tally.c.open)
    .join(tally, tally.c.place == "list:own:" + own_label.c.agent_id + ":" + own_label.c.id)
    .where(own_label.c.agent_id == bindparam("reader"), tally.c.open > 0)
)


def counts(view: Reading, actor: Actor) -> OpenCounts:
    """Open conversations by place; of teams and labels, those where there are some."""
    places = {
        "mine": actor.id,
        "unassigned": read.UNASSIGNED,
        "snoozed": read.snoozed_by(actor.id),
        "starred": listed.counted_as(listed.starred_by(actor.id)),
    }
    found: dict[str, int] = dict(view.all(_TALLY, **places))
    queues = view.all(_QUEUES, like=f"{read.QUEUE}%")
    return OpenCounts(
        **{name: found.get(place, 0) for name, place in places.items()},
        mentions=read_notes.open_calls(view, actor.id),
        teams={place.removeprefix(read.QUEUE): many for place, many in queues},
        labels={**dict(view.all(_LABELS)), **dict(view.all(_OWN_LABELS, reader=actor.id))},
    )
