"""Mentions: whom a note or an answer calls, until they look."""

from sqlalchemy import bindparam, select, update

from frontdesk.base.access import require
from frontdesk.base.db import Tx
from frontdesk.base.sql import Prepared, insert_if_new
from frontdesk.people import read as people
from frontdesk.people import teams
from frontdesk.people.model import Actor
from frontdesk.talk import events, read, read_notes
from frontdesk.talk.access import may_note
from frontdesk.talk.note_model import Called, Note
from frontdesk.talk.tables import mention

M = mention.c
_CALL = insert_if_new(mention)
_BY = Prepared(select(M.agent_id, M.looked_at).where(M.of_id == bindparam("one")))
_WITHDRAW = Prepared(mention.delete().where(M.of_id == bindparam("one"), M.agent_id == bindparam("agent")))
_WAITING = Prepared(
    select(M.agent_id)
    .where(M.conversation_id == bindparam("one"), M.looked_at.is_(None))
    .distinct()
    .order_by(M.agent_id)
)
_LOOK = Prepared(
    update(mention)
    .where(M.conversation_id == bindparam("one"), M.agent_id == bindparam("agent"), M.looked_at.is_(None))
    .values(looked_at=bindparam("when"))
)


def called_by(tx: Tx, author_id: str, called: Called) -> list[str]:
    """The agents at work whom these names mean: each member of a team, never the author."""
    named = {id for id in called.agents if people.is_at_work(tx, id)}
    members = {id for team_id in called.teams for id in teams.at_work(tx, team_id)}
    return sorted((named | members) - {author_id})


def call(tx: Tx, note: Note, of_id: str, author_id: str, called: Called) -> list[str]:
    """Brings the mentions of a note or an answer to what it says now; who is called that was not before."""
    wanted = called_by(tx, author_id, called)
    before: dict[str, int | None] = dict(tx.all(_BY, one=of_id))
    fresh = [id for id in wanted if id not in before]
    for agent_id in fresh:
        tx.run(
            _CALL,
            of_id=of_id,
            agent_id=agent_id,
            conversation_id=note.conversation_id,
            note_id=note.id,
            at=tx.now,
            looked_at=None,
        )
        _tell_of_call(tx, agent_id, note.conversation_id)
    for agent_id, looked_at in sorted(before.items()):
        if agent_id not in wanted:
            tx.run(_WITHDRAW, one=of_id, agent=agent_id)
        if looked_at is None:
            _tell_what_is_left(tx, agent_id, note.conversation_id)
    return fresh


def _tell_of_call(tx: Tx, agent_id: str, conversation_id: str) -> None:
    row = read.get_row(tx, Actor("agent", agent_id), conversation_id)
    tx.emit(events.Mentioned(conversation_id, agent_id, row, read_notes.open_calls(tx, agent_id)))


def _tell_what_is_left(tx: Tx, agent_id: str, conversation_id: str) -> None:
    left = read_notes.newest(tx, agent_id, conversation_id)
    tx.emit(events.MentionChanged(conversation_id, agent_id, left, read_notes.open_calls(tx, agent_id)))


def moved(tx: Tx, conversation_id: str) -> None:
    """The conversation was closed or opened again: whoever is called in it counts anew."""
    for (agent_id,) in tx.all(_WAITING, one=conversation_id):
        _tell_what_is_left(tx, agent_id, conversation_id)


def look(tx: Tx, actor: Actor, *, conversation_id: str) -> dict[str, object]:
    """The agent has the conversation before them: what called them there has done its work."""
    read.get_conversation(tx, actor, conversation_id)
    require(may_note(actor), "conversation")
    if tx.run(_LOOK, one=conversation_id, agent=actor.id, when=tx.now):
        open_ = read_notes.open_calls(tx, actor.id)
        tx.emit(events.MentionsLookedAt(conversation_id, actor.id, None, open_))
    return {}
