"""What a socket missed while it was away."""

from sqlalchemy import bindparam, select

from frontdesk.base.db import Reading
from frontdesk.base.feed import facts_after
from frontdesk.base.log import ERASED, Fact
from frontdesk.base.sql import Prepared
from frontdesk.base.tables import fact
from frontdesk.people.model import Actor
from frontdesk.talk.access import may_hear

FARTHEST = 2_000
# After it a customer has other conversations than before.
_BEGINS_ANEW = "HistoryChanged"

_OF_CUSTOMER = Prepared(
    select(
        fact.c.seq,
        fact.c.at,
        fact.c.kind,
        fact.c.conversation_id,
        fact.c.customer_id,
        fact.c.audience,
        fact.c.data,
    )
    .where(fact.c.customer_id == bindparam("customer"), fact.c.seq > bindparam("after"))
    .order_by(fact.c.seq)
    .limit(bindparam("limit", FARTHEST))
)


def missed(view: Reading, actor: Actor, after: int) -> tuple[int, list[Fact] | None]:
    """The newest number, and the facts after `after` that the actor may hear; None: too many, resync."""
    head = view.head()
    if after > head:
        # The client knows more than the desk: another database. Its state is worth nothing.
        return head, None
    if actor.kind == "agent":
        if head - after > FARTHEST:
            return head, None
        facts = facts_after(view, after, FARTHEST)
        if any(one.kind == ERASED for one in facts):
            # What they said moved counts, and cannot be told any more.
            return head, None
        return head, [one for one in facts if may_hear(actor, one.audience)]
    if actor.kind == "nobody":
        return head, []
    rows = view.all(_OF_CUSTOMER, customer=actor.id, after=after, limit=FARTHEST)
    if len(rows) == FARTHEST or any(row[2] == _BEGINS_ANEW for row in rows):
        return head, None
    return head, [Fact(*(*row[:6], row[6].encode())) for row in rows]
