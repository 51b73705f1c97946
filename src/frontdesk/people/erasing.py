"""What people keeps of a customer goes; a tombstone stays, with nothing of them in it."""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import Text, bindparam, or_, select

from frontdesk.base.db import Reading, Tx
from frontdesk.base.sql import Prepared, insert_if_new
from frontdesk.people import customers
from frontdesk.people.tables import (
    block,
    customer,
    identity,
    merge,
    own_value,
    profile_change,
    tombstone,
    visitor_token,
)

_ONE = bindparam("one", type_=Text)
_TOKENS = Prepared(select(visitor_token.c.digest).where(visitor_token.c.customer_id == _ONE))
_BROWSERS = Prepared(
    select(identity.c.external_id).where(identity.c.channel == "browser", identity.c.customer_id == _ONE)
)
_OF = (merge.c.kept_id == _ONE, merge.c.gone_id == _ONE)
_LINKED = Prepared(select(merge.c.kept_id, merge.c.gone_id).where(or_(*_OF)))
_MERGES = Prepared(merge.delete().where(or_(*_OF)))
_BORN = Prepared(select(customer.c.created_at).where(customer.c.id == _ONE))
_DELETE = {
    "own values": Prepared(own_value.delete().where(own_value.c.of_id == _ONE)),
    "changes": Prepared(profile_change.delete().where(profile_change.c.of_id == _ONE)),
    "blocks": Prepared(block.delete().where(block.c.customer_id == _ONE)),
    "identities": Prepared(identity.delete().where(identity.c.customer_id == _ONE)),
    "customers": Prepared(customer.delete().where(customer.c.id == _ONE)),
}
_BURY = insert_if_new(tombstone)
_STONE = Prepared(select(tombstone.c.report).where(tombstone.c.customer_id == _ONE))
_STONES = Prepared(select(tombstone.c.customer_id, tombstone.c.at, tombstone.c.agent_id))
_THERE = Prepared(select(customer.c.id).where(customer.c.id == _ONE))


def linked(view: Reading, ids: Sequence[str]) -> list[str]:
    """These, and whoever was ever one with them, undone or not."""
    found = list(ids)
    for one in found:
        pairs = view.all(_LINKED, one=one)
        found += [id for id in dict.fromkeys(id for pair in pairs for id in pair) if id not in found]
    return found


def tokens(view: Reading, ids: Sequence[str]) -> list[str]:
    """The hashes of what their browsers hold."""
    return [digest for one in ids for (digest,) in view.all(_TOKENS, one=one)]


def browsers(view: Reading, ids: Sequence[str]) -> list[str]:
    return [id for one in ids for (id,) in view.all(_BROWSERS, one=one)]


def born(view: Reading, ids: Sequence[str]) -> int:
    """When the first of them appeared."""
    return min((at for one in ids for (at,) in view.all(_BORN, one=one)), default=0)


def erase(tx: Tx, ids: Sequence[str]) -> dict[str, int]:
    """Conversations, and what other rooms keep, must be gone before."""
    for one in ids:
        customers.drop_tokens(tx, one)
        tx.run(_MERGES, one=one)
    return {name: sum(tx.run(gone, one=one) for one in ids) for name, gone in _DELETE.items()}


def bury(tx: Tx, ids: Sequence[str], agent_id: str | None, report: dict[str, Any]) -> None:
    for one in ids:
        tx.run(_BURY, customer_id=one, at=tx.now, agent_id=agent_id, report=orjson.dumps(report).decode())


def find_report(view: Reading, customer_id: str) -> dict[str, Any] | None:
    """Of somebody who was erased."""
    found = view.value(_STONE, one=customer_id)
    return None if found is None else orjson.loads(found)


def tombstones(view: Reading) -> list[tuple[str, int, str | None]]:
    """The id, when, and by whom."""
    return [(row[0], row[1], row[2]) for row in view.all(_STONES)]


def is_here(view: Reading, customer_id: str) -> bool:
    """Also somebody who was merged into another."""
    return view.first(_THERE, one=customer_id) is not None
