"""Conversations that are erased: everything said and noted in them goes, and the counts with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Column, Delete, Text, bindparam, delete, select

from frontdesk.base.db import Reading, Tx
from frontdesk.base.sql import Prepared
from frontdesk.people.model import Actor
from frontdesk.talk import conversations, events, list_events, listed, read, read_notes
from frontdesk.talk.model import Conversation, OpenGone
from frontdesk.talk.tables import (
    attachment,
    conversation,
    happening,
    labelling,
    listing,
    mention,
    message,
    note,
    own_labelling,
    reading,
    star,
    thread,
    thread_reading,
    wording,
)

C, M, L = conversation.c, message.c, listing.c
_ONE = bindparam("one", type_=Text)
_OF_CUSTOMER = Prepared(select(C.id).where(C.customer_id == _ONE).order_by(C.id))
_CLOSED = Prepared(
    select(C.id)
    .where(C.closed == 1, C.last_at < bindparam("before"))
    .order_by(C.last_at)
    .limit(bindparam("some", 20))
)
_IS_CLOSED = Prepared(select(C.id).where(C.id == _ONE, C.closed == 1, C.last_at < bindparam("before")))
_BEHIND = Prepared(select(C.customer_id, C.started_at).where(C.id == _ONE))
_MESSAGES = select(M.id).where(M.conversation_id == _ONE)
_NOTES = select(note.c.id).where(note.c.conversation_id == _ONE)
_THREADS = select(thread.c.id).where(thread.c.note_id.in_(_NOTES))
_FILES = Prepared(select(attachment.c.id).where(attachment.c.message_id.in_(_MESSAGES)))
_OF_NO_MESSAGE = (attachment.c.uploader == bindparam("whose"), attachment.c.message_id.is_(None))
_UNSENT = Prepared(select(attachment.c.id).where(*_OF_NO_MESSAGE))
_FORGET_UNSENT = Prepared(attachment.delete().where(*_OF_NO_MESSAGE))
_LISTS = Prepared(select(L.list).where(L.conversation_id == _ONE).order_by(L.list))
_CALLED = Prepared(
    select(mention.c.agent_id)
    .where(mention.c.conversation_id == _ONE, mention.c.looked_at.is_(None))
    .distinct()
    .order_by(mention.c.agent_id)
)
_HELD = Prepared(select(M.id).where(M.conversation_id == _ONE))
_NOTED = Prepared(_NOTES)


def _gone(column: Column[str]) -> Delete:
    return delete(column.table).where(column == _ONE)


# In an order in which nothing is left that belongs to what is gone.
_DELETE = {
    "files": Prepared(delete(attachment).where(attachment.c.message_id.in_(_MESSAGES))),
    "worn": Prepared(_gone(labelling.c.conversation_id)),
    "own": Prepared(_gone(own_labelling.c.conversation_id)),
    "stars": Prepared(_gone(star.c.conversation_id)),
    "listed": Prepared(_gone(L.conversation_id)),
    "read": Prepared(_gone(reading.c.conversation_id)),
    "called": Prepared(_gone(mention.c.conversation_id)),
    "threads read": Prepared(delete(thread_reading).where(thread_reading.c.note_id.in_(_NOTES))),
    "wordings": Prepared(delete(wording).where(wording.c.of_id.in_(_NOTES.union(_THREADS)))),
    "threads": Prepared(delete(thread).where(thread.c.note_id.in_(_NOTES))),
    "notes": Prepared(_gone(note.c.conversation_id)),
    "happenings": Prepared(_gone(happening.c.conversation_id)),
    "messages": Prepared(_gone(M.conversation_id)),
    "conversations": Prepared(_gone(C.id)),
}


@dataclass(frozen=True, slots=True)
class Erased:
    """How many rows of each kind; `open`: where counts fell."""

    counts: dict[str, int]
    open: tuple[OpenGone, ...]


def of_customer(view: Reading, customer_id: str) -> list[str]:
    return [id for (id,) in view.all(_OF_CUSTOMER, one=customer_id)]


def behind(view: Reading, ids: Sequence[str]) -> tuple[list[str], int]:
    """Whose conversations these are, and when the first of them began."""
    found = [row for one in ids for row in view.all(_BEHIND, one=one)]
    return sorted({row[0] for row in found}), min((row[1] for row in found), default=0)


def is_closed(view: Reading, conversation_id: str, before: int) -> bool:
    """And nothing was said in it since `before`."""
    return view.first(_IS_CLOSED, one=conversation_id, before=before) is not None


def closed_before(view: Reading, before: int, some: int = 20) -> list[str]:
    """Some of the conversations that are closed and in which nothing was said since, oldest first."""
    return [id for (id,) in view.all(_CLOSED, before=before, some=some)]


def unsent_files(view: Reading, customer_id: str) -> list[str]:
    """What they uploaded and sent in no message."""
    return [id for (id,) in view.all(_UNSENT, whose=Actor("customer", customer_id).key)]


def forget_unsent(tx: Tx, customer_id: str) -> None:
    """The bytes are to follow."""
    tx.run(_FORGET_UNSENT, whose=Actor("customer", customer_id).key)


def files_in(view: Reading, ids: Sequence[str]) -> list[str]:
    """Whose bytes are to follow."""
    return [file for one in ids for (file,) in view.all(_FILES, one=one)]


def said_in(view: Reading, ids: Sequence[str]) -> list[str]:
    """The ids of messages and notes."""
    return [id for one in ids for query in (_HELD, _NOTED) for (id,) in view.all(query, one=one)]


def erase(tx: Tx, ids: Sequence[str]) -> Erased:
    """Rows that other rooms keep of them must be gone before, and facts about them say nothing any more."""
    found = [one for one in (read.find_conversation(tx, id) for id in ids) if one is not None]
    opened = tuple(_uncounted(tx, one) for one in found if not one.closed)
    called = {one.id: [agent_id for (agent_id,) in tx.all(_CALLED, one=one.id)] for one in found}
    counts = {name: sum(tx.run(gone, one=one.id) for one in found) for name, gone in _DELETE.items()}
    for conversation_id, agents in called.items():
        for agent_id in agents:
            left = read_notes.open_calls(tx, agent_id)
            tx.emit(events.MentionChanged(conversation_id, agent_id, None, left))
    return Erased(counts, opened)


def _uncounted(tx: Tx, one: Conversation) -> OpenGone:
    """Counted nowhere any more; whoever counts for themselves alone is told."""
    for place in conversations.counted_in(one.was):
        listed.count(tx, place, -1)
    for (its_list,) in tx.all(_LISTS, one=one.id):
        listed.count(tx, listed.counted_as(its_list), -1)
        _, _, rest = its_list.partition(":")
        if rest:
            agent_id, _, label_id = rest.partition(":")
            open_ = listed.open_in(tx, its_list)
            tx.emit(list_events.OwnCountChanged(agent_id, label_id or None, open_))
    return OpenGone(one.owner_id, one.team_id, one.snoozed_until is not None, one.labels)
