"""Counting by hand what the desk keeps counted."""

from collections import Counter
from typing import Any

from sqlalchemy import select

from frontdesk.base import feed
from frontdesk.base.db import Reading
from frontdesk.base.desk import Desk
from frontdesk.base.log import Fact
from frontdesk.base.sql import Prepared
from frontdesk.talk.tables import conversation, happening, labelling, message, own_labelling, star, tally

C = conversation.c
_OPEN = Prepared(select(C.owner_id, C.team_id, C.snoozed_until).where(C.closed == 0))
_WORN = Prepared(
    select(labelling.c.label_id, labelling.c.conversation_id)
    .join(conversation, C.id == labelling.c.conversation_id)
    .where(C.closed == 0)
    .distinct()
)
_OWN = Prepared(
    select(own_labelling.c.agent_id, own_labelling.c.label_id, own_labelling.c.conversation_id)
    .join(conversation, C.id == own_labelling.c.conversation_id)
    .where(C.closed == 0)
    .distinct()
)
_STARS = Prepared(
    select(star.c.agent_id).join(conversation, C.id == star.c.conversation_id).where(C.closed == 0)
)
_TALLY = Prepared(select(tally.c.place, tally.c.open))
_POSITIONS = (
    Prepared(select(message.c.conversation_id, message.c.position)),
    Prepared(select(happening.c.conversation_id, happening.c.position)),
)
_ALL = Prepared(select(C.id, C.last_position, C.asked_position, C.closed, C.owner_id))


def by_hand(view: Reading) -> dict[str, int]:
    found: Counter[str] = Counter()
    for owner, team, snoozed in view.all(_OPEN):
        found[f"snoozed:{owner}" if snoozed else owner or "unassigned"] += 1
        if owner is None and team is not None:
            found[f"team:{team}"] += 1
    found.update(f"list:{label}" for label, _ in view.all(_WORN))
    found.update(f"list:own:{agent}:{label}" for agent, label, _ in view.all(_OWN))
    found.update(f"list:star:{agent}" for (agent,) in view.all(_STARS))
    return dict(found)


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
