"""One customer of whom there is very much, among others: rows in bulk, past the desk, as they would stand
after three years. The log is empty; nothing that is read here asks it.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from time import time
from typing import Any

from bench.search import Words
from bench.storage import Storage

# Said once, in the customer's oldest conversation.
ONCE, CODE, NUMBER = "zwirnkanarie", "QQ-8217", "730015"
# Said by everybody else, and never by them.
ELSEWHERE = "quellwolke"
LASTS_MS = 3 * 365 * 24 * 3600 * 1000
_VISITS_KEPT = 500
_TALK = 10

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Much:
    """Of the customer; `each`: messages in one conversation, `others`: messages of everybody else."""

    conversations: int
    each: int
    visits: int = 0
    changes: int = 0
    notes: int = 0
    others: int = 0

    @property
    def messages(self) -> int:
        return self.conversations * self.each


def id_of(number: int) -> str:
    return f"{number:026d}"


SOMEONE = id_of(10**12)
_LABEL = id_of(1)


def talk_of(number: int) -> str:
    """Their conversations; the last is open and its owner's."""
    return id_of(2 * 10**12 + number)


def _others_talk(number: int) -> str:
    return id_of(3 * 10**12 + number)


def _other(number: int) -> str:
    return id_of(4 * 10**12 + number)


class Past:
    """When each message was said: theirs stand evenly among those of the others, as they do on a disk."""

    def __init__(self, much: Much, now: int) -> None:
        self.much, self.now = much, now
        self._all = much.messages + much.others
        self._every = self._all / much.messages

    def places(self) -> Iterator[tuple[int, int | None, int]]:
        """Moment, which of theirs it is, and which of the others'."""
        own = 0
        for n in range(self._all):
            is_own = own < self.much.messages and n >= int(own * self._every)
            yield self._moment(n), own if is_own else None, n - own
            own += is_own

    def at(self, own: int) -> int:
        """The moment of one of theirs."""
        return self._moment(int(own * self._every))

    def _moment(self, n: int) -> int:
        return self.now - LASTS_MS + LASTS_MS * n // self._all


