"""From starting the process to its first answer, on a desk that holds something."""

from time import perf_counter
from typing import Any

import uvloop

from bench.chats import Ledger, Visitor, each
from bench.desk import resident_mb, serving, set_up
from bench.figures import percentile
from bench.storage import fresh

BAR_S, BAR_MB = 2.0, 150.0


def start(database: str, messages: int, times: int) -> dict[str, Any]:
    took: list[float] = []
    memory: list[float] = []
    with fresh(database) as storage:
        with serving(storage.data, storage.url) as servers:
            set_up(servers[0].port)
            uvloop.run(_furnish(servers[0].port, messages))
        for _ in range(times):
            with serving(storage.data, storage.url) as servers:
                took.append(perf_counter() - servers[0].began)
                memory.append(resident_mb(servers))
    figures = {"p50_s": percentile(took, 50), "worst_s": percentile(took, 100), "resident_mb": max(memory)}
    return {"database": database, "messages": messages, "starts": times, **figures}


async def _furnish(port: int, messages: int) -> None:
    ledger = Ledger()
    visitors = [Visitor(port, ledger) for _ in range(messages)]
    await each(one.come for one in visitors)
    for one in visitors:
        one.leave()


def bars() -> dict[str, float]:
    return {"worst_s": BAR_S, "resident_mb": BAR_MB}


def holds(figures: dict[str, Any]) -> bool:
    return all(figures[name] <= bar for name, bar in bars().items())
