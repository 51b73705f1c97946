"""The shop's past: some hundred closed conversations of the last five months, and those that are open now.

The words are the same every time; only the hours move, so that everything happened within working days.
"""

import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

from frontdesk.demo.cast import Agent, Customer, agents, customers, with_article
from frontdesk.demo.rates import kronor, rate
from frontdesk.demo.script import SPEAKERS, By, Script, Turn, scripts

__all__ = ["Agent", "Customer", "Line", "Story", "agents", "customers", "stories"]

OLDEST_DAYS, NEWEST_DAYS = 150, 5
OPENS, LAST_START = timedelta(hours=7), timedelta(hours=13)
"""In UTC, so that it lies within the working day in Göteborg in winter and in summer."""
NEWEST_ORDER, ORDERS_A_DAY = 41250, 20
UNITS = {"m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True)
class Line:
    by: By
    agent: str | None
    text: str
    after_s: int
    """Seconds after the line before."""


@dataclass(frozen=True)
class Story:
    customer: str
    agent: str | None
    started: int
    """Milliseconds before now."""
    lines: tuple[Line, ...]
    closed: bool


@dataclass(frozen=True)
class _Telling:
    """A conversation in words, before it has hours."""

    customer: Customer
    agent: str
    turns: tuple[Turn, ...]
    seed: str


def stories(now: int | None = None) -> list[Story]:
    """Everything that was ever written, oldest first, as seen at `now` (milliseconds since 1970)."""
    moment = datetime.fromtimestamp((now or time.time_ns() // 1_000_000) / 1000, UTC)
    past = [_timed(telling, day, moment) for telling, day in _on_days(_tellings(), moment)]
    return sorted([*past, *_open_ones()], key=lambda story: -story.started)


@cache
def _tellings() -> tuple[_Telling, ...]:
    """Every telling of every script with its customer and its agent, in the order in which they happened."""
    order = [(script, telling) for script in scripts() for telling in range(script.times)]
    random.Random("order").shuffle(order)
    heard: dict[str, list[str]] = {customer.key: [] for customer in customers()}
    return tuple(_tell(script, telling, at / len(order), heard) for at, (script, telling) in enumerate(order))


def _tell(script: Script, telling: int, passed: float, heard: dict[str, list[str]]) -> _Telling:
    seed = f"{script.key} {telling}"
    rng = random.Random(seed)
    customer = _customer_for(script, telling, heard, rng)
    heard[customer.key].append(script.key)
    agent = script.by[(telling + len(script.key)) % len(script.by)]
    age = OLDEST_DAYS - passed * (OLDEST_DAYS - NEWEST_DAYS)
    order = NEWEST_ORDER - round(age * ORDERS_A_DAY) - rng.randrange(ORDERS_A_DAY)
    return _Telling(customer, agent, tuple(script.told(telling, _slots(customer, order))), seed)


def _customer_for(script: Script, telling: int, heard: dict[str, list[str]], rng: random.Random) -> Customer:
    """Someone of the right place and language who has not asked this yet; who wrote least comes first."""
    fitting = [
        customer
        for customer in customers()
        if customer.language == script.language
        and customer.lives(script.where(telling))
        and (customer.name or not script.named)
    ]
    return min(fitting, key=lambda one: (script.key in heard[one.key], len(heard[one.key]), rng.random()))


def _slots(customer: Customer, order: int) -> dict[str, str]:
    there = rate(customer.country or "")
    return {
        "name": f" {customer.first}" if customer.name else "",
        "first": customer.first,
        "city": customer.city or "",
        "country": with_article(customer.country or ""),
        "cost": kronor(there.cost),
        "days": there.days,
        "low": str(there.quickest),
        "high": str(there.slowest),
        "free": kronor(there.free_from or 0),
        "order": str(order),
    }


def _on_days(tellings: Sequence[_Telling], now: datetime) -> Iterator[tuple[_Telling, datetime]]:
    """Spreads them over the working days that lie far enough back for every one to be over."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    back = (today - timedelta(days=age) for age in range(OLDEST_DAYS, NEWEST_DAYS, -1))
    days = [day for day in back if _works(day)]
    for at, telling in enumerate(tellings):
        yield telling, days[at * len(days) // len(tellings)]


def _works(day: datetime) -> bool:
    return day.weekday() < 5


def _timed(telling: _Telling, day: datetime, now: datetime) -> Story:
    rng = random.Random(telling.seed)
    start = _moment(day, rng, LAST_START)
    at, lines, before = start, list[Line](), None
    for turn in telling.turns:
        pause = _until_morning(at, rng) if turn.overnight else _pause(turn, before, rng)
        agent = telling.agent if turn.by == "agent" else None
        lines.append(Line(turn.by, agent, turn.text, pause))
        at, before = at + timedelta(seconds=pause), turn
    ago = int((now - start).total_seconds() * 1000)
    return Story(telling.customer.key, telling.agent, ago, tuple(lines), closed=True)


def _moment(day: datetime, rng: random.Random, latest: timedelta) -> datetime:
    return day + OPENS + rng.random() * (latest - OPENS)


def _until_morning(at: datetime, rng: random.Random) -> int:
    """Seconds until some hour of the next working day."""
    day = at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    while not _works(day):
        day += timedelta(days=1)
    return int((_moment(day, rng, LAST_START) - at).total_seconds())


def _pause(turn: Turn, before: Turn | None, rng: random.Random) -> int:
    """How long it takes to read, think and type; the first answer waits until somebody is there."""
    if before is None:
        return 0
    if turn.by == before.by:
        return rng.randint(8, 50)
    slowest = 240 if turn.by == "agent" else 150
    return rng.randint(20, slowest) + len(turn.text) // 4


def _open_ones() -> Iterator[Story]:
    text = (Path(__file__).parent / "stories" / "open.txt").read_text(encoding="utf-8")
    by_name = {customer.name or customer.key: customer.key for customer in customers()}
    for block in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        head, *lines = block.strip().splitlines()
        who, _, agent = head.partition(" | ")
        key = by_name.get(who) or by_name[f"{who.lower()}-lead"]
        yield _open_story(key, agent or None, lines)


def _open_story(customer: str, agent: str | None, lines: list[str]) -> Story:
    split = [re.match(r"([CA]) (\d+)([mhd]): (.+)", line) for line in lines]
    found = [(SPEAKERS[part[1]], int(part[2]) * UNITS[part[3]], part[4]) for part in split if part]
    ages = [age for _, age, _ in found]
    pauses = [0, *(before - age for before, age in pairwise(ages))]
    told = [
        Line(by, agent if by == "agent" else None, text, pause)
        for (by, _, text), pause in zip(found, pauses, strict=True)
    ]
    return Story(customer, agent, ages[0] * 1000, tuple(told), closed=False)
