"""Messages: what an agent answers and what a customer writes."""

from dataclasses import replace

from sqlalchemy import bindparam, func, update

from frontdesk.base.access import Allowed, require
from frontdesk.base.db import Tx
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared
from frontdesk.people import read as people
from frontdesk.people.model import Actor, CustomerBrief
from frontdesk.talk import attachments, conversations, events, listed, read
from frontdesk.talk.access import may_read, may_reply
from frontdesk.talk.model import Conversation, Message, Said, Side, excerpt, message_text
from frontdesk.talk.tables import conversation, message

C = conversation.c
_SAID = {
    "last_position": C.last_position + 1,
    "last_said_position": C.last_position + 1,
    "last_at": bindparam("at"),
    "last_said_at": bindparam("at"),
    "last_by": bindparam("by"),
    "last_agent_id": bindparam("agent"),
    "last_text": bindparam("words"),
    "last_file": bindparam("file"),
}
# Asks nothing before: almost every message goes into an open conversation of the customer's own.
_ASKED = Prepared(
    update(conversation)
    .where(C.id == bindparam("one"), C.customer_id == bindparam("customer"), C.closed == 0)
    .values(**_SAID, asked_position=C.last_position + 1, customer_saw=C.last_position + 1, customer_unread=0)
    .returning(*read.COLUMNS, C.listed)
)
_ANSWERED = Prepared(
    update(conversation)
    .where(C.id == bindparam("one"))
    .values(
        **_SAID,
        customer_unread=C.customer_unread + 1,
        answered_at=func.coalesce(C.answered_at, bindparam("at")),
    )
    .returning(*read.COLUMNS, C.listed)
)
_INSERT = Prepared(message.insert())


def send(
    tx: Tx,
    actor: Actor,
    client_id: str,
    *,
    conversation_id: str,
    text: str,
    files: list[str],
    as_new: bool = False,
) -> Said:
    """An agent's answer. An unassigned conversation becomes theirs, a closed one opens again; in a
    colleague's, `as_new` starts a conversation of their own. Raises Conflict when a colleague was first.
    """
    kept = message_text(text, len(files))
    one = read.get_conversation(tx, actor, conversation_id)
    one = _answerable(tx, actor, one, as_new)
    said = _say(tx, actor, one.id, one.customer, kept, files, client_id)
    assert said is not None, "the conversation was read in this transaction"
    tx.emit(events.AgentReplied(said.conversation, one.was, said.message))
    return said


def _answerable(tx: Tx, actor: Actor, one: Conversation, as_new: bool) -> Conversation:
    if one.owner_id is not None and not people.is_at_work(tx, one.owner_id):
        one = conversations.release(tx, one)
    if isinstance(may_reply(actor, one.owner_id), Allowed):
        if one.closed:
            one = conversations.reopened(tx, one, actor)
        return conversations.take(tx, one, actor.id) if one.owner_id is None else one
    require(may_read(actor, one.customer.id))
    if not as_new:
        raise conversations.taken_by(one.owner_id)
    return conversations.continued(tx, one, actor.id)


def receive(
    tx: Tx,
    customer: CustomerBrief,
    client_id: str,
    *,
    channel: str,
    conversation_id: str | None,
    start: str | None,
    text: str,
    files: list[str],
    team_id: str | None = None,
) -> Said:
    """A customer's message, into the conversation named, or into the one that `start` stands for. A new one
    waits in the queue of `team_id`.
    """
    kept = message_text(text, len(files))
    actor = Actor("customer", customer.id)
    into = conversation_id or _begun(tx, customer, channel, start, team_id)
    said = _say(tx, actor, into, customer, kept, files, client_id)
    if said is None:
        conversations.reopened(tx, read.get_conversation(tx, actor, into), actor)
        said = _say(tx, actor, into, customer, kept, files, client_id)
    assert said is not None, "the conversation was opened in this transaction"
    # A message alone moves a conversation nowhere: where it is now it was before; but who writes wakes it.
    was = said.conversation.was
    if was.snoozed:
        said = replace(said, conversation=conversations.awake(tx, said.conversation))
    tx.emit(events.CustomerWrote(said.conversation, was, said.message))
    return said


def speak_first(
    tx: Tx, agent_id: str, customer: CustomerBrief, *, channel: str, start: str, text: str
) -> Said:
    """A conversation that the agent begins, whose it is then."""
    kept = message_text(text, 0)
    one = conversations.start(tx, customer, channel, start=start, owner_id=agent_id)
    said = _say(tx, Actor("agent", agent_id), one.id, customer, kept, [], new_id())
    assert said is not None, "the conversation was begun in this transaction"
    tx.emit(events.AgentReplied(said.conversation, one.was, said.message))
    return said


def _begun(tx: Tx, customer: CustomerBrief, channel: str, start: str | None, team_id: str | None) -> str:
    found = read.find_started_as(tx, customer.id, start) if start else None
    return (found or conversations.start(tx, customer, channel, start=start, team_id=team_id)).id


def _say(
    tx: Tx,
    actor: Actor,
    conversation_id: str,
    customer: CustomerBrief,
    text: str,
    files: list[str],
    client_id: str,
) -> Said | None:
    """None, and nothing is said: the conversation is closed, or not this customer's."""
    by: Side = "agent" if actor.kind == "agent" else "customer"
    agent_id = actor.id if by == "agent" else None
    attached = attachments.mine(tx, actor, files)
    row = tx.first(
        _ANSWERED if by == "agent" else _ASKED,
        one=conversation_id,
        customer=customer.id,
        at=tx.now,
        by=by,
        agent=agent_id,
        words=excerpt(text),
        file=attached[0].name if attached else None,
    )
    if row is None:
        return None
    after = read.as_conversation(row, customer)
    if row[-1]:
        listed.moved(tx, after)
    said = Message(new_id(), after.id, after.last_position, tx.now, by, agent_id, text, attached, client_id)
    tx.run(
        _INSERT,
        id=said.id,
        conversation_id=said.conversation_id,
        position=said.position,
        at=said.at,
        by=by,
        agent_id=agent_id,
        text=text,
        client_id=client_id,
    )
    attachments.attach(tx, actor, files, said.id)
    return Said(said, after)
