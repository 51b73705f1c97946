"""Counting by hand what the desk keeps counted."""

from typing import Any

from sqlalchemy import func, select

from frontdesk.base import feed
from frontdesk.base.db import Reading
from frontdesk.base.desk import Desk
from frontdesk.base.log import Fact
from frontdesk.base.sql import Prepared
from frontdesk.talk.tables import conversation, happening, message, tally

C = conversation.c
_OPEN = Prepared(select(C.owner_id, func.count()).where(C.closed == 0).group_by(C.owner_id))
_QUEUED = Prepared(
    select(C.team_id, func.count())
    .where(C.closed == 0, C.owner_id.is_(None), C.team_id.is_not(None))
    .group_by(C.team_id)
)
_TALLY = Prepared(select(tally.c.place, tally.c.open))
_POSITIONS = (
    Prepared(select(message.c.conversation_id, message.c.position)),
    Prepared(select(happening.c.conversation_id, happening.c.position)),
)
_ALL = Prepared(select(C.id, C.last_position, C.asked_position, C.closed, C.owner_id))


def by_hand(view: Reading) -> dict[str, int]:
    found = {owner or "unassigned": count for owner, count in view.all(_OPEN)}
    return found | {f"team:{team}": count for team, count in view.all(_QUEUED)}


def tallied(view: Reading) -> dict[str, int]:
    return {place: count for place, count in view.all(_TALLY) if count}


def positions(view: Reading) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for statement in _POSITIONS:
        for id, position in view.all(statement):
            found.setdefault(id, []).append(position)
    return {id: sorted(all_of_it) for id, all_of_it in found.items()}


def everything(view: Reading) -> list[Any]:
    return view.all(_ALL)


def facts(desk: Desk, kind: str | None = None) -> list[Fact]:
    found = desk.read_now(feed.facts_after, 0, 1_000_000)
    return [one for one in found if kind in (None, one.kind)]


def assert_adds_up(desk: Desk) -> None:
    """The counts are what counting gives; positions of every conversation are 1, 2, 3 … ; so is the log."""
    assert desk.read_now(tallied) == desk.read_now(by_hand)
    taken = desk.read_now(positions)
    for id, last, *_ in desk.read_now(everything):
        assert taken.get(id, []) == list(range(1, last + 1)), id
    seqs = [one.seq for one in facts(desk)]
    assert seqs == list(range(1, len(seqs) + 1))
