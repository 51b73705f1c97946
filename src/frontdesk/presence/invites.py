"""What an agent says first to a visitor who is on the site: the chat greets with it, and when they answer, a
conversation of that agent begins with it. Seldom enough to be kind.
"""

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select, update

from frontdesk.base.clock import DAY, HOUR
from frontdesk.base.db import Reading, Tx
from frontdesk.base.errors import Conflict, Missing, TooMany
from frontdesk.base.sql import Prepared, upsert
from frontdesk.base.text import said
from frontdesk.people.model import Actor
from frontdesk.presence.events import InviteEnded, VisitorInvited
from frontdesk.presence.model import HERE_FOR
from frontdesk.presence.tables import browser
from frontdesk.presence.tables import invite as table

LASTS = DAY
MOST_AN_HOUR = 20
LONGEST = 500

N, B = table.c, browser.c
_LIVE = N.at > bindparam("since")
_FIND = Prepared(select(N.agent_id, N.text, N.at).where(N.browser == bindparam("of"), _LIVE))
_UNTOLD = Prepared(select(N.browser).where(N.told == 0, _LIVE))
_COUNT = Prepared(select(func.count()).select_from(table).where(N.agent_id == bindparam("agent"), _LIVE))
_SEEN_AT = Prepared(select(B.seen_at).where(B.id == bindparam("of")))
_PUT = upsert(table, ["browser"], ["agent_id", "text", "at", "told"])
_TOLD = Prepared(update(table).where(N.browser == bindparam("of"), N.told == 0).values(told=1))
_END = Prepared(table.delete().where(N.browser == bindparam("of")))
_OLD = Prepared(table.delete().where(N.at <= bindparam("since")))


@dataclass(frozen=True, slots=True)
class Invite:
    agent_id: str
    text: str
    at: int


def find(view: Reading, browser_id: str | None) -> Invite | None:
    row = view.first(_FIND, of=browser_id, since=view.now - LASTS) if browser_id else None
    return None if row is None else Invite(*row)


def untold(view: Reading) -> frozenset[str]:
    """The browsers that do not know yet."""
    return frozenset(id for (id,) in view.all(_UNTOLD, since=view.now - LASTS))


def invite(tx: Tx, actor: Actor, *, browser_id: str, text: str) -> None:
    """Raises Missing when nobody is there any more, Conflict for who was invited today, TooMany for an agent
    who has spoken to so many this hour.
    """
    kept = said(text, LONGEST, "The message")
    seen_at = tx.value(_SEEN_AT, of=browser_id)
    if seen_at is None or tx.now - seen_at > HERE_FOR:
        raise Missing("This visitor is not on the site any more.")
    if find(tx, browser_id) is not None:
        raise Conflict("Somebody spoke to this visitor today already.", data={"reason": "invited"})
    if tx.value(_COUNT, agent=actor.id, since=tx.now - HOUR) >= MOST_AN_HOUR:
        raise TooMany(
            "You spoke to a lot of visitors this hour. Wait a little.", data={"retry_after": 10 * 60}
        )
    tx.run(_PUT, browser=browser_id, agent_id=actor.id, text=kept, at=tx.now, told=0)
    tx.emit(VisitorInvited(actor.id))


def told(tx: Tx, browser_id: str) -> None:
    """The visitor has it before them."""
    if tx.run(_TOLD, of=browser_id):
        tx.emit(InviteEnded())


def take(tx: Tx, browser_id: str | None) -> Invite | None:
    """The invitation that is being answered; it is over then."""
    if browser_id is None:
        return None
    one = find(tx, browser_id)
    if one is None:
        return None
    tx.run(_END, of=browser_id)
    tx.emit(InviteEnded())
    return one


def sweep(tx: Tx) -> None:
    tx.run(_OLD, since=tx.now - LASTS)
