"""Stars: what an agent wants to find again. Nobody else sees them."""

from sqlalchemy import bindparam

from frontdesk.base.access import require
from frontdesk.base.db import Tx
from frontdesk.base.sql import Prepared, insert_if_new
from frontdesk.people.model import Actor
from frontdesk.talk import list_events, listed, read
from frontdesk.talk.access import may_keep
from frontdesk.talk.tables import star

_PUT = insert_if_new(star)
_REMOVE = Prepared(
    star.delete().where(star.c.agent_id == bindparam("agent"), star.c.conversation_id == bindparam("one"))
)


def put(tx: Tx, actor: Actor, *, conversation_id: str, on: bool) -> dict[str, object]:
    """Doing it twice changes nothing."""
    one = read.get_conversation(tx, actor, conversation_id)
    require(may_keep(actor), "conversation")
    its_list = listed.starred_by(actor.id)
    if on and tx.run(_PUT, agent_id=actor.id, conversation_id=one.id, at=tx.now):
        listed.put(tx, its_list, one)
        row = read.get_row(tx, actor, one.id)
        tx.emit(list_events.Starred(actor.id, row, listed.open_in(tx, its_list)))
    elif not on and tx.run(_REMOVE, agent=actor.id, one=one.id):
        listed.take_out(tx, its_list, one)
        row = read.get_row(tx, actor, one.id)
        tx.emit(list_events.Unstarred(actor.id, row, listed.open_in(tx, its_list)))
    return {}
