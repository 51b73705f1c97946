"""The time of a question to search, from question to answer, over HTTP, with many messages stored; and how
much the files have grown by the index.
"""

import http.client
import json
import random
from collections.abc import Iterator
from time import perf_counter, time
from typing import Any
from urllib.parse import urlencode

from bench.desk import serving, set_up
from bench.figures import percentile, spread
from bench.storage import Storage, fresh
from frontdesk.app import open_desk
from frontdesk.base.settings import Settings
from frontdesk.search import past

BAR_MS = {"sqlite": 100.0, "postgresql": 150.0}
_ROUNDS = 4
_YEAR_MS = 365 * 24 * 3600 * 1000
_TALK = 10
# One conversation in five, in a hundred, in two thousand.
_LABELS = (5, 100, 2000)
_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "ol")]


def search(database: str, messages: int) -> dict[str, Any]:
    with fresh(database) as storage:
        with serving(storage.data, storage.url) as servers:
            cookie = set_up(servers[0].port)
        text_bytes = _fill(storage, messages)
        before = _size(storage)
        took = index_past(storage)
        grown = _size(storage) - before
        with serving(storage.data, storage.url) as servers:
            figures = _timed(servers[0].port, cookie, _questions(storage, messages))
        return {
            "database": database,
            "messages": messages,
            "text_mb": round(text_bytes / 1e6, 1),
            "index_mb": round(grown / 1e6, 1),
            "growth": round(grown / text_bytes, 2),
            "indexed_per_s": round(messages / took),
            **figures,
        }


def _size(storage: Storage) -> int:
    if storage.url is not None:
        return int(storage.query("SELECT pg_database_size(current_database())")[0][0])
    # What is free again after the index was put together is used by what comes next.
    free, every, size = (
        int(storage.query(f"PRAGMA {name}")[0][0]) for name in ("freelist_count", "page_count", "page_size")
    )
    return (every - free) * size


def index_past(storage: Storage) -> float:
    """What the job does that indexes the past."""
    desk = open_desk(Settings(data=storage.data, database_url=storage.url))
    began = perf_counter()
    try:
        while desk.write_now(past.portion):
            pass
    finally:
        desk.close()
    storage.rest()
    return perf_counter() - began


