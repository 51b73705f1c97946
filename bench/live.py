"""A visitor's message, from the moment it is due to the watching agent's socket, stored durably."""

import asyncio
import gc
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import uvloop

from bench.chats import Agent, Ledger, Sent, Visitor, each, settled, write_steadily
from bench.desk import Process, resident_mb, serving, set_up
from bench.figures import percentile, spread
from bench.storage import Storage, fresh

BAR_MS = {"sqlite": 25.0, "postgresql": 60.0}
WARM_UP_S = 3.0
_STEADY_S = 60.0
_TICK_S = 0.01


@dataclass(frozen=True, slots=True)
class Wanted:
    database: str = "sqlite"
    processes: int = 1
    chats: int = 200
    rate: float = 20.0
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """What was sent at one rate. `stall_ms`: the longest time the load generator itself was kept waiting
    for a processor; the desk was kept waiting no less.
    """

    rate: float
    sent: list[Sent]
    cpu_s: float
    stall_ms: float
    refused: int

    def figures(self) -> dict[str, Any]:
        each = round(1000 * self.cpu_s / len(self.sent), 2) if self.sent else 0.0
        cost = {"server_cpu_ms_per_message": each, "generator_stall_ms": round(self.stall_ms, 1)}
        return {"rate_per_s": round(self.rate), "messages": len(self.sent), **latencies(self.sent), **cost}

    def is_whole(self) -> bool:
        return self.refused == 0 and all(one.accepted and one.heard for one in self.sent)


class Round:
    """One desk, its visitors on the first process, the agent on the last."""

    def __init__(self, wanted: Wanted, servers: list[Process], cookie: str) -> None:
        self.ledger = Ledger()
        self.servers, self.cookie = servers, cookie
        self._visitors = [Visitor(servers[0].port, self.ledger) for _ in range(wanted.chats)]
        self._agent = Agent(servers[-1].port, cookie, self.ledger)

    async def begin(self) -> None:
        await self._agent.watch()
        await each(one.arrive for one in self._visitors)
        # The generator's own pauses would be counted as the desk's.
        gc.collect()
        gc.freeze()
        gc.disable()

    async def run(self, rate: float, seconds: float) -> Run:
        """Messages at this rate; returns after all that can come has come."""
        if not self._agent.is_watching():
            await self._agent.watch()
        before, refused, cpu = len(self.ledger.sent), len(self.ledger.refusals), self._cpu_s()
        stalls = asyncio.create_task(_longest_stall())
        await write_steadily(self._visitors, rate, seconds)
        sent = list(self.ledger.sent.values())[before:]
        await settled(self.ledger, sent)
        stalls.cancel()
        used = self._cpu_s() - cpu
        return Run(rate, sent, used, await stalls, len(self.ledger.refusals) - refused)

    def _cpu_s(self) -> float:
        return sum(one.cpu_s() for one in self.servers)

    def end(self) -> None:
        for one in self._visitors:
            one.leave()
        self._agent.leave()
        gc.enable()


async def _longest_stall() -> float:
    """Milliseconds, when it is cancelled."""
    worst = 0.0
    try:
        while True:
            asked = perf_counter()
            await asyncio.sleep(_TICK_S)
            worst = max(worst, perf_counter() - asked - _TICK_S)
    except asyncio.CancelledError:
        return worst * 1000


Measure = Callable[[Round], Awaitable[dict[str, Any]]]


def measured(
    wanted: Wanted,
    measure: Measure,
    furnish: Callable[[Storage], None] = lambda _: None,
    after: Callable[[Storage], None] = lambda _: None,
) -> dict[str, Any]:
    """What `measure` found on a desk with nothing in it but what `furnish` put there, how much memory it
    took, and whether everything arrived once. `after` looks at what is left.
    """
    with fresh(wanted.database) as storage:
        with serving(storage.data, storage.url) as servers:
            cookie = set_up(servers[0].port)
        furnish(storage)
        with serving(storage.data, storage.url, wanted.processes) as servers:
            figures, ledger = uvloop.run(_round(wanted, servers, cookie, measure))
            figures["resident_mb"] = resident_mb(servers)
        after(storage)
        said = {"database": wanted.database, "processes": wanted.processes, "chats": wanted.chats}
        return {**said, **figures, **checked(ledger, storage)}


async def _round(
    wanted: Wanted, servers: list[Process], cookie: str, measure: Measure
) -> tuple[dict[str, Any], Ledger]:
    one = Round(wanted, servers, cookie)
    await one.begin()
    figures = await measure(one)
    one.end()
    return figures, one.ledger


def live(wanted: Wanted) -> dict[str, Any]:
    seconds = _STEADY_S if wanted.seconds is None else wanted.seconds

    async def steady(one: Round) -> dict[str, Any]:
        await one.run(wanted.rate, min(WARM_UP_S, seconds))
        return (await one.run(wanted.rate, seconds)).figures()

    return measured(wanted, steady)


def latencies(sent: list[Sent]) -> dict[str, float]:
    """From due to the agent's socket; to the visitor's answer; and from that answer to the socket."""
    whole = [one for one in sent if one.accepted and one.heard]
    return {
        **spread([(one.heard - one.due) * 1000 for one in whole]),
        **spread([(one.accepted - one.due) * 1000 for one in whole], "answer_"),
        "after_answer_p99_ms": percentile([(one.heard - one.accepted) * 1000 for one in whole], 99),
    }


def checked(ledger: Ledger, storage: Storage) -> dict[str, Any]:
    """Acknowledged, stored and heard, compared message by message."""
    acknowledged, stored = ledger.acknowledged(), storage.stored()
    heard = Counter({id: one.times_heard for id, one in ledger.sent.items()})
    lost = {id for id in acknowledged if not stored[id] or not heard[id]}
    twice = {id for id, times in (*stored.items(), *heard.items()) if times > 1}
    return {
        "sent": len(ledger.sent),
        "acknowledged": len(acknowledged),
        "stored": len(stored),
        "lost": len(lost),
        "doubled": len(twice),
        "refused": len(ledger.refusals),
        "repeated": ledger.repeats,
    }


def bars(database: str) -> dict[str, float]:
    return {"p99_ms": BAR_MS[database], "lost": 0, "doubled": 0}


def holds(figures: dict[str, Any], bar: dict[str, float]) -> bool:
    return figures["messages"] > 0 and all(figures[name] <= most for name, most in bar.items())
