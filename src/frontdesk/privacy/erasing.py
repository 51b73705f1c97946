"""Erasing: everything of a customer, in every room, in one transaction. What takes long to find is looked up
before, beside the writer, so that nobody waits for it (`look_ahead`); the transaction looks at what came
since. What is left in files after that (the bytes of uploads, pages of the database that are free now) a job
cleans: `traces.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

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
from frontdesk.search import index, past
from frontdesk.search.index import Entered
from frontdesk.suggest import forget
from frontdesk.suggest.events import CustomerForgotten
from frontdesk.talk import erasing as talk
from frontdesk.talk.erasing import Erased
from frontdesk.talk.events import ConversationsErased, CustomerErased

Report = dict[str, int]


@dataclass(frozen=True, slots=True)
class Ahead:
    """Whose it is, and what was found. `entries` None: the past is still being indexed and may bring more."""

    customers: tuple[str, ...]
    conversations: frozenset[str]
    found: ground.Found
    entries: list[Entered] | None

    def is_of(self, customers: Sequence[str], conversations: Sequence[str]) -> bool:
        """Whether nothing came to them since, or went to somebody else."""
        return self.customers == tuple(customers) and self.conversations == frozenset(conversations)


def look_ahead(view: Reading, customer_id: str) -> Ahead | None:
    """None for who is not there. It may take seconds: there is no index for all that is erased once."""
    if not people.is_here(view, customer_id):
        return None
    ids = merging.everyone(view, merging.last(view, customer_id).id)
    return _ahead(view, ids, _talks(view, ids))


def _ahead(view: Reading, ids: Sequence[str], conversations: Sequence[str]) -> Ahead:
    first = ground.first_fact(view, people.linked(view, ids))
    files = _files(view, ids, conversations)
    found = ground.find(
        view,
        conversations,
        {*ids, *conversations, *files, *talk.said_in(view, conversations)},
        customers=ids,
        saying=_uploads(files),
        first=first,
        since=people.born(view, ids),
    )
    entries = None if past.is_left(view) else [one for id in ids for one in index.entered(view, id)]
    return Ahead(tuple(ids), frozenset(conversations), found, entries)


def _talks(view: Reading, ids: Sequence[str]) -> list[str]:
    return [one for whose in ids for one in talk.of_customer(view, whose)]


def _files(view: Reading, ids: Sequence[str], conversations: Sequence[str]) -> list[str]:
    unsent = [file for one in ids for file in talk.unsent_files(view, one)]
    return [*talk.files_in(view, conversations), *unsent]


def _uploads(files: Sequence[str]) -> list[str]:
    return [f'{{"file_id":"{file}"}}' for file in files]


def erase_customer(
    tx: Tx, actor: Actor, name: str, ahead: Ahead | None = None, *, customer_id: str
) -> dict[str, Report]:
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
    return {"report": _erased(tx, one.id, actor.id if actor.kind == "agent" else None, ahead)}


def erase_by_id(tx: Tx, customer_id: str, ahead: Ahead | None = None) -> Report:
    """For the command line. Raises Missing."""
    return _erased(tx, merging.last(tx, customer_id).id, None, ahead)


def erase_again(tx: Tx, customer_id: str, agent_id: str | None) -> Report | None:
    """Somebody who was erased and came back with a backup; None: they did not."""
    if not people.is_here(tx, customer_id):
        people.bury(tx, [customer_id], agent_id, {})
        return None
    return _erased(tx, merging.last(tx, customer_id).id, agent_id, None)


def _erased(tx: Tx, id: str, agent_id: str | None, ahead: Ahead | None) -> Report:
    ids = merging.everyone(tx, id)
    conversations = _talks(tx, ids)
    if ahead is None or not ahead.is_of(ids, conversations):
        ahead = _ahead(tx, ids, conversations)
    for one in people.linked(tx, ids):
        tx.emit(CustomerForgotten(one))
    browsers, files = people.browsers(tx, ids), _files(tx, ids, conversations)
    for one in ids:
        forget.forget_customer(tx, one)
        talk.forget_unsent(tx, one)
    _forget_words(tx, ids, ahead)
    seen = sum(visits.forget_customer(tx, one) for one in ids)
    senders = [f"visitor:{one}" for one in people.tokens(tx, ids)]
    named = {*ids, *conversations, *files, *talk.said_in(tx, conversations)}
    gone = _conversations(tx, conversations, named, ahead.found, customers=ids, files=files, senders=senders)
    of_people = people.erase(tx, ids)
    report = _report(gone, of_people, seen, len(files))
    people.bury(tx, ids, agent_id, report)
    tx.emit(CustomerErased(id, tuple(conversations), gone.open))
    for one in ids:
        tx.emit(HistoryChanged(one))
    jobs.clean(tx, files, ids, browsers)
    return report


def _forget_words(tx: Tx, ids: Sequence[str], ahead: Ahead) -> None:
    """What was indexed, and what was since: numbers follow those of facts."""
    if ahead.entries is None or past.is_left(tx):
        for one in ids:
            index.forget_customer(tx, one)
        return
    index.forget(tx, ahead.entries)
    for one in ids:
        index.forget_customer(tx, one, above=index.numbers_after(ahead.found.head))


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
    named = {*ids, *files, *talk.said_in(tx, ids)}
    found = ground.find(tx, ids, named, saying=_uploads(files), first=first, since=since)
    gone = _conversations(tx, list(ids), named, found, files=files)
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
    named: set[str],
    found: ground.Found,
    *,
    customers: Sequence[str] = (),
    files: Sequence[str] = (),
    senders: Sequence[str] = (),
) -> Erased:
    """With what was told and answered of them. `named`: the ids of whatever goes."""
    forget.forget_conversations(tx, ids)
    forget.forget_state(tx)
    ground.facts(tx, customers, ids, found, saying=_uploads(files))
    ground.answers(tx, senders, named, found)
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
