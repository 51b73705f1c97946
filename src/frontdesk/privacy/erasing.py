"""Erasing: everything of a customer, in every room, in one transaction. What is left in files after that (the
bytes of uploads, pages of the database that are free now) a job cleans: `traces.py`.
"""

from collections.abc import Sequence

from frontdesk.base import erasing as ground
from frontdesk.base.access import require
from frontdesk.base.db import Reading, Tx
from frontdesk.base.errors import Invalid
from frontdesk.notify import notices
from frontdesk.people import erasing as people
from frontdesk.people import merging
from frontdesk.people.access import may_manage
from frontdesk.people.events import HistoryChanged
from frontdesk.people.model import Actor
from frontdesk.presence import visits
from frontdesk.privacy import jobs
from frontdesk.search import index
from frontdesk.suggest import forget
from frontdesk.suggest.events import CustomerForgotten
from frontdesk.talk import erasing as talk
from frontdesk.talk.erasing import Erased
from frontdesk.talk.events import ConversationsErased, CustomerErased

Report = dict[str, int]


def erase_customer(tx: Tx, actor: Actor, name: str, *, customer_id: str) -> dict[str, Report]:
    """With everybody who turned out to be them. `name` is what they are called, typed by who erases them; it
    is kept nowhere. How much was erased; of somebody who is erased already, how much it was. Raises Invalid
    for another name, Missing.
    """
    require(may_manage(actor))
    kept = people.find_report(tx, customer_id)
    if kept is not None and not people.is_here(tx, customer_id):
        return {"report": kept}
    one = merging.last(tx, customer_id)
    if " ".join(name.split()).casefold() != " ".join(one.called.split()).casefold():
        raise Invalid(
            "This is not what they are called.", fields={"name": "Type the name as it stands there"}
        )
    return {"report": _erased(tx, one.id, actor.id if actor.kind == "agent" else None)}


def erase_by_id(tx: Tx, customer_id: str) -> Report:
    """For the command line. Raises Missing."""
    return _erased(tx, merging.last(tx, customer_id).id, None)


def erase_again(tx: Tx, customer_id: str, agent_id: str | None) -> Report | None:
    """Somebody who was erased and came back with a backup; None: they did not."""
    if not people.is_here(tx, customer_id):
        people.bury(tx, [customer_id], agent_id, {})
        return None
    return _erased(tx, merging.last(tx, customer_id).id, agent_id)


def _erased(tx: Tx, id: str, agent_id: str | None) -> Report:
    ids = merging.everyone(tx, id)
    linked, browsers = people.linked(tx, ids), people.browsers(tx, ids)
    conversations = [one for whose in ids for one in talk.of_customer(tx, whose)]
    for one in linked:
        tx.emit(CustomerForgotten(one))
    for one in ids:
        forget.forget_customer(tx, one)
        index.forget_customer(tx, one)
    seen = sum(visits.forget_customer(tx, one) for one in ids)
    unsent = [file for one in ids for file in talk.unsent_files(tx, one)]
    files = [*talk.files_in(tx, conversations), *unsent]
    senders, since = [f"visitor:{one}" for one in people.tokens(tx, ids)], people.born(tx, ids)
    first = ground.first_fact(tx, linked)
    gone = _conversations(
        tx, conversations, customers=ids, files=files, senders=senders, since=since, first=first
    )
    of_people = people.erase(tx, ids)
    report = _report(gone, of_people, seen, len(files))
    people.bury(tx, ids, agent_id, report)
    tx.emit(CustomerErased(id, tuple(conversations), gone.open))
    for one in ids:
        tx.emit(HistoryChanged(one))
    jobs.clean(tx, files, ids, browsers)
    return report


def erase_conversations(tx: Tx, ids: Sequence[str]) -> int:
    """Conversations that the company keeps no longer; how many. Their customers stay."""
    if not ids:
        return 0
    customers, since = talk.behind(tx, ids)
    for one in customers:
        tx.emit(CustomerForgotten(one))
        tx.emit(HistoryChanged(one))
    index.forget_conversations(tx, ids)
    files, first = talk.files_in(tx, ids), ground.first_fact(tx, customers)
    gone = _conversations(tx, list(ids), files=files, since=since, first=first)
    tx.emit(ConversationsErased(tuple(ids)))
    jobs.clean_by_night(tx, files)
    return gone.counts["conversations"]


def due(view: Reading, before: int, some: int = 200) -> list[str]:
    """Some of what was closed and in which nothing was said since `before`, oldest first."""
    return talk.closed_before(view, before, some)


def erase_due(tx: Tx, ids: Sequence[str], before: int) -> int:
    """Those of `due` that nobody has opened again meanwhile; how many."""
    return erase_conversations(tx, [one for one in ids if talk.is_closed(tx, one, before)])


def _conversations(
    tx: Tx,
    ids: list[str],
    *,
    customers: Sequence[str] = (),
    files: Sequence[str] = (),
    senders: Sequence[str] = (),
    since: int,
    first: int,
) -> Erased:
    """With what was told and answered of them: since that moment, from that number on."""
    forget.forget_conversations(tx, ids)
    forget.forget_state(tx)
    named = {*ids, *customers, *files, *talk.said_in(tx, ids)}
    uploads = [f'{{"file_id":"{file}"}}' for file in files]
    ground.facts(tx, customers, ids, saying=uploads, first=first)
    ground.answers(tx, senders, named, since)
    ground.jobs(tx, named)
    notices.forget(tx, ids)
    return talk.erase(tx, ids)


def _report(gone: Erased, of_people: dict[str, int], seen: int, files: int) -> Report:
    counted = gone.counts
    return {
        "conversations": counted["conversations"],
        "messages": counted["messages"],
        "notes": counted["notes"] + counted["threads"],
        "files": files,
        "visits": seen,
        "identities": of_people["identities"],
        "changes": of_people["changes"],
        "customers": of_people["customers"],
    }
