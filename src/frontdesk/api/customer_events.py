"""One customer's days: what they saw, what became of their conversations, what was written down of them."""

import heapq
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Annotated

from fastapi import Query, Response

from frontdesk.api.answers import as_json
from frontdesk.api.door import AsAgent, Here
from frontdesk.base.body import Id
from frontdesk.base.db import Reading
from frontdesk.base.errors import Invalid, Missing
from frontdesk.base.routes import Routes
from frontdesk.people import read_changes, sights
from frontdesk.people.model import Actor
from frontdesk.presence import read as site
from frontdesk.presence.model import CustomerEvent
from frontdesk.talk import read_events

router = Routes(prefix="/api", tags=["customers"])

_CURSOR = re.compile(r"(\d{1,15})-([a-e])-([0-9a-z.]{0,90})")
# Later than everything, and behind every id.
_NOW, _LAST = 2**53, "z" * 30
Before = tuple[int, str]


@dataclass(frozen=True)
class CustomerEventsAnswer:
    seq: int
    events: list[CustomerEvent]
    next: str | None


@router.get("/customers/{customer_id}/events", response_model=CustomerEventsAnswer)
async def events(
    customer_id: Id,
    here: Here,
    me: AsAgent,
    before: Annotated[str | None, Query(max_length=120)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    at = _parsed(before) if before else (_NOW, "z", "")
    return as_json(await here.desk.read(_events, me.actor, customer_id, at, limit))


def _events(
    view: Reading, actor: Actor, customer_id: str, at: tuple[int, str, str], limit: int
) -> CustomerEventsAnswer:
    if not sights.is_there(view, customer_id):
        raise Missing("There is no such customer.")
    found = [
        _from(letter, source(view, actor, customer_id, _from_here(at, letter), limit + 1))
        for letter, source in _SOURCES.items()
    ]
    merged = list(islice(heapq.merge(*found, key=lambda one: (one[0].at, one[1]), reverse=True), limit + 1))
    page = [replace(one, id=_cursor(one, letter)) for one, letter in merged[:limit]]
    return CustomerEventsAnswer(view.head(), page, page[-1].id if len(merged) > limit else None)


def _from(letter: str, events: Iterable[CustomerEvent]) -> list[tuple[CustomerEvent, str]]:
    return [(one, letter) for one in events]


def _from_here(at: tuple[int, str, str], letter: str) -> Before:
    """Where a source goes on: at one moment the letters follow each other."""
    moment, last, key = at
    if letter == last:
        return moment, key
    return (moment, _LAST) if letter < last else (moment, "")


def _seen(view: Reading, _: Actor, customer_id: str, before: Before, most: int) -> list[CustomerEvent]:
    return site.seen(view, customer_id, before, most)


def _talked(
    source: Callable[[Reading, Actor, str, Before, int], list[read_events.Event]],
) -> "Source":
    def found(
        view: Reading, actor: Actor, customer_id: str, before: Before, most: int
    ) -> list[CustomerEvent]:
        return [
            CustomerEvent(
                one.key,
                one.at,
                one.kind,
                conversation_id=one.conversation_id,
                agent_id=one.agent_id,
                label_id=one.label_id,
            )
            for one in source(view, actor, customer_id, before, most)
        ]

    return found


def _changed(view: Reading, _: Actor, customer_id: str, before: Before, most: int) -> list[CustomerEvent]:
    return [
        CustomerEvent(id, at, "changed", agent_id=agent, field=field, was=was, becomes=becomes)
        for at, id, agent, field, was, becomes in read_changes.changed(view, customer_id, before, most)
    ]


Source = Callable[[Reading, Actor, str, Before, int], list[CustomerEvent]]
_SOURCES: dict[str, Source] = {
    "a": _seen,
    "b": _talked(read_events.started),
    "c": _talked(read_events.closed_or_reopened),
    "d": _changed,
    "e": _talked(read_events.labelled),
}


def _cursor(one: CustomerEvent, letter: str) -> str:
    """The whisper of a page carries the same."""
    return f"{one.at}-{letter}-{one.id}"


def _parsed(before: str) -> tuple[int, str, str]:
    match = _CURSOR.fullmatch(before)
    if match is None:
        raise Invalid("The list cannot go on from there.", fields={"before": "Not a cursor of this list"})
    return int(match[1]), match[2], match[3]
