"""Handing over: to a colleague, to a team's queue, back to Unassigned."""

from dataclasses import dataclass, replace

from sqlalchemy import bindparam, null, select, update

from frontdesk.base.access import require
from frontdesk.base.db import Tx
from frontdesk.base.errors import Invalid
from frontdesk.base.sql import Prepared
from frontdesk.people import read as people
from frontdesk.people import teams
from frontdesk.people.model import Actor
from frontdesk.talk import conversations, events, read
from frontdesk.talk.access import may_hand_over
from frontdesk.talk.model import Conversation, Happening, What
from frontdesk.talk.tables import conversation

C = conversation.c
_PORTION = 100
_HAND = Prepared(
    update(conversation)
    .where(C.id == bindparam("one"))
    .values(owner_id=bindparam("agent"), team_id=bindparam("team"), snoozed_until=null())
)
_WAITING = Prepared(
    select(C.id)
    .where(C.team_id == bindparam("team"), C.closed == 0)
    .order_by(C.last_at)
    .limit(bindparam("some", _PORTION))
)


@dataclass(frozen=True, slots=True)
class To:
    """A colleague, or a team's queue; neither: back to Unassigned, in the queue it came from."""

    agent_id: str | None = None
    team_id: str | None = None


@dataclass(frozen=True, slots=True)
class Handed:
    """`happening` is None when nothing changed."""

    conversation: Conversation
    happening: Happening | None


def hand_over(tx: Tx, actor: Actor, conversation_id: str, to: To) -> Handed:
    """Raises Refused for a colleague's, Invalid when nobody is there to take it."""
    one = read.get_conversation(tx, actor, conversation_id)
    require(may_hand_over(actor, one.owner_id), "conversation")
    _check(tx, to)
    if to.agent_id is not None:
        return _to_agent(tx, actor, one, to.agent_id)
    team_id = to.team_id or one.team_id
    if one.owner_id is None and team_id == one.team_id:
        return Handed(one, None)
    if to.team_id is not None:
        return _hand(tx, one, None, team_id, "handed_to_team", actor.id, team_id)
    return _hand(tx, one, None, team_id, "put_back", actor.id, None)


def _check(tx: Tx, to: To) -> None:
    if to.agent_id is not None and not people.is_at_work(tx, to.agent_id):
        raise Invalid("This colleague is not at the desk any more.", fields={"to": "Choose somebody else"})
    if to.team_id is not None and teams.is_retired(tx, to.team_id):
        raise Invalid("There is no such team any more.", fields={"to": "Choose another team"})


def _to_agent(tx: Tx, actor: Actor, one: Conversation, agent_id: str) -> Handed:
    if one.owner_id == agent_id:
        return Handed(one, None)
    if agent_id != actor.id:
        return _hand(tx, one, agent_id, one.team_id, "handed_over", actor.id, agent_id)
    what: What = "taken" if one.owner_id is None else "taken_over"
    return _hand(tx, one, agent_id, one.team_id, what, actor.id, one.owner_id)


def _hand(
    tx: Tx,
    one: Conversation,
    owner_id: str | None,
    team_id: str | None,
    what: What,
    by: str | None,
    other_id: str | None,
) -> Handed:
    tx.run(_HAND, one=one.id, agent=owner_id, team=team_id)
    line, after = conversations.happened(tx, one, what, by, other_id)
    after = replace(after, owner_id=owner_id, team_id=team_id, snoozed_until=None)
    conversations.recount(tx, one.was, after)
    tx.emit(events.ConversationHandedOver(after, one.was, line))
    return Handed(after, line)


def empty_queue(tx: Tx, team_id: str) -> int:
    """Some of the open conversations of a team that is retired belong to no team now; how many, 0 at the
    end. Who has one keeps it.
    """
    if not teams.is_retired(tx, team_id):
        return 0
    found = [read.find_conversation(tx, id) for (id,) in tx.all(_WAITING, team=team_id, some=_PORTION)]
    waiting = [one for one in found if one is not None]
    for one in waiting:
        _leave(tx, one, team_id)
    return len(waiting)


def _leave(tx: Tx, one: Conversation, team_id: str) -> None:
    tx.run(_LEAVE, one=one.id)
    line, after = conversations.happened(tx, one, "team_retired", None, team_id)
    after = replace(after, team_id=None)
    conversations.recount(tx, one.was, after)
    tx.emit(events.ConversationHandedOver(after, one.was, line))


_LEAVE = Prepared(update(conversation).where(C.id == bindparam("one")).values(team_id=null()))
