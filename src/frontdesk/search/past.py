"""What was there before search came: indexed in portions, newest first, beside everything else."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from sqlalchemy import bindparam, select, update

from frontdesk.base.db import Reading, Tx
from frontdesk.base.sql import Prepared
from frontdesk.people.customers import BRIEF, as_brief
from frontdesk.people.tables import customer
from frontdesk.search.index import Entry, customer_entry, enter, message_entries, note_entry
from frontdesk.search.spaces import PAST_STEP
from frontdesk.search.tables import search_past
from frontdesk.talk.tables import attachment, message, note, thread

JOB = "index_past"
_PORTION = 400
_KINDS = ("message", "note", "answer", "customer")

P, M, N, T = search_past.c, message.c, note.c, thread.c
_LEFT = Prepared(select(P.kind, P.before, P.number))
_ON = Prepared(
    update(search_past)
    .where(P.kind == bindparam("which"))
    .values(before=bindparam("last"), number=bindparam("next"))
)
_DONE = Prepared(search_past.delete().where(P.kind == bindparam("which")))


def _page(id: Any, *columns: Any) -> Any:
    return (
        select(id, *columns)
        .where(id < bindparam("before"))
        .order_by(id.desc())
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
_CUSTOMERS = Prepared(
    _page(customer.c.id, *BRIEF[1:], customer.c.created_at).where(customer.c.merged_into.is_(None))
)

Portion = tuple[list[Entry], list[str]]


def portion(tx: Tx) -> bool:
    """Indexes the next few; whether there may be more."""
    left = {kind: (before, number) for kind, before, number in tx.all(_LEFT)}
    kind = next((one for one in _KINDS if one in left), None)
    if kind is None:
        return False
    before, number = left[kind]
    entries, ids = _READ[kind](tx, before, number)
    enter(tx, entries)
    if len(ids) < _PORTION:
        tx.run(_DONE, which=kind)
    else:
        tx.run(_ON, which=kind, last=ids[-1], next=number - PAST_STEP * len(ids))
    return True


def is_left(view: Reading) -> bool:
    """Whether something of the past cannot be found yet."""
    return bool(view.all(_LEFT))


def _messages(tx: Tx, before: str, number: int) -> Portion:
    rows = tx.all(_MESSAGES, before=before, most=_PORTION)
    names = defaultdict[str, list[str]](list)
    if rows:
        for message_id, name in tx.all(_FILES, first=rows[-1][0], last=rows[0][0]):
            names[message_id].append(name)
    entries = [
        entry
        for place, (id, conversation_id, position, at, text, agent_id) in enumerate(rows)
        for entry in message_entries(
            number - PAST_STEP * place, at, conversation_id, position, text, agent_id, names[id]
        )
    ]
    return entries, [row[0] for row in rows]


def _noted(statement: Prepared) -> Callable[[Tx, str, int], Portion]:
    def read(tx: Tx, before: str, number: int) -> Portion:
        rows = tx.all(statement, before=before, most=_PORTION)
        entries = [
            note_entry(number - PAST_STEP * place, at, conversation_id, position, id, text, agent_id)
            for place, (id, conversation_id, position, at, text, agent_id) in enumerate(rows)
        ]
        return entries, [row[0] for row in rows]

    return read


def _customers(tx: Tx, before: str, number: int) -> Portion:
    rows = tx.all(_CUSTOMERS, before=before, most=_PORTION)
    entries = [
        customer_entry(number - PAST_STEP * place, row[5], row[0], as_brief(row[:5]).called)
        for place, row in enumerate(rows)
    ]
    return entries, [row[0] for row in rows]


_READ: dict[str, Callable[[Tx, str, int], Portion]] = {
    "message": _messages,
    "note": _noted(_NOTES),
    "answer": _noted(_ANSWERS),
    "customer": _customers,
}
