"""Where conversations stand besides their own place: under labels and stars, with what those lists are sorted
by, and counted there.
"""

from sqlalchemy import bindparam, exists, select, update

from frontdesk.base.db import Reading, Tx
from frontdesk.base.sql import Prepared, insert_if_new, upsert
from frontdesk.talk import list_events
from frontdesk.talk.model import Conversation, Was
from frontdesk.talk.tables import conversation, listing, tally

C, L = conversation.c, listing.c
_PUT = insert_if_new(listing)
_TAKE_OUT = Prepared(
    listing.delete().where(L.conversation_id == bindparam("one"), L.list == bindparam("its_list"))
)
_FOLLOW = Prepared(
    update(listing)
    .where(L.conversation_id == bindparam("one"))
    .values(owner_id=bindparam("owner"), closed=bindparam("is_closed"), last_at=bindparam("at"))
)
_MARK = Prepared(update(conversation).where(C.id == bindparam("one"), C.listed == 0).values(listed=1))
_UNMARK = Prepared(
    update(conversation)
    .where(C.id == bindparam("one"), ~exists().where(L.conversation_id == bindparam("one")))
    .values(listed=0)
)
_LISTS = Prepared(select(L.list).where(L.conversation_id == bindparam("one")).order_by(L.list))
_COUNT = upsert(tally, ["place"], [], added=["open"])
_OPEN = Prepared(select(tally.c.open).where(tally.c.place == bindparam("place")))


def starred_by(agent_id: str) -> str:
    return f"star:{agent_id}"


def own(agent_id: str, label_id: str) -> str:
    """The list of a private label: nobody can name it who is not its owner."""
    return f"own:{agent_id}:{label_id}"


def counted_as(its_list: str) -> str:
    """Its place in the tally."""
    return f"list:{its_list}"


def count(tx: Tx, place: str, more: int) -> None:
    """So many more open conversations at a place of the tally."""
    tx.run(_COUNT, place=place, open=more)


def put(tx: Tx, its_list: str, one: Conversation) -> None:
    tx.run(
        _PUT,
        conversation_id=one.id,
        list=its_list,
        owner_id=one.owner_id,
        closed=int(one.closed),
        last_at=one.last_at,
    )
    tx.run(_MARK, one=one.id)
    if not one.closed:
        count(tx, counted_as(its_list), 1)


def take_out(tx: Tx, its_list: str, one: Conversation) -> None:
    tx.run(_TAKE_OUT, one=one.id, its_list=its_list)
    tx.run(_UNMARK, one=one.id)
    if not one.closed:
        count(tx, counted_as(its_list), -1)


def open_in(view: Reading, its_list: str) -> int:
    """How many open conversations stand there."""
    return int(view.value(_OPEN, place=counted_as(its_list)) or 0)


def moved(tx: Tx, after: Conversation) -> None:
    """Something was said there."""
    tx.run(_FOLLOW, one=after.id, owner=after.owner_id, is_closed=int(after.closed), at=after.last_at)


def follow(tx: Tx, was: Was, after: Conversation) -> None:
    """It has another owner, or was closed or opened again."""
    moved(tx, after)
    if was.closed == after.closed:
        return
    for (its_list,) in tx.all(_LISTS, one=after.id):
        count(tx, counted_as(its_list), -1 if after.closed else 1)
        _, _, rest = its_list.partition(":")
        if rest:
            agent_id, _, label_id = rest.partition(":")
            tx.emit(list_events.OwnCountChanged(agent_id, label_id or None, open_in(tx, its_list)))
