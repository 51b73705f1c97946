"""The list of customers: sorted and narrowed in every way, near its beginning and deep inside, over HTTP."""

import random
from collections.abc import Iterator
from time import time
from typing import Any
from urllib.parse import urlencode

from bench.asking import Asking
from bench.desk import serving, set_up
from bench.figures import percentile, spread
from bench.someone import id_of
from bench.storage import Storage, fresh

# A page whose narrowing is true of nobody near ends after 50 ms of walking, and the list goes on from there.
BAR_MS = 100.0
_ROUNDS, _WARM = 30, 2
_DEEP = 20
_YEAR_MS = 365 * 24 * 3600 * 1000
_CITIES = (("Stockholm", "SE"), ("Lyon", "FR"), ("Graz", "AT"), ("Oslo", "NO"))
_RARE_CITY = ("Kiruna", "SE")
_COMPANIES = 2_000
_FIELD, _LABEL = id_of(1), id_of(2)
_FIRST = ("Ada", "Bo", "Åsa", "Émile", "Ines", "Vera", "Oskar", "Leila")
_LAST = ("Lind", "Berg", "Haddad", "Oliveira", "Potter", "Kiln")
_ORDERS = ("seen", "name", "created")


def customers(database: str, many: int) -> dict[str, Any]:
    with fresh(database) as storage:
        with serving(storage.data, storage.url) as servers:
            cookie = set_up(servers[0].port)
        now = int(time() * 1000)
        _fill(storage, many, now)
        with serving(storage.data, storage.url) as servers:
            figures = _timed(Asking(servers[0].port, cookie), _lists(now))
    return {"database": database, "customers": many, **figures}


def _lists(now: int) -> dict[str, dict[str, str]]:
    """What is true of everybody, of many, of few, and of nobody who stands near."""
    narrowed = {
        "all": {},
        "named": {"named": "true"},
        "unnamed": {"named": "false"},
        "country": {"country": "SE"},
        "city": {"city": "Graz"},
        "rare_city": {"city": _RARE_CITY[0]},
        "company": {"company": id_of(7)},
        "label": {"label": _LABEL},
        "field": {"field": _FIELD, "value": "gold"},
        "seen": {"seen_after": str(now - _YEAR_MS // 52)},
        "long_ago": {"seen_before": str(now - _YEAR_MS * 51 // 52)},
        "both": {"country": "FR", "named": "true", "seen_after": str(now - _YEAR_MS // 2)},
        "none": {"city": "Graz", "country": "FR"},
    }
    return {
        f"{name} by {order}": {**asked, "order": order}
        for name, asked in narrowed.items()
        for order in _ORDERS
    }


def _timed(desk: Asking, lists: dict[str, dict[str, str]]) -> dict[str, Any]:
    deep = {name: _cursor(desk, asked) for name, asked in lists.items()}
    took: dict[str, list[float]] = {name: [] for name in lists}
    for turn in range(_WARM + _ROUNDS):
        for name, asked in lists.items():
            for after in (None, deep[name]):
                found, ms = desk.get(_path(asked, after))
                assert found["rows"] or name.startswith("none") or found["next"], name
                if turn >= _WARM:
                    took[name].append(ms)
    every = [ms for some in took.values() for ms in some]
    worst = sorted(((percentile(some, 99), name) for name, some in took.items()), reverse=True)[:5]
    return {**spread(every), "lists_worst_p99_ms": worst[0][0], "slowest": worst}


def _cursor(desk: Asking, asked: dict[str, str]) -> str | None:
    """Where the list goes on after some pages, or at its last page but one."""
    after: str | None = None
    for _ in range(_DEEP):
        found, _ms = desk.get(_path(asked, after))
        if found["next"] is None:
            break
        after = found["next"]
    return after


def _path(asked: dict[str, str], after: str | None) -> str:
    return f"/api/customers?{urlencode({**asked, **({'after': after} if after else {})})}"


def _fill(storage: Storage, many: int, now: int) -> None:
    ((agent,),) = storage.query("SELECT id FROM agent")
    firms = ((id_of(n), f"Firm {n}", f"firm {n}", None, "", now) for n in range(_COMPANIES))
    storage.fill("customer_company", ("id", "name", "folded", "website", "about", "created_at"), firms)
    storage.fill("customer", _COLUMNS, _customers(many, now))
    own = ("id", "of", "name", "kind", "choices", "place", "retired_at")
    quoted = tuple(f'"{name}"' for name in own)
    storage.fill("own_field", quoted, [(_FIELD, "customer", "Card", "text", "[]", 0, None)])
    values = ((id_of(n), _FIELD, "gold" if n % 40 == 0 else "tin") for n in range(0, many, 20))
    storage.fill("own_value", ("of_id", "field_id", "value"), values)
    storage.fill("label", ("id", "name", "folded", "colour", "at"), [(_LABEL, "vip", "vip", "teal", now)])
    # Every fiftieth has a conversation with a label on it.
    talks = range(0, many, 50)
    storage.fill("conversation", _TALK, ((id_of(n), id_of(n), *_closed(agent, now)) for n in talks))
    listed = ((id_of(n), _LABEL, agent, 1, now) for n in talks)
    storage.fill("listing", ("conversation_id", "list", "owner_id", "closed", "last_at"), listed)
    storage.rest()


_COLUMNS = (
    "id", "name", "city", "lead", "country", "word", "proven", "company_id", "created_at", "seen_at", "sorts",
)  # fmt: skip
_TALK = (
    "id", "customer_id", "channel", "owner_id", "closed", "started_at", "last_at", "last_position",
    "asked_position", "customer_saw", "team_saw", "customer_unread", "labels", "listed",
)  # fmt: skip


def _closed(agent: str, now: int) -> tuple[Any, ...]:
    return "widget", agent, 1, now, now, 2, 1, 1, 1, 0, _LABEL, 1


def _customers(many: int, now: int) -> Iterator[tuple[Any, ...]]:
    """Seen at random moments of a year: who was seen last does not stand together on the disk."""
    chance = random.Random(4711)
    for n in range(many):
        city, country = _RARE_CITY if n % 5_000 == 0 else _CITIES[n % len(_CITIES)]
        name = f"{_FIRST[n % 8]} {_LAST[n % 6]} {n}" if n % 3 else None
        company = id_of(n // 4 % _COMPANIES) if n % 4 == 0 else None
        made = now - _YEAR_MS * (many - n) // many
        seen = made + chance.randrange(max(1, now - made))
        called = (name or f"{city} lead").casefold()
        yield id_of(n), name, city, city, country, "Maple", 0, company, made, seen, called


def bars() -> dict[str, float]:
    return {"lists_worst_p99_ms": BAR_MS}


def holds(figures: dict[str, Any]) -> bool:
    return bool(figures["lists_worst_p99_ms"] <= BAR_MS)
