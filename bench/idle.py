"""What an open chat costs while nobody writes in it, and what many of them cost the others."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

from bench.chats import Ledger, Visitor, each
from bench.desk import Process
from bench.live import Round, Wanted, measured

BAR_KB, BAR_MS = 25.0, 50.0
_SECONDS = 30.0
_BREATH_S = 2.0


def idle(wanted: Wanted, connections: int) -> dict[str, Any]:
    async def measure(one: Round) -> dict[str, Any]:
        server = one.servers[0]
        quiet = await _known(connections, server.port, one.ledger)
        await one.run(wanted.rate, _BREATH_S)
        before = await _memory(server)
        await each((visitor.watch for visitor in quiet), at_once=50)
        each_kb = (await _memory(server) - before) / connections / 1000
        run = await one.run(wanted.rate, _SECONDS if wanted.seconds is None else wanted.seconds)
        dropped = sum(not visitor.is_watching() for visitor in quiet)
        _all(visitor.leave for visitor in quiet)
        held = {"connections": connections, "kb_per_connection": round(each_kb, 1), "dropped": dropped}
        return {**held, **run.figures()}

    return measured(wanted, measure)


async def _known(connections: int, port: int, ledger: Ledger) -> list[Visitor]:
    """Visitors who wrote once: a socket of theirs holds more than that of somebody who only looked."""
    visitors = [Visitor(port, ledger) for _ in range(connections)]
    await each((visitor.come for visitor in visitors), at_once=50)
    _all(visitor.hang_up for visitor in visitors)
    return visitors


async def _memory(server: Process) -> int:
    await asyncio.sleep(_BREATH_S)
    return server.resident()


def _all(acts: Iterable[Callable[[], None]]) -> None:
    for act in acts:
        act()


def bars() -> dict[str, float]:
    return {"kb_per_connection": BAR_KB, "p99_ms": BAR_MS, "dropped": 0, "lost": 0, "doubled": 0}


def holds(figures: dict[str, Any]) -> bool:
    return all(figures[name] <= bar for name, bar in bars().items()) and figures["messages"] > 0
