"""What was there before search came: indexed in portions, beside everything else. Oldest first: what
comes in growing order is written densely, half the room of the other way around.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select, update

from frontdesk.base.db import Reading, Tx
from frontdesk.base.sql import Prepared
from frontdesk.people.tables import customer
from frontdesk.search.index import (
    Entry,
    customer_entry,
    enter,
    is_entered,
    known,
    message_entries,
    note_entry,
)
from frontdesk.search.spaces import PAST_STEP
from frontdesk.search.tables import search_past
from frontdesk.talk.tables import attachment, message, note, thread

JOB = "index_past"
_PORTION = 400
_KINDS = ("message", "note", "answer", "customer")

P, M, N, T = search_past.c, message.c, note.c, thread.c
_LEFT = Prepared(select(P.kind, P.after, P.upto, P.number))
_ON = Prepared(
    update(search_past)
    .where(P.kind == bindparam("which"))
    .values(after=bindparam("last"), number=bindparam("next"))
)
_DONE = Prepared(search_past.delete().where(P.kind == bindparam("which")))


def _page(id: Any, *columns: Any) -> Any:
    return (
        select(id, *columns)
        .where(id > bindparam("after"), id <= bindparam("upto"))
        .order_by(id)
        .limit(bindparam("most", _PORTION))
    )


_MESSAGES = Prepared(_page(M.id, M.conversation_id, M.position, M.at, M.text, M.agent_id))
_FILES = Prepared(
    select(attachment.c.message_id, attachment.c.name)
    .where(attachment.c.message_id.between(bindparam("first"), bindparam("last")))
    .order_by(attachment.c.place)
)
_NOTES = Prepared(
    _page(N.id, N.conversation_id, N.position, N.at, N.text, N.agent_id).where(N.deleted_at.is_(None))
)
_ANSWERS = Prepared(
    _page(T.id, N.conversation_id, N.position, T.at, T.text, T.agent_id)
    .join(note, N.id == T.note_id)
    .where(T.deleted_at.is_(None))
)
_CUSTOMERS = Prepared(_page(customer.c.id, customer.c.created_at).where(customer.c.merged_into.is_(None)))

Portion = tuple[list[Entry], list[str]]


class Left(NamedTuple):
    """What is still to be indexed of a kind: the ids between, from `number` on."""

    after: str
    upto: str
    number: int

    def page(self) -> dict[str, Any]:
        return {"after": self.after, "upto": self.upto, "most": _PORTION}


def portion(tx: Tx) -> bool:
    """Indexes the next few; whether there may be more."""
    left = {kind: Left(*place) for kind, *place in tx.all(_LEFT)}
    kind = next((one for one in _KINDS if one in left), None)
    if kind is None:
        return False
    here = left[kind]
    entries, ids = _READ[kind](tx, here)
    enter(tx, entries)
    if len(ids) < _PORTION:
        tx.run(_DONE, which=kind)
    else:
        tx.run(_ON, which=kind, last=ids[-1], next=here.number + PAST_STEP * len(ids))
    return True


def is_left(view: Reading) -> bool:
    """Whether something of the past cannot be found yet."""
    return bool(view.all(_LEFT))


def _messages(tx: Tx, here: Left) -> Portion:
    rows = tx.all(_MESSAGES, **here.page())
    names = defaultdict[str, list[str]](list)
    if rows:
        for message_id, name in tx.all(_FILES, first=rows[0][0], last=rows[-1][0]):
            names[message_id].append(name)
    entries = [
        entry
        for place, (id, conversation_id, position, at, text, agent_id) in enumerate(rows)
        for entry in message_entries(
            here.number + PAST_STEP * place, at, conversation_id, position, text, agent_id, names[id]
        )
    ]
    return entries, [row[0] for row in rows]


def _noted(statement: Prepared) -> Callable[[Tx, Left], Portion]:
    def read(tx: Tx, here: Left) -> Portion:
        rows = tx.all(statement, **here.page())
        entries = [
            note_entry(here.number + PAST_STEP * place, at, conversation_id, position, id, text, agent_id)
            for place, (id, conversation_id, position, at, text, agent_id) in enumerate(rows)
        ]
        return entries, [row[0] for row in rows]

    return read


def _customers(tx: Tx, here: Left) -> Portion:
    """But for those who came back since: they are indexed already, with what is known of them now."""
    rows = tx.all(_CUSTOMERS, **here.page())
    entries = [
        customer_entry(here.number + PAST_STEP * place, created_at, id, found)
        for place, (id, created_at) in enumerate(rows)
        if not is_entered(tx, id) and (found := known(tx, id)) is not None
    ]
    return entries, [row[0] for row in rows]


_READ: dict[str, Callable[[Tx, Left], Portion]] = {
    "message": _messages,
    "note": _noted(_NOTES),
    "answer": _noted(_ANSWERS),
    "customer": _customers,
}
