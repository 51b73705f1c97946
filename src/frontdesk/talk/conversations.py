"""A conversation's life: started, taken, closed, reopened, continued, read."""

from dataclasses import replace

from sqlalchemy import bindparam, func, null, select, update

from frontdesk.base.access import require
from frontdesk.base.db import Tx
from frontdesk.base.errors import Conflict
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared, upsert
from frontdesk.people import read as people
from frontdesk.people import teams
from frontdesk.people.model import Actor, CustomerBrief
from frontdesk.talk import events, listed, mentions, read
from frontdesk.talk.access import may_close
from frontdesk.talk.model import Conversation, Happening, Was, What
from frontdesk.talk.tables import conversation, happening, message, reading

C = conversation.c
_INSERT = Prepared(conversation.insert())
_HAPPEN = Prepared(happening.insert())
_TAKE = Prepared(
    update(conversation)
    .where(C.id == bindparam("one"), C.owner_id.is_(None))
    .values(owner_id=bindparam("agent"))
)
_OWNER = Prepared(select(C.owner_id).where(C.id == bindparam("one")))
_CLOSE = Prepared(
    update(conversation).where(C.id == bindparam("one"), C.closed == 0).values(closed=1, snoozed_until=null())
)
_REOPEN = Prepared(
    update(conversation)
    .where(C.id == bindparam("one"), C.closed == 1)
    .values(closed=0, owner_id=bindparam("agent"), team_id=bindparam("team"))
)
_RELEASE = Prepared(
    update(conversation)
    .where(C.id == bindparam("one"), C.owner_id == bindparam("agent"))
    .values(owner_id=null(), snoozed_until=null())
)
_WAKE = Prepared(update(conversation).where(C.id == bindparam("one")).values(snoozed_until=null()))
_OPEN_OF = Prepared(
    select(C.id).where(C.owner_id == bindparam("agent"), C.closed == 0).limit(bindparam("some", 100))
)
_STEP = Prepared(
    update(conversation)
    .where(C.id == bindparam("one"))
    .values(last_position=C.last_position + 1)
    .returning(C.last_position)
)
_TEAM_SAW = Prepared(
    update(conversation)
    .where(C.id == bindparam("one"), C.team_saw < bindparam("position"))
    .values(team_saw=bindparam("position"))
)
_CUSTOMER_SAW = Prepared(
    update(conversation)
    .where(C.id == bindparam("one"), C.customer_saw < bindparam("position"))
    .values(customer_saw=bindparam("position"), customer_unread=bindparam("unread"))
)
_UNSEEN = Prepared(
    select(func.count())
    .select_from(message)
    .where(
        message.c.conversation_id == bindparam("one"),
        message.c.position > bindparam("position"),
        message.c.by == "agent",
    )
)
_READ = upsert(reading, ["agent_id", "conversation_id"], ["position"])
_HOW_FAR = Prepared(
    select(reading.c.position).where(
        reading.c.agent_id == bindparam("agent"), reading.c.conversation_id == bindparam("one")
    )
)


def start(
    tx: Tx,
    customer: CustomerBrief,
    channel: str,
    *,
    start: str | None = None,
    owner_id: str | None = None,
    team_id: str | None = None,
) -> Conversation:
    """A new, open conversation. With `start`, the client's own id for it, there is only ever one."""
    one = Conversation(
        new_id(), customer, channel, owner_id, False, tx.now, tx.now, None, 0, 0, 0, 0, 0, start, team_id,
        None, (),
    )  # fmt: skip
    tx.run(_INSERT, **_columns(one))
    recount(tx, None, one)
    tx.emit(events.ConversationStarted(one, None))
    return one


def _columns(one: Conversation) -> dict[str, object]:
    return {
        "id": one.id, "customer_id": one.customer.id, "channel": one.channel, "owner_id": one.owner_id,
        "closed": 0, "started_at": one.started_at, "last_at": one.last_at, "last_by": None,
        "last_agent_id": None, "last_text": None, "last_file": None, "last_said_at": None,
        "last_said_position": None, "last_position": 0, "asked_position": 0, "customer_saw": 0,
        "team_saw": 0, "customer_unread": 0, "start": one.start, "answered_at": None, "team_id": one.team_id,
        "snoozed_until": None, "labels": "", "listed": 0,
    }  # fmt: skip


def take(tx: Tx, one: Conversation, agent_id: str) -> Conversation:
    """Makes an unassigned conversation the agent's. Raises Conflict naming who was first."""
    if tx.run(_TAKE, one=one.id, agent=agent_id) == 0:
        winner = tx.value(_OWNER, one=one.id)
        if winner == agent_id:
            return replace(one, owner_id=agent_id)
        raise taken_by(winner)
    line, after = happened(tx, one, "taken", agent_id)
    after = replace(after, owner_id=agent_id)
    recount(tx, one.was, after)
    tx.emit(events.ConversationTaken(after, one.was, line))
    return after


def taken_by(owner_id: str | None) -> Conflict:
    return Conflict("A colleague answered first.", data={"reason": "taken", "owner_id": owner_id})


def release(tx: Tx, one: Conversation) -> Conversation:
    """Back to Unassigned: its owner is gone."""
    if tx.run(_RELEASE, one=one.id, agent=one.owner_id) == 0:
        return one
    line, after = happened(tx, one, "released", one.owner_id)
    after = replace(after, owner_id=None, snoozed_until=None)
    recount(tx, one.was, after)
    tx.emit(events.ConversationReleased(after, one.was, line))
    return after


