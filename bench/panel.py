"""The panel of a customer of whom there is very much: what is fetched for it, and when it is painted."""

from typing import Any

from bench import painting
from bench.asking import Asking
from bench.desk import serving, set_up
from bench.figures import spread
from bench.someone import SOMEONE, Much, fill, talk_of
from bench.storage import fresh

BAR_MS, PAINT_BAR_MS = 30.0, 100.0
_ROUNDS, _WARM = 200, 5
# Their events: pages seen, profile changes, and what became of conversations (begun, closed, labelled).
_VISITS_SHARE, _CHANGES = 46, 1_800


def panel(database: str, conversations: int, events: int, paints: int) -> dict[str, Any]:
    """`paints`: how often a fresh page of the desk opens it in a browser; 0: not at all."""
    visits = max(0, events - _CHANGES - conversations * 22 // 10)
    much = Much(conversations, 5, visits, _CHANGES, notes=conversations // 5, others=20_000)
    with fresh(database) as storage:
        with serving(storage.data, storage.url) as servers:
            cookie = set_up(servers[0].port)
        fill(storage, much)
        with serving(storage.data, storage.url) as servers:
            figures = _asked(Asking(servers[0].port, cookie), much)
            if paints:
                address = f"/c/{talk_of(much.conversations - 1)}"
                figures |= painting.painted(servers[0].port, cookie, address, paints)
    return {"database": database, "conversations": conversations, "events": events, **figures}


def _paths(much: Much) -> dict[str, str]:
    """As `web/desk/parts/customer` asks; `bench.painting` says if it asks for anything else."""
    customer, talk = f"/api/customers/{SOMEONE}", f"/api/conversations/{talk_of(much.conversations - 1)}"
    return {
        "profile": customer,
        "events": f"{customer}/events?limit=12",
        "past": f"{customer}/conversations?limit=6",
        "notes": f"{customer}/notes?limit=20",
        "notes_here": f"{talk}/notes",
    }


def _asked(desk: Asking, much: Much) -> dict[str, Any]:
    paths = _paths(much)
    took: dict[str, list[float]] = {name: [] for name in paths}
    for turn in range(_WARM + _ROUNDS):
        for name, path in paths.items():
            found, ms = desk.get(path)
            assert any(one for key, one in found.items() if key != "seq"), "an empty answer proves nothing"
            if turn >= _WARM:
                took[name].append(ms)
    together = [sum(each) for each in zip(*took.values(), strict=True)]
    each = {name: spread(some, f"{name}_") for name, some in took.items()}
    return {
        **{key: ms for some in each.values() for key, ms in some.items()},
        **spread(together, "one_by_one_"),
    }


def bars() -> dict[str, float]:
    names = ("profile", "events", "past", "notes", "notes_here")
    return {**{f"{name}_p99_ms": BAR_MS for name in names}, "first_paint_p50_ms": PAINT_BAR_MS}


def holds(figures: dict[str, Any]) -> bool:
    """A machine without a browser shows one half."""
    return all(figures[name] <= most for name, most in bars().items() if name in figures)
