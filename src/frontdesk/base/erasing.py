"""What the ground floor keeps of somebody: facts, kept answers to commands, jobs. All of it goes.

To find it the whole log and all that was ever answered have to be looked through. That is done beside the
writer, before: the transaction looks at what came since.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, func, null, select, tuple_, update

from frontdesk.base.clock import MINUTE
from frontdesk.base.db import Reading, Tx
from frontdesk.base.log import ERASED, NOBODY, Fact
from frontdesk.base.sql import Prepared, packs, places
from frontdesk.base.tables import command, fact, job

_SOME = 200
_PAGE = 2_000
# An answer bears the moment at which its verb ran; its group commits later, perhaps in another process.
_SLACK = 5 * MINUTE
_ID = re.compile(r"[0-9a-z]{26}")
# In an answer an id is a value of its own; so it is found ten times as fast.
_QUOTED_ID = re.compile(r'"([0-9a-z]{26})"')
_NOTHING = "{}"
# Whose answers name others: visitors' go as a whole.
_SPEAKERS = ("agent:", "system:")

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
_THOSE = Prepared(update(fact).where(F.seq.in_(places(_SOME))).values(**_BLANK))
_NUMBERS = select(F.seq, F.customer_id).where(F.seq >= bindparam("first"))
_OF_CONVERSATIONS = Prepared(_NUMBERS.where(F.conversation_id.in_(places(_SOME))))
_SAYING = Prepared(_NUMBERS.where(F.data.in_(places(_SOME))))
_OF_VISITOR = Prepared(command.delete().where(A.actor == bindparam("whose")))
_EMPTY = Prepared(
    update(command)
    .where(A.actor == bindparam("whose"), A.client_id.in_(places(_SOME)))
    .values(result=_NOTHING)
)
_JOBS = Prepared(select(J.id, J.data))
_DROP_JOB = Prepared(job.delete().where(J.id == bindparam("one")))
_PAGES = (
    select(A.actor, A.client_id, A.result)
    .where(A.at >= bindparam("since"), A.result != _NOTHING)
    .where(tuple_(A.actor, A.client_id) > tuple_(bindparam("actor"), bindparam("client_id")))
    .order_by(A.actor, A.client_id)
    .limit(bindparam("page", _PAGE))
)
# The order of texts in PostgreSQL is the operator's, and may leave colons out.
_ANSWERS = Prepared(
    _PAGES.where(A.actor < bindparam("beyond")), postgresql=_PAGES.where(A.actor.like(bindparam("like")))
)


@dataclass(frozen=True, slots=True)
class Found:
    """What names them: facts by number up to the log's `head`, kept answers by their keys up to `at`.
    `is_all`: found within the transaction, so nothing can be newer.
    """

    head: int
    at: int
    is_all: bool
    facts: tuple[int, ...]
    answers: tuple[tuple[str, str], ...]


def find(
    view: Reading,
    conversations: Sequence[str],
    ids: Collection[str],
    *,
    customers: Collection[str] = (),
    saying: Sequence[str] = (),
    first: int = 0,
    since: int = 0,
) -> Found:
    """Facts from the number `first` on about these conversations, or of which `saying` are the whole data,
    but for those about the customers, which are found quickly; and answers since that moment that name an id.
    """
    if is_all := isinstance(view, Tx):
        view.write_answers()
    numbers = _numbers(view, conversations, customers, saying, first)
    return Found(view.head(), view.now, is_all, tuple(numbers), tuple(_naming(view, ids, since)))


def _numbers(
    view: Reading,
    conversations: Sequence[str],
    customers: Collection[str],
    saying: Sequence[str],
    first: int,
) -> Iterator[int]:
    for query, values in ((_OF_CONVERSATIONS, conversations), (_SAYING, saying)):
        for some in packs(values, _SOME):
            rows = view.all(query, first=first, **some)
            yield from (seq for seq, customer_id in rows if customer_id not in customers)


def _naming(view: Reading, ids: Collection[str], since: int) -> Iterator[tuple[str, str]]:
    named = frozenset(ids)
    for kind in _SPEAKERS:
        # A semicolon comes next to a colon.
        asked = {"since": since, "page": _PAGE, "beyond": f"{kind[:-1]};", "like": f"{kind}%"}
        rows = view.all(_ANSWERS, **asked, actor=kind, client_id="")
        while rows:
            for actor, id, result in rows:
                if not named.isdisjoint(_QUOTED_ID.findall(result)):
                    yield actor, id
            rows = view.all(_ANSWERS, **asked, actor=rows[-1][0], client_id=rows[-1][1])


def first_fact(view: Reading, customers: Collection[str]) -> int:
    """The number of the oldest fact of any of them; 0: there is none."""
    found = (view.value(_FIRST, one=one) for one in customers)
    return min((seq for seq in found if seq is not None), default=0)


def facts(
    tx: Tx,
    customers: Collection[str],
    conversations: Sequence[str],
    found: Found,
    *,
    saying: Sequence[str] = (),
) -> None:
    """Facts about these keep their number and say nothing. `saying`: the whole data of facts that are about
    nobody.
    """
    gone_customers, gone = set(customers), set(conversations)
    exactly = {one.encode() for one in saying}
    tx.unsay(lambda one: _is_about(one, gone_customers, gone) or one.data in exactly)
    for one in sorted(gone_customers):
        tx.run(_OF_CUSTOMER, one=one)
    newer = _numbers(tx, conversations, gone_customers, saying, found.head + 1)
    for some in packs([*found.facts, *newer], _SOME):
        tx.run(_THOSE, **some)


def _is_about(one: Fact, customers: Collection[str], conversations: Collection[str]) -> bool:
    return one.customer_id in customers or one.conversation_id in conversations


def answers(tx: Tx, senders: Collection[str], ids: Collection[str], found: Found) -> None:
    """What these senders were answered goes; what the team was answered that names one of the ids says
    nothing any more.
    """
    tx.write_answers()
    for one in senders:
        tx.run(_OF_VISITOR, whose=one)
    newer = () if found.is_all else _naming(tx, ids, found.at - _SLACK)
    by_actor = defaultdict[str, list[str]](list)
    for actor, id in (*found.answers, *newer):
        by_actor[actor].append(id)
    for actor, ids_of in by_actor.items():
        for some in packs(ids_of, _SOME):
            tx.run(_EMPTY, whose=actor, **some)


def jobs(tx: Tx, ids: Collection[str]) -> int:
    """Jobs that name one of these; how many."""
    named = frozenset(ids)
    found = [id for id, data in tx.all(_JOBS) if not named.isdisjoint(_ID.findall(data))]
    tx.many(_DROP_JOB, [{"one": id} for id in found])
    return len(found)