def fill(storage: Storage, much: Much) -> Past:
    now = int(time() * 1000)
    past, words = Past(much, now), Words(random.Random(4711))
    ((agent,),) = storage.query("SELECT id FROM agent")
    storage.fill("customer", _CUSTOMER, _customers(much, now))
    storage.fill("conversation", _TALK_COLUMNS, _talks(past, agent))
    storage.fill("message", _MESSAGE, _messages(past, words, agent))
    closed = (
        (talk_of(n), much.each + 1, past.at((n + 1) * much.each - 1) + 1, "closed", agent)
        for n in range(much.conversations - 1)
    )
    storage.fill("happening", ("conversation_id", "position", "at", "what", "agent_id"), closed)
    storage.fill("note", _NOTE, _notes(past, words, agent))
    storage.fill(
        "label", ("id", "name", "folded", "colour", "at"), [(_LABEL, "returns", "returns", "teal", now)]
    )
    borne = ((talk_of(n), "", _LABEL, agent, past.at(n * much.each)) for n in range(0, much.conversations, 5))
    storage.fill("labelling", ("conversation_id", "message_id", "label_id", "agent_id", "at"), borne)
    _site(storage, past)
    changes = (
        (id_of(n), SOMEONE, past.at(n * much.messages // much.changes), "agent", agent, "phone", f"{n}", "1")
        for n in range(much.changes)
    )
    storage.fill("profile_change", _CHANGE, changes)
    left = [("message", "", "~", 2**40 - 8 * (much.messages + much.others)), ("note", "", "~", 2**39)]
    storage.fill("search_past", ("kind", "after", "upto", "number"), left)
    storage.rest()
    return past


_CUSTOMER = ("id", "name", "city", "country", "zone", "word", "proven", "created_at", "seen_at", "sorts")
_TALK_COLUMNS = (
    "id", "customer_id", "channel", "owner_id", "closed", "started_at", "last_at", "last_by", "last_text",
    "last_said_at", "last_said_position", "last_position", "asked_position", "customer_saw", "team_saw",
    "customer_unread", "start", "labels",
)  # fmt: skip
_MESSAGE = ("id", "conversation_id", "position", "at", "by", "agent_id", "text", "client_id")
_NOTE = ("id", "conversation_id", "position", "at", "agent_id", "text", "answers")
_CHANGE = ("id", "of_id", "at", "by", "agent_id", "field", "was", "becomes")


def _customers(much: Much, now: int) -> Iterator[Row]:
    place = ("Stockholm", "SE", "Europe/Stockholm", "Maple", 0)
    yield SOMEONE, "Ines Oliveira", *place, now - LASTS_MS, now, "ines oliveira"
    for n in range(-(-much.others // _TALK)):
        yield _other(n), f"Customer {n}", *place, now - LASTS_MS, now - n, f"customer {n}"


def _talks(past: Past, agent: str) -> Iterator[Row]:
    much = past.much
    for n in range(much.conversations):
        is_open, labels = n == much.conversations - 1, _LABEL if n % 5 == 0 else ""
        first, last = past.at(n * much.each), past.at((n + 1) * much.each - 1)
        begin = (talk_of(n), SOMEONE, "widget", agent, int(not is_open), first, last)
        yield (
            *begin,
            "agent",
            "And then?",
            last,
            much.each,
            much.each + (not is_open),
            *_READ,
            f"s{n}",
            labels,
        )
    for n in range(-(-much.others // _TALK)):
        at = past.now - LASTS_MS + LASTS_MS * n * _TALK // much.others
        begin = (_others_talk(n), _other(n), "widget", agent, 1, at, at + 60_000)
        yield *begin, "agent", "And then?", at, _TALK, _TALK, *_READ, f"o{n}", ""


_READ = (1, 1, 1, 0)


def _messages(past: Past, words: Words, agent: str) -> Iterator[Row]:
    """Every fourth text has letters beyond ASCII, as most languages do."""
    chance = random.Random(42)
    for n, (at, own, other) in enumerate(past.places()):
        by_agent = n % 2
        text = f"{words.said(chance.randint(16, 44) if by_agent else chance.randint(4, 26))}."
        text = f"{text} På köpet, förstås." if n % 4 == 0 else text
        if own is None:
            place = (_others_talk(other // _TALK), other % _TALK + 1)
            text = f"{text} {ELSEWHERE}" if other % 3 == 0 else text
        else:
            place = (talk_of(own // past.much.each), own % past.much.each + 1)
            text = f"{text} {ONCE} {CODE} {NUMBER}" if own == 1 else text
        side = ("agent", agent) if by_agent else ("customer", None)
        yield id_of(n), *place, at, *side, text, id_of(n)


def _notes(past: Past, words: Words, agent: str) -> Iterator[Row]:
    much = past.much
    for n in range(much.notes):
        own = (n + 1) * much.messages // much.notes - 1
        place = (talk_of(own // much.each), own % much.each + 1)
        yield id_of(5 * 10**12 + n), *place, past.at(own) + 1, agent, words.said(12), 0


def _site(storage: Storage, past: Past) -> None:
    """Two devices at a time, for a browser keeps its newest five hundred; and as many visits of others."""
    many, now = past.much.visits, past.now
    browsers = [f"own{n:06d}" for n in range(2 * -(-many // (2 * _VISITS_KEPT)))]
    others = [f"other{n:06d}" for n in range(many // 20)]
    storage.fill("visit", _VISIT, _visits(past, browsers, others))
    columns = ("channel", "external_id", "customer_id")
    storage.fill("identity", columns, (("browser", one, SOMEONE) for one in browsers))
    page = ("Hand grinder", "https://shop.example/grinder", "Stockholm", "SE", "Firefox on Linux")
    # Each was there when it saw its last page; the two newest are there now.
    rows = [
        (one, id_of(0), now - LASTS_MS, _last_of(past, n, len(browsers)), 1, _VISITS_KEPT, *page)
        for n, one in enumerate(browsers)
    ]
    rows += [(one, id_of(0), now - LASTS_MS, now - LASTS_MS, 1, 20, *page) for one in others]
    storage.fill("browser", _BROWSER, rows)


def _last_of(past: Past, number: int, browsers: int) -> int:
    return past.now - LASTS_MS + LASTS_MS * (number // 2 + 1) // max(1, browsers // 2)


_VISIT = ("id", "browser", "at", "kind", "url", "title", "referrer", "name", "data", "visit")
_BROWSER = (
    "id", "visit", "since", "seen_at", "pages", "kept", "title", "url", "city", "country", "device",
)  # fmt: skip


def _visits(past: Past, browsers: list[str], others: list[str]) -> Iterator[Row]:
    many = past.much.visits
    for n in range(many):
        at = past.now - LASTS_MS + LASTS_MS * n // many
        seen = (f"https://shop.example/tools/{n % 200}", f"Hand grinder {n % 200}", "https://shop.example/")
        own = browsers[n // (2 * _VISITS_KEPT) * 2 + n % 2]
        yield id_of(2 * n), own, at, "page", *seen, None, None, id_of(n // 8)
        yield id_of(2 * n + 1), others[n % len(others)], at, "page", *seen, None, None, id_of(n // 8)
