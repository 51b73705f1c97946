"""Who changed what of a customer or of a customer's company, and when."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from frontdesk.base.access import require
from frontdesk.base.db import Reading, Tx
from frontdesk.base.errors import Invalid
from frontdesk.base.ids import is_id, new_id
from frontdesk.base.sql import Prepared
from frontdesk.people.access import may_know
from frontdesk.people.model import Actor
from frontdesk.people.profile_model import Origin, ProfileChange, Who
from frontdesk.people.tables import profile_change

H = profile_change.c
_KEEP = Prepared(profile_change.insert())
_COLUMNS = (H.id, H.at, H.by, H.agent_id, H.field, H.was, H.becomes)
_NEWEST = Prepared(
    select(*_COLUMNS)
    .where(H.of_id == bindparam("of"), H.id < bindparam("before"))
    .order_by(H.id.desc())
    .limit(bindparam("most", 50))
)
_SAID = Prepared(
    select(H.becomes)
    .where(H.of_id == bindparam("of"), H.field == bindparam("field"), H.by == bindparam("who"))
    .order_by(H.id.desc())
    .limit(bindparam("one", 1))
)
_LAST_ID = "z" * 26


@dataclass(frozen=True, slots=True)
class Writer:
    """Who changes a profile, and what that makes of what they write."""

    by: Who
    agent_id: str | None = None
    origin: Origin | None = None


SITE = Writer("site", origin="proven")
VISITOR = Writer("visitor", origin="claimed")


def by(actor: Actor) -> Writer:
    return Writer("agent", actor.id)


def keep(tx: Tx, of_id: str, who: Writer, field: str, was: str | None, becomes: str | None) -> None:
    said = {"field": field, "was": was or None, "becomes": becomes or None}
    tx.run(_KEEP, id=new_id(), of_id=of_id, at=tx.now, by=who.by, agent_id=who.agent_id, **said)


def last_said(view: Reading, of_id: str, field: str, who: Who) -> str | None:
    """What somebody of this kind has made of a field, the last time they changed it."""
    said: str | None = view.value(_SAID, of=of_id, field=field, who=who, one=1)
    return said


def page(
    view: Reading, actor: Actor, of_id: str, *, after: str | None, limit: int
) -> tuple[list[ProfileChange], str | None]:
    """Newest first, and the cursor of the next page."""
    require(may_know(actor), "customer")
    if after is not None and not is_id(after):
        raise Invalid("The list cannot go on from there.", fields={"after": "Not a cursor of this list"})
    rows = view.all(_NEWEST, of=of_id, before=after or _LAST_ID, most=limit + 1)
    found = [ProfileChange(*row) for row in rows[:limit]]
    return found, found[-1].id if len(rows) > limit else None
