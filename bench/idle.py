"""What an open chat costs while nobody writes in it, and what many of them cost the others."""

import asyncio
from collections.abc import Callable
from typing import Any

import uvloop

from bench.chats import Ledger, Visitor, each
from bench.desk import Process, resident_mb, serving, set_up
from bench.live import Round, Wanted, checked, latencies, said
from bench.storage import fresh

BAR_KB, BAR_MS = 25.0, 50.0
_SECONDS = 30.0
_BREATH_S = 2.0


def idle(wanted: Wanted, connections: int) -> dict[str, Any]:
    with fresh(wanted.database) as storage:
        with serving(storage.data, storage.url, wanted.processes) as servers:
            cookie = set_up(servers[0].port)
            figures, ledger = uvloop.run(_idle(wanted, connections, servers, cookie))
            figures["resident_mb"] = resident_mb(servers)
        return {**figures, **checked(ledger, storage)}


async def _idle(
    wanted: Wanted, connections: int, servers: list[Process], cookie: str
) -> tuple[dict[str, Any], Ledger]:
    one = Round(wanted, servers, cookie)
    await one.begin()
    quiet = await _known(connections, servers[0].port, one.ledger)
    await one.run(wanted.rate, _BREATH_S)
    before = await _memory(servers[0])
    await each((visitor.watch for visitor in quiet), at_once=50)
    after = await _memory(servers[0])
    sent = await one.run(wanted.rate, _SECONDS if wanted.seconds is None else wanted.seconds)
    dropped = sum(not visitor.is_watching() for visitor in quiet)
    _all(visitor.leave for visitor in quiet)
    one.end()
    each_kb = round((after - before) / connections / 1000, 1)
    figures = {"connections": connections, "kb_per_connection": each_kb, "dropped": dropped}
    rest = {"rate_per_s": wanted.rate, "messages": len(sent), **latencies(sent)}
    return {**said(wanted), **figures, **rest}, one.ledger


async def _known(connections: int, port: int, ledger: Ledger) -> list[Visitor]:
    """Visitors who wrote once: a socket of theirs holds more than that of somebody who only looked."""
    visitors = [Visitor(port, ledger) for _ in range(connections)]
    await each((visitor.come for visitor in visitors), at_once=50)
    _all(visitor.hang_up for visitor in visitors)
    return visitors


async def _memory(server: Process) -> int:
    await asyncio.sleep(_BREATH_S)
    return server.resident()


def _all(acts: Any) -> None:
    act: Callable[[], None]
    for act in acts:
        act()


def bars() -> dict[str, float]:
    return {"kb_per_connection": BAR_KB, "p99_ms": BAR_MS, "dropped": 0, "lost": 0, "doubled": 0}


def holds(figures: dict[str, Any]) -> bool:
    return all(figures[name] <= bar for name, bar in bars().items()) and figures["messages"] > 0
