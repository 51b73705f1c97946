"""What the ground floor keeps of somebody: facts, kept answers to commands, jobs. All of it goes."""

import re
from collections.abc import Collection, Sequence

from sqlalchemy import Select, bindparam, func, null, or_, select, tuple_, update

from frontdesk.base.db import Reading, Tx
from frontdesk.base.log import ERASED, NOBODY, Fact
from frontdesk.base.sql import Prepared, packs, places
from frontdesk.base.tables import command, fact, job

_SOME = 200
_PAGE = 2_000
_ID = re.compile(r"[0-9a-z]{26}")
_NOTHING = "{}"

F, A, J = fact.c, command.c, job.c
_BLANK = {
    "kind": ERASED,
    "conversation_id": null(),
    "customer_id": null(),
    "audience": NOBODY,
    "data": _NOTHING,
}
_FIRST = Prepared(select(func.min(F.seq)).where(F.customer_id == bindparam("one")))
_OF_CUSTOMER = Prepared(update(fact).where(F.customer_id == bindparam("one")).values(**_BLANK))
_OF_CONVERSATIONS = Prepared(
    update(fact).where(F.seq >= bindparam("first"), F.conversation_id.in_(places(_SOME))).values(**_BLANK)
)
_SAYING = Prepared(
    update(fact).where(F.seq >= bindparam("first"), F.data.in_(places(_SOME))).values(**_BLANK)
)
_OF_VISITOR = Prepared(command.delete().where(A.actor == bindparam("whose")))
_EMPTY = Prepared(
    update(command)
    .where(A.actor == bindparam("whose"), A.client_id == bindparam("id"))
    .values(result=_NOTHING)
)
_JOBS = Prepared(select(J.id, J.data))
_DROP_JOB = Prepared(job.delete().where(J.id == bindparam("one")))


def _page(goes_on: bool) -> Select[tuple[str, str, str]]:
    key = tuple_(A.actor, A.client_id)
    query = select(A.actor, A.client_id, A.result).where(A.at >= bindparam("since"), A.result != _NOTHING)
    query = query.where(or_(A.actor.like("agent:%"), A.actor.like("system:%")))
    query = query.order_by(A.actor, A.client_id).limit(bindparam("page", _PAGE))
    return query.where(key > tuple_(bindparam("actor"), bindparam("client_id"))) if goes_on else query


_ANSWERS, _MORE_ANSWERS = Prepared(_page(False)), Prepared(_page(True))


def first_fact(view: Reading, customers: Collection[str]) -> int:
    """The number of the oldest fact of any of them; 0: there is none."""
    found = (view.value(_FIRST, one=one) for one in customers)
    return min((seq for seq in found if seq is not None), default=0)


def facts(
    tx: Tx,
    customers: Collection[str],
    conversations: Sequence[str],
    *,
    saying: Sequence[str] = (),
    first: int = 0,
) -> int:
    """Facts about these keep their number and say nothing, from the number `first` on; how many. `saying`:
    the whole data of facts that are about nobody.
    """
    gone_customers, gone = set(customers), set(conversations)
    exactly = {one.encode() for one in saying}
    tx.unsay(lambda one: _is_about(one, gone_customers, gone) or one.data in exactly)
    count = sum(tx.run(_OF_CUSTOMER, one=one) for one in sorted(gone_customers))
    for some in packs(conversations, _SOME):
        count += tx.run(_OF_CONVERSATIONS, first=first, **some)
    for some in packs(saying, _SOME):
        count += tx.run(_SAYING, first=first, **some)
    return count


def _is_about(one: Fact, customers: Collection[str], conversations: Collection[str]) -> bool:
    return one.customer_id in customers or one.conversation_id in conversations


def answers(tx: Tx, senders: Collection[str], ids: Collection[str], since: int) -> int:
    """What these senders were answered goes; of what the team was answered since then, whatever names one of
    the ids says nothing any more. How many.
    """
    tx.write_answers()
    count = sum(tx.run(_OF_VISITOR, whose=one) for one in senders)
    named = frozenset(ids)
    rows = tx.all(_ANSWERS, since=since, page=_PAGE)
    while rows:
        found = [
            {"whose": actor, "id": id}
            for actor, id, result in rows
            if not named.isdisjoint(_ID.findall(result))
        ]
        tx.many(_EMPTY, found)
        count += len(found)
        last = rows[-1]
        rows = tx.all(_MORE_ANSWERS, since=since, page=_PAGE, actor=last[0], client_id=last[1])
    return count


def jobs(tx: Tx, ids: Collection[str]) -> int:
    """Jobs that name one of these; how many."""
    named = frozenset(ids)
    found = [id for id, data in tx.all(_JOBS) if not named.isdisjoint(_ID.findall(data))]
    tx.many(_DROP_JOB, [{"one": id} for id in found])
    return len(found)
