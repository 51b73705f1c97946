"""Pages of the desk's lists, near their beginning and deep inside them, over HTTP."""

import http.client
import json
import random
import secrets
from collections.abc import Iterator
from itertools import product
from time import perf_counter, time
from typing import Any
from urllib.parse import urlencode

from bench.desk import serving, set_up
from bench.figures import percentile, spread
from bench.storage import Storage, fresh

BAR_MS = 15.0
PAGE = 50
_DEEP = 1_000
_ROUNDS = 50
_MONTHS_MS = 400 * 24 * 3600 * 1000
_OTHER = "0" * 25 + "2"

# Of a hundred conversations: how many, whose, closed or not.
_SHARES: tuple[tuple[int, str, int], ...] = (
    (6, "mine", 0), (40, "mine", 1), (6, "unassigned", 0), (6, "unassigned", 1), (6, "other", 0),
    (36, "other", 1),
)  # fmt: skip
_KINDS = [(whose, closed) for share, whose, closed in _SHARES for _ in range(share)]
_LISTS = tuple(product(("mine", "unassigned"), (False, True), ("newest", "oldest")))


def inbox(database: str, conversations: int) -> dict[str, Any]:
    with fresh(database) as storage:
        with serving(storage.data, storage.url) as servers:
            cookie = set_up(servers[0].port)
        _fill(storage, conversations)
        with serving(storage.data, storage.url) as servers:
            desk = _Desk(servers[0].port, cookie)
            deep = {one: desk.cursor(one, _DEEP - 1) for one in _LISTS}
            took = _timed(desk, deep)
            pages = min(page for _, page in deep.values()) + 1
    return {"database": database, "conversations": conversations, "deep_page": pages, **_summed(took)}


_List = tuple[str, bool, str]
_Took = dict[tuple[_List, str], list[float]]


class _Desk:
    """The agent's browser: one kept-alive connection."""

    def __init__(self, port: int, cookie: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookie = cookie

    def page(self, one: _List, after: str | None, limit: int = PAGE) -> tuple[str | None, int, float]:
        """The next cursor, the rows there were, and the milliseconds it took."""
        place, closed, order = one
        asked = {"place": place, "closed": str(closed).lower(), "order": order, "limit": limit}
        path = "/api/conversations?" + urlencode(asked | ({"after": after} if after else {}))
        begun = perf_counter()
        self._connection.request("GET", path, headers={"Cookie": self._cookie})
        answer = self._connection.getresponse()
        said = answer.read()
        took = (perf_counter() - begun) * 1000
        if answer.status != 200:
            raise RuntimeError(f"{path} was answered with {answer.status}: {said[:300].decode()}")
        found = json.loads(said)
        return found["next"], len(found["rows"]), took

    def cursor(self, one: _List, page: int) -> tuple[str | None, int]:
        """Where a list goes on after `page` pages, or after as many as leave another one."""
        after, passed = None, 0
        while passed < page:
            pages = min(4, page - passed)
            follows, _, _ = self.page(one, after, pages * PAGE)
            if follows is None:
                break
            after, passed = follows, passed + pages
        return after, passed


def _timed(desk: _Desk, deep: dict[_List, tuple[str | None, int]]) -> _Took:
    """Every page again and again, in turn."""
    took: _Took = {(one, depth): [] for one in _LISTS for depth in ("first", "deep")}
    for _ in range(_ROUNDS):
        for one in _LISTS:
            for depth, after in (("first", None), ("deep", deep[one][0])):
                _, rows, ms = desk.page(one, after)
                assert rows, "a page without rows proves nothing"
                took[one, depth].append(ms)
    return took


def _summed(took: _Took) -> dict[str, Any]:
    every = [ms for some in took.values() for ms in some]
    (slow_list, depth), slow = max(took.items(), key=lambda item: percentile(item[1], 50))
    by_depth = {
        f"{wanted}_p99_ms": percentile(
            [ms for (_, depth), some in took.items() if depth == wanted for ms in some], 99
        )
        for wanted in ("first", "deep")
    }
    place, closed, order = slow_list
    name = f"{place}, {'closed' if closed else 'open'}, {order} first, {depth} page"
    return {**spread(every), **by_depth, "slowest": name, "slowest_p50_ms": percentile(slow, 50)}


def _fill(storage: Storage, conversations: int) -> None:
    ((mine,),) = storage.query("SELECT id FROM agent")
    now = int(time() * 1000)
    agent = (_OTHER, "Oskar Lind", "oskar@shop.example", "agent", "blue", "{}", now)
    storage.fill("agent", ("id", "name", "email", "role", "colour", "preferences", "created_at"), [agent])
    columns = ("id", "name", "city", "word", "proven", "created_at", "seen_at")
    storage.fill("customer", columns, _customers(conversations, now))
    owners = {"mine": mine, "unassigned": None, "other": _OTHER}
    storage.fill("conversation", _COLUMNS, _conversations(conversations, now, owners))
    read = ((mine, _id(n), 1) for n in range(conversations) if _kind(n)[0] == "mine" and n % 2)
    storage.fill("reading", ("agent_id", "conversation_id", "position"), read)
    storage.rest()


def _id(number: int) -> str:
    return f"{number:026d}"


def _kind(number: int) -> tuple[str, int]:
    return _KINDS[number * 37 % 100]


def _customers(many: int, now: int) -> Iterator[tuple[Any, ...]]:
    for n in range(many):
        yield _id(n), f"Customer {n}" if n % 3 else None, "Stockholm", "Maple", 0, now, now


_COLUMNS = (
    "id", "customer_id", "channel", "owner_id", "closed", "started_at", "last_at", "last_by", "last_text",
    "last_said_at", "last_said_position", "last_position", "asked_position", "customer_saw", "team_saw",
    "customer_unread", "start",
)  # fmt: skip


def _conversations(many: int, now: int, owners: dict[str, str | None]) -> Iterator[tuple[Any, ...]]:
    """Ended at random moments of a year: what is newest does not stand together on the disk."""
    chance = random.Random(4711)
    for n in range(many):
        whose, closed = _kind(n)
        last = now - chance.randrange(_MONTHS_MS)
        text = f"The grinder came without the brush, order {chance.randrange(10**6)}."
        begin = (_id(n), _id(n), "widget", owners[whose], closed, last - 60_000, last)
        yield *begin, "customer", text, last, 2, 2, 2, 2, 0, 0, secrets.token_hex(8)


def bars() -> dict[str, float]:
    return {"p99_ms": BAR_MS}


def holds(figures: dict[str, Any]) -> bool:
    return bool(figures["p99_ms"] <= BAR_MS)
