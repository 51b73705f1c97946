"""What is seen of customers when they come by: where from, with what, and when last."""

from sqlalchemy import bindparam, select, update

from frontdesk.base.clock import MINUTE
from frontdesk.base.db import Reading, Row, Tx
from frontdesk.base.sql import Prepared
from frontdesk.people.model import Sight
from frontdesk.people.tables import customer

C = customer.c
# In the order in which `noticed` is given them.
KEPT = (C.city, C.country, C.zone, C.device, C.language, C.address, C.seen_at)
_THERE = Prepared(select(C.id).where(C.id == bindparam("one")))
_SEEN = Prepared(
    update(customer)
    .where(C.id == bindparam("one"))
    .values(
        city=bindparam("in_city"),
        country=bindparam("in_country"),
        zone=bindparam("in_zone"),
        device=bindparam("with_device"),
        language=bindparam("speaks"),
        address=bindparam("from_address"),
        seen_at=bindparam("now"),
    )
)


def is_there(view: Reading, customer_id: str) -> bool:
    return view.value(_THERE, one=customer_id) is not None


def noticed(tx: Tx, customer_id: str, kept: Row, sight: Sight) -> bool:
    """Keeps what is new in a sight, and once a minute that there was one. Whether anything was written."""
    after = _after(kept[:6], sight)
    if after == kept[:6] and tx.now - kept[6] <= MINUTE:
        return False
    names = ("in_city", "in_country", "in_zone", "with_device", "speaks", "from_address")
    tx.run(_SEEN, one=customer_id, now=max(tx.now, kept[6]), **dict(zip(names, after, strict=True)))
    return True


def _after(kept: Row, sight: Sight) -> Row:
    where = kept[:3] if sight.place is None else (sight.city, sight.country, sight.zone)
    rest = (sight.device, sight.language, sight.address)
    return (*where, *(new or old for new, old in zip(rest, kept[3:], strict=True)))
