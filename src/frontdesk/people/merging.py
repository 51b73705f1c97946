"""Two customers who are one person: what people keeps of it. `talk/joining.py` does the whole of it.

Nothing of who is gone is thrown away: their row keeps what it knew, and only stands for its id. What came
along is written down, so that it can go back.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from sqlalchemy import bindparam, select, update

from frontdesk.base.clock import DAY
from frontdesk.base.db import Reading, Tx
from frontdesk.base.errors import Invalid, Missing
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared, insert_if_new
from frontdesk.people import companies, profiles
from frontdesk.people.customers import BRIEF, as_brief
from frontdesk.people.model import CustomerBrief, Merge
from frontdesk.people.tables import (
    block,
    customer,
    identity,
    merge,
    own_value,
    profile_change,
    visitor_token,
)

UNDONE_WITHIN = 30 * DAY
# Further than anybody merges by hand; a circle, which there cannot be, would end here.
_FARTHEST = 10_000

C, G = customer.c, merge.c
# What the kept one takes over where they have nothing of their own.
_FILLED = (
    "name", "email", "phone", "title", "company_id", "city", "country", "zone", "language", "device",
    "address",
)  # fmt: skip
# What is told in the history of changes.
_TOLD = ("name", "email", "phone", "title", "company_id", "about")
_KNOWN = (*_FILLED, "about", "origins", "proven", "created_at", "seen_at")
_BRIEF_OF = Prepared(select(*BRIEF, C.merged_into).where(C.id == bindparam("one")))
_INTO = Prepared(select(C.id).where(C.merged_into == bindparam("one")).order_by(C.id))
_ALL_OF = Prepared(select(*(C[name] for name in _KNOWN)).where(C.id == bindparam("one")))
_FILL = Prepared(
    update(customer)
    .where(C.id == bindparam("one"))
    .values({name: bindparam(f"to_{name}") for name in _KNOWN})
)
_STAND_FOR = Prepared(update(customer).where(C.id == bindparam("one")).values(merged_into=bindparam("other")))
_INSERT = Prepared(merge.insert())
_ONE = Prepared(
    select(G.id, G.kept_id, G.gone_id, G.at, G.agent_id, G.undone_at, G.moved).where(G.id == bindparam("one"))
)
_OF_KEPT = Prepared(
    select(G.id, G.kept_id, G.gone_id, G.at, G.agent_id, G.undone_at)
    .where(G.kept_id == bindparam("kept"))
    .order_by(G.id.desc())
)
# The one that made somebody stand for another.
_AWAY = Prepared(
    select(G.id, G.kept_id, G.moved).where(G.gone_id == bindparam("gone"), G.undone_at.is_(None))
)
_REWRITE = Prepared(update(merge).where(G.id == bindparam("one")).values(moved=bindparam("all_of_it")))
_UNDO = Prepared(
    update(merge).where(G.id == bindparam("one"), G.undone_at.is_(None)).values(undone_at=bindparam("when"))
)
_CHANGED = Prepared(profile_change.insert())
_VALUES = Prepared(
    select(own_value.c.field_id, own_value.c.value).where(own_value.c.of_id == bindparam("one"))
)
_GIVE_VALUE = insert_if_new(own_value)
_TAKE_VALUE = Prepared(
    own_value.delete().where(
        own_value.c.of_id == bindparam("one"),
        own_value.c.field_id == bindparam("field"),
        own_value.c.value == bindparam("now"),
    )
)
_PROVED = Prepared(
    select(identity.c.external_id)
    .where(identity.c.channel == "site", identity.c.customer_id == bindparam("one"))
    .limit(1)
)

# Rows that go from one to the other as they are: by what they are known, and whose they are.
_MOVING = {
    "identities": (identity, (identity.c.channel, identity.c.external_id), identity.c.customer_id),
    "tokens": (visitor_token, (visitor_token.c.digest,), visitor_token.c.customer_id),
    "blocks": (block, (block.c.id,), block.c.customer_id),
    "changes": (profile_change, (profile_change.c.id,), profile_change.c.of_id),
}
_WHOSE = {
    name: Prepared(select(*key).where(whose == bindparam("whom")))
    for name, (_, key, whose) in _MOVING.items()
}
_GO = {
    name: Prepared(
        update(table)
        .where(whose == bindparam("whom"), *(column == bindparam(f"k{at}") for at, column in enumerate(key)))
        .values({whose.name: bindparam("other")})
    )
    for name, (table, key, whose) in _MOVING.items()
}


def last(view: Reading, customer_id: str) -> CustomerBrief:
    """Who this customer is now: themselves, or whoever they were merged into at last. Raises Missing."""
    row = _row(view, customer_id)
    for _ in range(_FARTHEST):
        if row[5] is None:
            break
        row = _row(view, row[5])
    return as_brief(row[:5])


def _row(view: Reading, customer_id: str) -> tuple[Any, ...]:
    row = view.first(_BRIEF_OF, one=customer_id)
    if row is None:
        raise Missing("There is no such customer.")
    return row


def is_now(view: Reading, customer_id: str) -> str:
    """The id of who this customer is now; that of somebody who is not there stays."""
    try:
        return last(view, customer_id).id
    except Missing:
        return customer_id


def everyone(view: Reading, customer_id: str) -> list[str]:
    """The customer's id, and those of all who were merged into them."""
    found = [customer_id]
    for one in found:
        found += [id for (id,) in view.all(_INTO, one=one)]
    return found


