"""Conversations for every list of a desk: one's own, a team's, asleep, starred, labelled, with calls."""

import random
import secrets
from array import array
from collections.abc import Iterator, Sequence
from time import time
from typing import Any

from bench.storage import Storage

_MONTHS_MS = 400 * 24 * 3600 * 1000
_SLEEP_MS = 30 * 24 * 3600 * 1000


def _id(number: int) -> str:
    return f"{number:026d}"


_OTHER, TEAM, LABEL, OWN_LABEL = (_id(2), *("0" * 25 + sign for sign in "567"))
_READY = 200

# Of a hundred conversations: how many, whose, closed or not.
_SHARES: tuple[tuple[int, str, int], ...] = (
    (6, "mine", 0), (40, "mine", 1), (2, "asleep", 0), (6, "unassigned", 0), (6, "unassigned", 1),
    (6, "other", 0), (34, "other", 1),
)  # fmt: skip
_KINDS = [(whose, closed) for share, whose, closed in _SHARES for _ in range(share)]

# One conversation in so many, of each kind.
_IN_TEAM, _LABELLED, _OWN_LABELLED, _STARRED, _CALLED = (2, 0), (10, 1), (20, 2), (10, 3), (50, 4)


def fill(storage: Storage, conversations: int) -> None:
    """Ended at random moments of a year: what is newest does not stand together on the disk."""
    ((mine,),) = storage.query("SELECT id FROM agent")
    chance, now = random.Random(4711), int(time() * 1000)
    lasts = array("q", (now - chance.randrange(_MONTHS_MS) for _ in range(conversations)))
    _fill_people(storage, conversations, now)
    owners = {"mine": mine, "asleep": mine, "unassigned": None, "other": _OTHER}
    storage.fill("conversation", _CONVERSATION, _conversations(lasts, now, owners))
    every = range(conversations)
    read = ((mine, _id(n), 1) for n in every if _kind(n)[0] == "mine" and n % 2)
    storage.fill("reading", ("agent_id", "conversation_id", "position"), read)
    _fill_labels(storage, every, mine, now)
    _fill_lists(storage, lasts, mine, owners)
    _fill_calls(storage, lasts, mine)
    storage.rest()


def _kind(number: int) -> tuple[str, int]:
    return _KINDS[number * 37 % 100]


def _is(number: int, one_in: tuple[int, int]) -> bool:
    """Alike often in every kind."""
    many, which = one_in
    return (number // 100 + number % 100 * 7) % many == which % many


def _fill_people(storage: Storage, many: int, now: int) -> None:
    agent = (_OTHER, "Oskar Lind", "oskar@shop.example", "agent", "blue", "{}", now)
    storage.fill("agent", ("id", "name", "email", "role", "colour", "preferences", "created_at"), [agent])
    storage.fill("team", ("id", "name", "colour", "created_at"), [(TEAM, "Billing", "teal", now)])
    columns = ("id", "name", "city", "word", "proven", "created_at", "seen_at")
    some = (
        (_id(n), f"Customer {n}" if n % 3 else None, "Stockholm", "Maple", 0, now, now) for n in range(many)
    )
    storage.fill("customer", columns, some)


_CONVERSATION = (
    "id", "customer_id", "channel", "owner_id", "closed", "started_at", "last_at", "last_by", "last_text",
    "last_said_at", "last_said_position", "last_position", "asked_position", "customer_saw", "team_saw",
    "customer_unread", "start", "team_id", "snoozed_until", "labels", "listed",
)  # fmt: skip


def _conversations(
    lasts: Sequence[int], now: int, owners: dict[str, str | None]
) -> Iterator[tuple[Any, ...]]:
    chance = random.Random(815)
    for n, last in enumerate(lasts):
        whose, closed = _kind(n)
        text = f"The grinder came without the brush, order {chance.randrange(10**6)}."
        yield (
            *(_id(n), _id(n), "widget", owners[whose], closed, last - 60_000, last, "customer", text, last),
            *(2, 2, 2, 2, 0, 0, secrets.token_hex(8)),
            TEAM if _is(n, _IN_TEAM) else None,
            now + chance.randrange(_SLEEP_MS) if whose == "asleep" else None,
            LABEL if _is(n, _LABELLED) else "",
            int(any(_is(n, which) for which in (_LABELLED, _OWN_LABELLED, _STARRED))),
        )


def _fill_labels(storage: Storage, every: range, mine: str, now: int) -> None:
    named = ("id", "name", "folded", "colour", "at")
    storage.fill("label", named, [(LABEL, "Refund", "refund", "teal", now)])
    storage.fill("own_label", (*named, "agent_id"), [(OWN_LABEL, "Odd", "odd", "rose", now, mine)])
    columns = ("conversation_id", "message_id", "label_id", "agent_id", "at")
    for table, label, which in (("labelling", LABEL, _LABELLED), ("own_labelling", OWN_LABEL, _OWN_LABELLED)):
        storage.fill(table, columns, ((_id(n), "", label, mine, now) for n in every if _is(n, which)))
    stars = ((mine, _id(n), now) for n in every if _is(n, _STARRED))
    storage.fill("star", ("agent_id", "conversation_id", "at"), stars)
    replies = (
        (_id(n), "", f"reply {n}", f"reply {n}", "It is on its way.", now, mine) for n in range(_READY)
    )
    storage.fill("ready_reply", ("id", "agent_id", "name", "folded", "text", "at", "by_id"), replies)


def _fill_lists(storage: Storage, lasts: Sequence[int], mine: str, owners: dict[str, str | None]) -> None:
    """What labels and stars are sorted by."""
    columns = ("conversation_id", "list", "owner_id", "closed", "last_at")
    lists = ((LABEL, _LABELLED), (f"own:{mine}:{OWN_LABEL}", _OWN_LABELLED), (f"star:{mine}", _STARRED))
    for name, which in lists:
        storage.fill("listing", columns, _listed(name, which, lasts, owners))


def _listed(
    name: str, which: tuple[int, int], lasts: Sequence[int], owners: dict[str, str | None]
) -> Iterator[tuple[Any, ...]]:
    for n, last in enumerate(lasts):
        if _is(n, which):
            whose, closed = _kind(n)
            yield _id(n), name, owners[whose], closed, last


def _fill_calls(storage: Storage, lasts: Sequence[int], mine: str) -> None:
    """Notes that call me, and that I have not looked at."""
    called = [n for n in range(len(lasts)) if _is(n, _CALLED)]
    columns = ("id", "conversation_id", "position", "at", "agent_id", "text", "answers")
    text = f"@[agent:{mine}] do you know this one?"
    storage.fill("note", columns, ((_id(n), _id(n), 2, lasts[n], _OTHER, text, 0) for n in called))
    calling = ("of_id", "agent_id", "conversation_id", "note_id", "at")
    storage.fill("mention", calling, ((_id(n), mine, _id(n), _id(n), lasts[n]) for n in called))
