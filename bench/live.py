"""A visitor's message, from the moment it is due to the watching agent's socket, stored durably."""

import gc
from collections import Counter
from dataclasses import dataclass
from typing import Any

import uvloop

from bench.chats import Agent, Ledger, Sent, Visitor, each, settled, write_steadily
from bench.desk import Process, resident_mb, serving, set_up
from bench.figures import percentile, spread
from bench.storage import Storage, fresh

BAR_MS = {"sqlite": 25.0, "postgresql": 60.0}
BAR_RATE, BAR_MAX_MS = 1_500.0, 100.0
_STEADY_S, _WARM_UP_S = 60.0, 3.0
_FIRST_RATE, _FASTER, _HALVINGS = 400.0, 1.5, 4
_STEP_S, _LAST = 5.0, 3


@dataclass(frozen=True, slots=True)
class Wanted:
    database: str = "sqlite"
    processes: int = 1
    chats: int = 200
    rate: float = 20.0
    seconds: float | None = None


class Round:
    """One desk, its visitors on the first process, the agent on the last."""

    def __init__(self, wanted: Wanted, servers: list[Process], cookie: str) -> None:
        self.ledger = Ledger()
        self._servers = servers
        self._visitors = [Visitor(servers[0].port, self.ledger) for _ in range(wanted.chats)]
        self._agent = Agent(servers[-1].port, cookie, self.ledger)

    async def begin(self) -> None:
        await self._agent.watch()
        await each(one.arrive for one in self._visitors)
        # The generator's own pauses would be counted as the desk's.
        gc.collect()
        gc.freeze()
        gc.disable()

    async def run(self, rate: float, seconds: float) -> list[Sent]:
        """The messages sent at this rate, after all that can come has come."""
        if not self._agent.is_watching():
            await self._agent.watch()
        before = len(self.ledger.sent)
        await write_steadily(self._visitors, rate, seconds)
        sent = list(self.ledger.sent.values())[before:]
        await settled(self.ledger, sent)
        return sent

    def cpu_s(self) -> float:
        return sum(one.cpu_s() for one in self._servers)

    def end(self) -> None:
        for one in self._visitors:
            one.leave()
        self._agent.leave()
        gc.enable()


def live(wanted: Wanted) -> dict[str, Any]:
    with fresh(wanted.database) as storage:
        with serving(storage.data, storage.url, wanted.processes) as servers:
            figures, ledger = uvloop.run(_steady(wanted, servers, set_up(servers[0].port)))
            figures["resident_mb"] = resident_mb(servers)
        return {**figures, **checked(ledger, storage)}


def live_max(wanted: Wanted) -> dict[str, Any]:
    with fresh(wanted.database) as storage:
        with serving(storage.data, storage.url, wanted.processes) as servers:
            figures, ledger = uvloop.run(_fastest(wanted, servers, set_up(servers[0].port)))
            figures["resident_mb"] = resident_mb(servers)
        return {**figures, **checked(ledger, storage)}


async def _steady(wanted: Wanted, servers: list[Process], cookie: str) -> tuple[dict[str, Any], Ledger]:
    one = Round(wanted, servers, cookie)
    await one.begin()
    seconds = _STEADY_S if wanted.seconds is None else wanted.seconds
    await one.run(wanted.rate, min(_WARM_UP_S, seconds))
    cpu = one.cpu_s()
    sent = await one.run(wanted.rate, seconds)
    used = one.cpu_s() - cpu
    one.end()
    return {**said(wanted), "rate_per_s": wanted.rate, **latencies(sent), **_cost(used, sent)}, one.ledger


def _cost(cpu_s: float, sent: list[Sent]) -> dict[str, Any]:
    """Processor time of all server processes: the figure that a busy machine disturbs least."""
    each = round(1000 * cpu_s / len(sent), 2) if sent else 0.0
    return {"messages": len(sent), "server_cpu_ms_per_message": each}


def said(wanted: Wanted) -> dict[str, Any]:
    return {"database": wanted.database, "processes": wanted.processes, "chats": wanted.chats}


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


async def _fastest(wanted: Wanted, servers: list[Process], cookie: str) -> tuple[dict[str, Any], Ledger]:
    one = Round(wanted, servers, cookie)
    await one.begin()
    search = _Search(one, _STEP_S if wanted.seconds is None else wanted.seconds)
    await one.run(_FIRST_RATE / 2, _WARM_UP_S)
    rate, sent, used = await search.best()
    one.end()
    figures = {**said(wanted), "rate_per_s": round(rate), **latencies(sent), **_cost(used, sent)}
    return {**figures, "tried_per_s": search.tried}, one.ledger


class _Search:
    """For the highest rate that the desk keeps up: faster until it fails, then halving the gap."""

    def __init__(self, one: Round, seconds: float) -> None:
        self.tried: list[int] = []
        self._one = one
        self._seconds = seconds

    async def best(self) -> tuple[float, list[Sent], float]:
        good, bad = 0.0, _FIRST_RATE
        while (await self._try(bad, self._seconds))[0]:
            good, bad = bad, bad * _FASTER
        for _ in range(_HALVINGS):
            middle = (good + bad) / 2
            good, bad = (middle, bad) if (await self._try(middle, self._seconds))[0] else (good, middle)
        return await self._confirmed(good)

    async def _confirmed(self, rate: float) -> tuple[float, list[Sent], float]:
        """A longer run; a little slower each time it fails."""
        while True:
            held, sent, used = await self._try(rate, self._seconds * _LAST)
            if held or rate < 1:
                return rate, sent, used
            rate *= 0.95

    async def _try(self, rate: float, seconds: float) -> tuple[bool, list[Sent], float]:
        self.tried.append(round(rate))
        refused = len(self._one.ledger.refusals)
        cpu = self._one.cpu_s()
        sent = await self._one.run(rate, seconds)
        used = self._one.cpu_s() - cpu
        whole = all(one.accepted and one.heard for one in sent) and len(self._one.ledger.refusals) == refused
        return whole and latencies(sent)["p99_ms"] <= BAR_MAX_MS, sent, used


def bars(wanted: Wanted, most: bool) -> dict[str, float]:
    if most:
        return {"rate_per_s": BAR_RATE, "p99_ms": BAR_MAX_MS, "lost": 0, "doubled": 0}
    return {"p99_ms": BAR_MS[wanted.database], "lost": 0, "doubled": 0}


def holds(figures: dict[str, Any], most: bool, bar: dict[str, float]) -> bool:
    quick = figures["messages"] > 0 and figures["p99_ms"] <= bar["p99_ms"]
    enough = not most or figures["rate_per_s"] >= bar["rate_per_s"]
    return bool(quick and enough and figures["lost"] == figures["doubled"] == 0)