def of_customer(view: Reading, customer_id: str) -> list[Merge]:
    """Merges into this customer, and into who is this customer by now; newest first. Raises Missing."""
    ids = everyone(view, last(view, customer_id).id)
    rows = [row for one in ids for row in view.all(_OF_KEPT, kept=one)]
    return [_merge(view, row) for row in sorted(rows, reverse=True)]


def get(view: Reading, merge_id: str) -> tuple[Merge, dict[str, Any]]:
    """And what came along. Raises Missing."""
    row = view.first(_ONE, one=merge_id)
    if row is None:
        raise Missing("There is no such merge.")
    return _merge(view, row), orjson.loads(row[6])


def _merge(view: Reading, row: tuple[Any, ...]) -> Merge:
    id, kept_id, gone_id, at, agent_id, undone_at = row[:6]
    return Merge(id, kept_id, as_brief(_row(view, gone_id)[:5]), at, agent_id, undone_at, at + UNDONE_WITHIN)


def fold(tx: Tx, gone: str, kept: str, agent_id: str | None) -> dict[str, Any]:
    """Tokens, identities, blocks and changes go over, what the kept one lacks is filled in; what that was."""
    moved: dict[str, Any] = {name: _move_all(tx, name, gone, kept) for name in _MOVING}
    moved["values"] = [
        [field, value]
        for field, value in tx.all(_VALUES, one=gone)
        if tx.run(_GIVE_VALUE, of_id=kept, field_id=field, value=value)
    ]
    moved |= _filled(tx, gone, kept)
    tx.run(_STAND_FOR, one=gone, other=kept)
    told = {name: pair for name, pair in moved["profile"].items() if name in _TOLD}
    _tell(tx, kept, agent_id, told | {field: [None, value] for field, value in moved["values"]})
    profiles.settle(tx, kept, _fields(told, moved), agent_id)
    return moved


def _fields(told: Iterable[str], moved: dict[str, Any]) -> set[str]:
    usual = {"company" if name == "company_id" else name for name in told}
    return usual | {field for field, _ in moved["values"]}


def _move_all(tx: Tx, name: str, whom: str, other: str) -> list[list[str]]:
    keys = [list(row) for row in tx.all(_WHOSE[name], whom=whom)]
    tx.many(_GO[name], [_key(one, whom, other) for one in keys])
    return keys


def _key(one: list[str], whom: str, other: str) -> dict[str, str]:
    return {"whom": whom, "other": other, **{f"k{at}": part for at, part in enumerate(one)}}


def _filled(tx: Tx, gone: str, kept: str) -> dict[str, Any]:
    theirs, own = _known(tx, gone), _known(tx, kept)
    changes = dict(_differences(theirs, own))
    origins = orjson.loads(own["origins"])
    brought = {
        name: origin
        for name, origin in orjson.loads(theirs["origins"]).items()
        if name in changes and name not in origins
    }
    after = own | {name: now for name, (_, now) in changes.items()}
    after["seen_at"] = max(own["seen_at"], theirs["seen_at"])
    after["origins"] = orjson.dumps({**origins, **brought}).decode()
    _put(tx, kept, after)
    return {"profile": changes, "origins": sorted(brought)}


