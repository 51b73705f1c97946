"""What was written down of a customer, newest first."""

from sqlalchemy import bindparam, or_, select

from frontdesk.base.db import Reading, Row
from frontdesk.base.sql import Prepared
from frontdesk.people.tables import profile_change

P = profile_change.c
_CHANGED = Prepared(
    select(P.at, P.id, P.agent_id, P.field, P.was, P.becomes)
    .where(
        P.of_id == bindparam("customer"),
        P.at <= bindparam("before"),
        or_(P.at < bindparam("before"), P.id < bindparam("before_id")),
    )
    .order_by(P.at.desc(), P.id.desc())
    .limit(bindparam("most", 50))
)


def changed(view: Reading, customer_id: str, before: tuple[int, str], most: int) -> list[Row]:
    """`(at, id, agent_id, field, was, becomes)`."""
    return view.all(_CHANGED, customer=customer_id, before=before[0], before_id=before[1], most=most)
