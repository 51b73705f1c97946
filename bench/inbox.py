"""Pages of the desk's lists, near their beginning and deep inside them, over HTTP; and what a desk begins
with: counts, labels, ready replies.
"""

import http.client
import json
from dataclasses import dataclass
from itertools import product
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from bench.desk import serving, set_up
from bench.figures import percentile, spread
from bench.inbox_rows import LABEL, OWN_LABEL, TEAM, fill
from bench.storage import fresh

BAR_MS = 15.0
PAGE = 50
_DEEP = 1_000
_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class _List:
    """`only` narrows it: its name, and what is asked for."""

    place: str
    only: tuple[str, str, str] | None
    closed: bool
    order: str

    @property
    def query(self) -> dict[str, Any]:
        asked = {"place": self.place, "closed": str(self.closed).lower(), "order": self.order}
        return asked | ({self.only[1]: self.only[2]} if self.only else {})

    @property
    def name(self) -> str:
        narrowed = f" ({self.only[0]})" if self.only else ""
        return f"{self.place}{narrowed}, {'closed' if self.closed else 'open'}, {self.order} first"


_BY_TEAM, _BY_LABEL, _BY_OWN = (
    ("team", "team", TEAM),
    ("label", "label", LABEL),
    ("own label", "label", OWN_LABEL),
)
_PLACES: tuple[tuple[str, tuple[str, str, str] | None], ...] = (
    ("mine", None), ("mine", _BY_TEAM), ("mine", _BY_LABEL), ("unassigned", None), ("unassigned", _BY_TEAM),
    ("unassigned", _BY_LABEL), ("all", _BY_LABEL), ("all", _BY_OWN), ("starred", None), ("mentions", None),
)  # fmt: skip
_ORDERS = ("newest", "oldest")
_LISTS = (
    *(_List(*place, closed, order) for place, closed, order in product(_PLACES, (False, True), _ORDERS)),
    # What is closed is awake.
    *(_List("snoozed", None, False, order) for order in _ORDERS),
)


def inbox(database: str, conversations: int) -> dict[str, Any]:
    with fresh(database) as storage:
        with serving(storage.data, storage.url) as servers:
            cookie = set_up(servers[0].port)
        fill(storage, conversations)
        with serving(storage.data, storage.url) as servers:
            desk = _Desk(servers[0].port, cookie)
            deep = {one: desk.cursor(one, _DEEP - 1) for one in _LISTS}
            took = _timed(desk, deep)
            state = [desk.get("/api/state")[1] for _ in range(_ROUNDS)]
            pages = max(page for _, page in deep.values()) + 1
    counts = {"database": database, "conversations": conversations, "lists": len(_LISTS)}
    return {**counts, "deepest_page": pages, **_summed(took), "state_p99_ms": percentile(state, 99)}


_Took = dict[tuple[_List, str], list[float]]


class _Desk:
    """The agent's browser: one kept-alive connection."""

    def __init__(self, port: int, cookie: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookie = cookie

    def page(self, one: _List, after: str | None, limit: int = PAGE) -> tuple[str | None, int, float]:
        """The next cursor, the rows there were, and the milliseconds it took."""
        asked = one.query | {"limit": limit} | ({"after": after} if after else {})
        path = "/api/conversations?" + urlencode(asked)
        found, took = self.get(path)
        return found["next"], len(found["rows"]), took

    def get(self, path: str) -> tuple[dict[str, Any], float]:
        """What is said, and the milliseconds until it was here."""
        begun = perf_counter()
        self._connection.request("GET", path, headers={"Cookie": self._cookie})
        answer = self._connection.getresponse()
        said = answer.read()
        took = (perf_counter() - begun) * 1000
        if answer.status != 200:
            raise RuntimeError(f"{path} was answered with {answer.status}: {said[:300].decode()}")
        return json.loads(said), took

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
    worst = {"slowest": f"{slow_list.name}, {depth} page", "slowest_p50_ms": percentile(slow, 50)}
    by_place = {
        f"{place}_p99_ms": percentile(
            [ms for (one, _), some in took.items() if one.place == place for ms in some], 99
        )
        for place in dict(_PLACES) | {"snoozed": None}
    }
    return {**spread(every), **by_depth, **by_place, **worst}


def bars() -> dict[str, float]:
    return {"p99_ms": BAR_MS, "state_p99_ms": BAR_MS}


def holds(figures: dict[str, Any]) -> bool:
    return all(figures[name] <= most for name, most in bars().items())