def _known(view: Reading, customer_id: str) -> dict[str, Any]:
    row = view.first(_ALL_OF, one=customer_id)
    assert row is not None, "the customer was read in this transaction"
    return dict(zip(_KNOWN, row, strict=True))


def _put(tx: Tx, customer_id: str, known: dict[str, Any]) -> None:
    tx.run(_FILL, one=customer_id, **{f"to_{name}": value for name, value in known.items()})


def _differences(theirs: dict[str, Any], own: dict[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """What the kept one had, and has now."""
    for name in _FILLED:
        if own[name] is None and theirs[name] is not None:
            yield name, [None, theirs[name]]
    if theirs["about"] and theirs["about"] != own["about"]:
        yield "about", [own["about"], "\n\n".join(filter(None, (own["about"], theirs["about"])))]
    if theirs["proven"] > own["proven"]:
        yield "proven", [own["proven"], theirs["proven"]]
    if theirs["created_at"] < own["created_at"]:
        yield "created_at", [own["created_at"], theirs["created_at"]]


def unfold(tx: Tx, one: Merge, moved: dict[str, Any], agent_id: str | None) -> CustomerBrief:
    """What came along goes back from whoever has it now; what was filled in is taken out again, unless it was
    changed since. Who is there again. Raises Invalid.
    """
    if tx.now > one.until:
        raise Invalid("A merge can be undone for 30 days.")
    tx.run(_UNDO, one=one.id, when=tx.now)
    tx.run(_STAND_FOR, one=one.gone.id, other=None)
    holders = [one.kept_id]
    while away := tx.first(_AWAY, gone=holders[-1]):
        # Who was kept went on into another, and took along what is going back.
        merge_id, holder, along = away
        left = _without(orjson.loads(along), moved)
        tx.run(_REWRITE, one=merge_id, all_of_it=orjson.dumps(left).decode())
        holders.append(holder)
    for name in _MOVING:
        tx.many(_GO[name], [_key(key, holders[-1], one.gone.id) for key in moved[name]])
    fields = _fields((name for name in moved["profile"] if name in _TOLD), moved)
    for holder in holders:
        _emptied(tx, moved, holder, agent_id)
    profiles.settle(tx, holders[-1], fields, agent_id)
    profiles.settle(tx, one.gone.id, fields, agent_id)
    return as_brief(_row(tx, one.gone.id)[:5])


def _without(along: dict[str, Any], moved: dict[str, Any]) -> dict[str, Any]:
    left = {}
    for name in ("conversations", "starts", "files", *_MOVING):
        gone = {str(one) for one in moved[name]}
        left[name] = [one for one in along[name] if str(one) not in gone]
    return along | left


def _emptied(tx: Tx, moved: dict[str, Any], holder: str, agent_id: str | None) -> None:
    own = _known(tx, holder)
    back = {name: [now, was] for name, (was, now) in moved["profile"].items() if own[name] == now}
    if "proven" in back and tx.value(_PROVED, one=holder) is not None:
        del back["proven"]
    origins = orjson.loads(own["origins"])
    left = {name: one for name, one in origins.items() if not (name in back and name in moved["origins"])}
    after = own | {name: was for name, (_, was) in back.items()}
    _put(tx, holder, after | {"origins": orjson.dumps(left).decode()})
    taken = {
        field: [value, None]
        for field, value in moved["values"]
        if tx.run(_TAKE_VALUE, one=holder, field=field, now=value)
    }
    _tell(tx, holder, agent_id, {name: pair for name, pair in back.items() if name in _TOLD} | taken)


def _tell(tx: Tx, of: str, agent_id: str | None, changes: dict[str, list[Any]]) -> None:
    for name, (was, becomes) in changes.items():
        field = "company" if name == "company_id" else name
        if field == "company":
            was, becomes = (one and companies.named(tx, one).name for one in (was, becomes))
        tx.run(
            _CHANGED,
            id=new_id(),
            of_id=of,
            at=tx.now,
            by="merge",
            agent_id=agent_id,
            field=field,
            was=was,
            becomes=becomes,
        )


def keep(tx: Tx, gone: str, kept: str, agent_id: str | None, moved: dict[str, Any]) -> str:
    """Writes the merge down; its id."""
    id = new_id()
    tx.run(
        _INSERT,
        id=id,
        kept_id=kept,
        gone_id=gone,
        at=tx.now,
        agent_id=agent_id,
        moved=orjson.dumps(moved).decode(),
        undone_at=None,
    )
    return id