class Words:
    """A language of some forty thousand words, each as often as words are: the n-th 1/n."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.all = sorted({self._made() for _ in range(40_000)})
        chance.shuffle(self.all)
        self._weights: list[float] = []
        total = 0.0
        for rank in range(len(self.all)):
            total += 1 / (rank + 3)
            self._weights.append(total)

    def _made(self) -> str:
        return "".join(self._chance.choices(_SYLLABLES, k=self._chance.choice((1, 2, 2, 3, 3, 4))))

    def said(self, many: int) -> str:
        return " ".join(self._chance.choices(self.all, cum_weights=self._weights, k=many))


def _fill(storage: Storage, messages: int) -> int:
    """The bytes of all texts."""
    chance = random.Random(4711)
    words, now = Words(chance), int(time() * 1000)
    talks = messages // _TALK
    ((agent,),) = storage.query("SELECT id FROM agent")
    others = [(_id(n), f"Agent {n}", f"a{n}@shop.example", "agent", "blue", "{}", now) for n in range(20)]
    columns = ("id", "name", "email", "role", "colour", "preferences", "created_at")
    storage.fill("agent", columns, others)
    people = ((_id(n), f"{words.said(1)} {words.said(1)}", None, "Maple", 0, now, now) for n in range(talks))
    columns = ("id", "name", "city", "word", "proven", "created_at", "seen_at")
    storage.fill("customer", columns, people)
    storage.fill("conversation", _TALK_COLUMNS, _talks(talks, now, [agent, *(one[0] for one in others)]))
    sizes: list[int] = []
    storage.fill("message", _MESSAGE_COLUMNS, _messages(messages, now, words, agent, sizes))
    labels = [(_id(n), f"label {n}", f"label {n}", "teal", now) for n in range(len(_LABELS))]
    storage.fill("label", ("id", "name", "folded", "colour", "at"), labels)
    borne = (
        (_id(talk), "", _id(n), agent, now)
        for n, every in enumerate(_LABELS)
        for talk in range(n, talks, every)
    )
    storage.fill("labelling", ("conversation_id", "message_id", "label_id", "agent_id", "at"), borne)
    past_rows = [("message", "", "~", 2**40 - 8 * messages), ("customer", "", "~", 2**40 + 4 - 8 * talks)]
    storage.fill("search_past", ("kind", "after", "upto", "number"), past_rows)
    storage.rest()
    return sum(sizes)


def _id(number: int) -> str:
    return f"{number:026d}"


_TALK_COLUMNS = (
    "id", "customer_id", "channel", "owner_id", "closed", "started_at", "last_at", "last_by", "last_text",
    "last_said_at", "last_said_position", "last_position", "asked_position", "customer_saw", "team_saw",
    "customer_unread", "start",
)  # fmt: skip
_MESSAGE_COLUMNS = ("id", "conversation_id", "position", "at", "by", "agent_id", "text", "client_id")


def _talks(many: int, now: int, owners: list[str]) -> Iterator[tuple[Any, ...]]:
    """The newest twentieth is open; each belongs to one of the agents."""
    for n in range(many):
        at = now - _YEAR_MS * (many - n) // many
        begin = (_id(n), _id(n), "widget", owners[n % len(owners)], int(n < many * 0.95), at, at + 60_000)
        yield *begin, "customer", "And then?", at, _TALK, _TALK, _TALK, _TALK, 0, 0, _id(n)


def _messages(many: int, now: int, words: Words, agent: str, sizes: list[int]) -> Iterator[tuple[Any, ...]]:
    """Customers write some fifteen words, agents some thirty; the newest come last."""
    chance = random.Random(42)
    for n in range(many):
        by_agent = n % 2
        said = words.said(chance.randint(16, 44) if by_agent else chance.randint(4, 26))
        text = f"{said} KK-{n}." if n % 10 == 0 else f"{said}."
        sizes.append(len(text.encode()))
        at = now - _YEAR_MS * (many - n) // many
        side = ("agent", agent) if by_agent else ("customer", None)
        yield _id(n), _id(n // _TALK), n % _TALK + 1, at, *side, text, _id(n)


Question = dict[str, str]


def _questions(storage: Storage, messages: int) -> dict[str, list[Question]]:
    """Of each kind some that find much, little and nothing."""
    chance = random.Random(99)
    common, middle, rare = (_some(messages, share) for share in ((0, 12), (200, 260), (9000, 9060)))
    said = [row[0] for row in storage.query("SELECT text FROM message ORDER BY id LIMIT 40")]
    phrases = [
        " ".join(text.split()[at : at + 2]) for at, text in enumerate(said) if len(text.split()) > at + 2
    ]
    every = [*common, *middle, *rare]
    labels = [_id(n) for n in range(len(_LABELS))]
    return {
        "word": [{"q": f"{one} "} for one in every],
        "words": [{"q": f"{one} {chance.choice(every)} "} for one in every],
        "phrase": [{"q": f'"{one}"'} for one in phrases],
        "prefix": [{"q": one[:length]} for one in every[::3] for length in (1, 2, 3, 4)],
        "code": [{"q": f"KK-{chance.randrange(messages // 10) * 10}"} for _ in range(20)],
        "label": [{"q": one, "label": label} for one in every[::3] for label in labels],
        "label_alone": [{"label": label} for label in labels],
        "agent": [{"q": f"{one} ", "agent": _id(n)} for n, one in enumerate(common)],
        "open": [{"q": f"{one} ", "state": state} for one in every[::2] for state in ("open", "closed")],
        "time": [{"q": one, "until": str(int(time() * 1000) - _YEAR_MS * 3 // 4)} for one in every[::2]],
        "nothing": [{"q": "qqqq"}, {"q": f"{common[0]} qqqq"}, {"q": "from:nobody"}],
    }


def _some(messages: int, ranks: tuple[int, int]) -> list[str]:
    words = Words(random.Random(4711))
    return words.all[ranks[0] : ranks[1] : max(1, (ranks[1] - ranks[0]) // 12)]


def _timed(port: int, cookie: str, questions: dict[str, list[Question]]) -> dict[str, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    took: dict[str, list[float]] = {kind: [] for kind in questions}
    slowest, found = ("", 0.0), 0
    for turn in range(_ROUNDS + 1):
        for kind, some in questions.items():
            for question in some:
                ms, many = _asked(connection, cookie, question)
                found += many
                # The first round warms the caches, as the day's first questions do.
                if turn:
                    took[kind].append(ms)
                    slowest = max(slowest, (json.dumps(question), ms), key=lambda one: one[1])
    assert found, "questions that find nothing prove nothing"
    every = [ms for some in took.values() for ms in some]
    each = {f"{kind}_p99_ms": percentile(some, 99) for kind, some in took.items()}
    return {**spread(every), **each, "slowest": slowest[0], "slowest_ms": round(slowest[1], 1)}


def _asked(connection: http.client.HTTPConnection, cookie: str, question: Question) -> tuple[float, int]:
    begun = perf_counter()
    connection.request("GET", f"/api/search?{urlencode(question)}", headers={"Cookie": cookie})
    answer = connection.getresponse()
    said = answer.read()
    took = (perf_counter() - begun) * 1000
    if answer.status != 200:
        raise RuntimeError(f"{question} was answered with {answer.status}: {said[:300].decode()}")
    return took, sum(json.loads(said)["counts"].values())


def bars(database: str) -> dict[str, float]:
    return {"p99_ms": BAR_MS[database], "growth": 1.0}


def holds(figures: dict[str, Any], bar: dict[str, float]) -> bool:
    return all(figures[name] <= most for name, most in bar.items())
