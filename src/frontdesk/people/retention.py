"""How long is kept what nobody wrote: pages seen, addresses; and conversations that are over."""

import orjson
from sqlalchemy import bindparam, select, update

from frontdesk.base.access import require
from frontdesk.base.clock import DAY
from frontdesk.base.db import Reading, Tx
from frontdesk.base.sql import Prepared, upsert
from frontdesk.base.tables import setting
from frontdesk.people.access import may_manage
from frontdesk.people.events import RetentionChanged
from frontdesk.people.model import Actor, AddressKept, Retention
from frontdesk.people.places import shortened
from frontdesk.people.tables import customer

AT_FIRST = Retention(events_days=90, addresses="whole", addresses_days=30, closed_days=None)
_KEY = "retention"
_SOME = 500
C = customer.c
_GET = Prepared(select(setting.c.value).where(setting.c.key == bindparam("key", _KEY)))
_PUT = upsert(setting, ["key"], ["value"])
_OLD = Prepared(
    select(C.id)
    .where(C.address.is_not(None), C.seen_at < bindparam("before"))
    .limit(bindparam("some", _SOME))
)
_HELD = Prepared(
    select(C.id, C.address)
    .where(C.address.is_not(None), C.id > bindparam("after"))
    .order_by(C.id)
    .limit(bindparam("some", _SOME))
)
_ADDRESS = Prepared(update(customer).where(C.id == bindparam("one")).values(address=bindparam("kept")))


def get(view: Reading) -> Retention:
    stored = view.value(_GET, key=_KEY)
    return AT_FIRST if stored is None else Retention(**orjson.loads(stored))


def change(tx: Tx, actor: Actor, **changes: object) -> dict[str, Retention]:
    """`changes` are fields of Retention, whose form the edge has checked."""
    require(may_manage(actor))
    before = get(tx)
    values = {name: getattr(before, name) for name in Retention.__dataclass_fields__}
    after = Retention(**{**values, **changes})
    tx.run(_PUT, key=_KEY, value=orjson.dumps(after).decode())
    tx.emit(RetentionChanged(after))
    return {"retention": after}


def as_kept(address: str, how: AddressKept) -> str | None:
    """As much of an address as the company keeps."""
    if how == "whole":
        return address
    return shortened(address) if how == "shortened" else None


def sweep_addresses(tx: Tx) -> bool:
    """Forgets some of the addresses that are too old; whether there may be more."""
    rows = tx.all(_OLD, before=tx.now - get(tx).addresses_days * DAY, some=_SOME)
    for (id,) in rows:
        tx.run(_ADDRESS, one=id, kept=None)
    return len(rows) == _SOME


def keep_less(tx: Tx, after: str) -> str:
    """Makes some addresses what the company keeps of them now; where to go on, empty at the end."""
    how = get(tx).addresses
    rows = tx.all(_HELD, after=after, some=_SOME)
    for id, address in rows:
        kept = as_kept(address, how)
        if kept != address:
            tx.run(_ADDRESS, one=id, kept=kept)
    return rows[-1][0] if len(rows) == _SOME else ""
