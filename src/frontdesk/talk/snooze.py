"""Snoozing: a conversation leaves its owner's inbox until a moment, and comes back on top of it."""

from dataclasses import replace

from sqlalchemy import bindparam, update

from frontdesk.base.access import require
from frontdesk.base.clock import DAY
from frontdesk.base.db import Tx
from frontdesk.base.errors import Invalid
from frontdesk.base.sql import Prepared
from frontdesk.people.model import Actor
from frontdesk.talk import conversations, list_events, read
from frontdesk.talk.access import may_snooze
from frontdesk.talk.model import Conversation
from frontdesk.talk.tables import conversation

C = conversation.c
FARTHEST = 366 * DAY
_SLEEP = Prepared(
    update(conversation).where(C.id == bindparam("one")).values(snoozed_until=bindparam("until"))
)
_ON_TOP = Prepared(update(conversation).where(C.id == bindparam("one")).values(last_at=bindparam("at")))


def snooze(tx: Tx, actor: Actor, *, conversation_id: str, until: int | None) -> dict[str, object]:
    """Until that moment, or None: back now. Raises Refused for what is not the actor's."""
    one = read.get_conversation(tx, actor, conversation_id)
    require(may_snooze(actor, one.owner_id), "conversation")
    if until == one.snoozed_until:
        return {}
    if until is None:
        _woken(tx, one)
        return {}
    if one.closed:
        raise Invalid("A closed conversation is not in the inbox.")
    if not tx.now < until <= tx.now + FARTHEST:
        raise Invalid("This moment cannot be chosen.", fields={"until": "Within a year from now"})
    tx.run(_SLEEP, one=one.id, until=until)
    after = replace(one, snoozed_until=until)
    conversations.recount(tx, one.was, after)
    tx.emit(list_events.ConversationSnoozed(after, one.was))
    return {}


def wake(tx: Tx, conversation_id: str, until: int) -> Conversation | None:
    """Its time has come; None when it was woken, or put to sleep anew, before."""
    one = read.find_conversation(tx, conversation_id)
    return _woken(tx, one) if one is not None and one.snoozed_until == until else None


def _woken(tx: Tx, one: Conversation) -> Conversation:
    tx.run(_ON_TOP, one=one.id, at=tx.now)
    after = conversations.awake(tx, replace(one, last_at=tx.now))
    tx.emit(list_events.ConversationWoke(after, one.was))
    return after