def awake(tx: Tx, one: Conversation) -> Conversation:
    """In its owner's inbox again."""
    tx.run(_WAKE, one=one.id)
    after = replace(one, snoozed_until=None)
    recount(tx, one.was, after)
    return after


def release_all(tx: Tx, agent_id: str) -> int:
    """Some of the open conversations of an agent who is gone; how many, 0 when there are no more."""
    if people.is_at_work(tx, agent_id):
        return 0
    found = [read.find_conversation(tx, id) for (id,) in tx.all(_OPEN_OF, agent=agent_id, some=100)]
    return len([release(tx, one) for one in found if one is not None])


def close(tx: Tx, actor: Actor, conversation_id: str) -> dict[str, Conversation]:
    """Closed; closing what is closed changes nothing."""
    one = read.get_conversation(tx, actor, conversation_id)
    require(may_close(actor))
    if tx.run(_CLOSE, one=one.id) == 0:
        return {"conversation": one}
    line, after = happened(tx, one, "closed", actor.id)
    after = replace(after, closed=True, snoozed_until=None)
    recount(tx, one.was, after)
    tx.emit(events.ConversationClosed(after, one.was, line))
    mentions.moved(tx, one.id)
    return {"conversation": after}


def reopen(tx: Tx, actor: Actor, conversation_id: str) -> dict[str, Conversation]:
    one = read.get_conversation(tx, actor, conversation_id)
    require(may_close(actor))
    return {"conversation": reopened(tx, one, actor)}


def reopened(tx: Tx, one: Conversation, actor: Actor) -> Conversation:
    """Open again, with its owner and in its queue, unless that agent or that team is gone."""
    owner_id = one.owner_id if one.owner_id and people.is_at_work(tx, one.owner_id) else None
    team_id = None if one.team_id is None or teams.is_retired(tx, one.team_id) else one.team_id
    if tx.run(_REOPEN, one=one.id, agent=owner_id, team=team_id) == 0:
        return one
    line, after = happened(tx, one, "reopened", actor.id if actor.kind == "agent" else None)
    after = replace(after, closed=False, owner_id=owner_id, team_id=team_id)
    recount(tx, one.was, after)
    tx.emit(events.ConversationReopened(after, one.was, line))
    mentions.moved(tx, one.id)
    return after


def continued(tx: Tx, one: Conversation, agent_id: str) -> Conversation:
    """A conversation is personal: a colleague who answers starts one of their own, linked both ways."""
    other = start(tx, one.customer, one.channel, owner_id=agent_id)
    line, after = happened(tx, one, "continued_in", agent_id, other.id)
    tx.emit(events.ConversationContinued(after, one.was, line))
    line, after = happened(tx, other, "continued_from", agent_id, one.id)
    tx.emit(events.ConversationContinued(after, other.was, line))
    return after


def read_to(tx: Tx, actor: Actor, conversation_id: str, position: int) -> dict[str, object]:
    """The agent has read up to here: personal for the list, and "Seen" for the customer."""
    one = read.get_conversation(tx, actor, conversation_id)
    require(may_close(actor))
    seen = min(position, one.last_position)
    if seen > (tx.value(_HOW_FAR, agent=actor.id, one=one.id) or 0):
        tx.run(_READ, agent_id=actor.id, conversation_id=one.id, position=seen)
        tx.emit(events.ConversationRead(one.id, actor.id, seen))
    if tx.run(_TEAM_SAW, one=one.id, position=seen):
        tx.emit(events.AgentSaw(one.id, one.customer.id, seen, actor.id))
    return {}


def seen_by_customer(tx: Tx, actor: Actor, conversation_id: str, position: int) -> dict[str, object]:
    one = read.get_conversation(tx, actor, conversation_id)
    seen = min(position, one.last_position)
    unread = tx.value(_UNSEEN, one=one.id, position=seen)
    if tx.run(_CUSTOMER_SAW, one=one.id, position=seen, unread=unread):
        tx.emit(events.CustomerSaw(one.id, one.customer.id, seen))
    return {}


def recount(tx: Tx, was: Was | None, after: Conversation) -> None:
    """What stands in lists or is counted there follows what has become of the conversation."""
    now = after.was
    if was == now:
        return
    if was is not None:
        listed.follow(tx, was, after)
    for place in counted_in(was):
        listed.count(tx, place, -1)
    for place in counted_in(now):
        listed.count(tx, place, 1)


def counted_in(was: Was | None) -> tuple[str, ...]:
    """The places of the tally."""
    if was is None or was.closed:
        return ()
    if was.owner_id is not None:
        return (read.snoozed_by(was.owner_id) if was.snoozed else was.owner_id,)
    return (read.UNASSIGNED,) if was.team_id is None else (read.UNASSIGNED, read.queue_of(was.team_id))


def happened(
    tx: Tx, one: Conversation, what: What, agent_id: str | None, other_id: str | None = None
) -> tuple[Happening, Conversation]:
    line = Happening(one.id, tx.value(_STEP, one=one.id), tx.now, what, agent_id, other_id)
    tx.run(
        _HAPPEN,
        conversation_id=one.id,
        position=line.position,
        at=line.at,
        what=what,
        agent_id=agent_id,
        other_id=other_id,
    )
    return line, replace(one, last_position=line.position)
