"""From starting the process to its first answer, on a desk that holds something."""

from time import perf_counter, sleep
from typing import Any

import orjson
import uvloop

from bench.chats import TEXT, Ledger, Visitor, each
from bench.desk import ask, resident_mb, serving, set_up
from bench.figures import percentile
from bench.knowledge import furnish
from bench.storage import fresh

BAR_S, BAR_MB = 2.0, 150.0
WITH_ENGINE_S, WITH_ENGINE_MB = 3.0, 350.0


def start(database: str, messages: int, times: int, passages: int) -> dict[str, Any]:
    """With passages, the engine is there too before it counts as started."""
    took: list[float] = []
    cpu: list[float] = []
    memory: list[float] = []
    with fresh(database) as storage:
        with serving(storage.data, storage.url) as servers:
            cookie = set_up(servers[0].port)
            uvloop.run(_furnish(servers[0].port, messages))
        if passages:
            furnish(storage, passages)
        for _ in range(times):
            with serving(storage.data, storage.url) as servers:
                if passages:
                    _wait_for_engine(servers[0].port, cookie)
                took.append(perf_counter() - servers[0].began)
                cpu.append(servers[0].cpu_s())
                memory.append(resident_mb(servers))
    said = {"database": database, "messages": messages, "passages": passages, "starts": times}
    figures = {"p50_s": percentile(took, 50), "worst_s": percentile(took, 100), "resident_mb": max(memory)}
    return {**said, **figures, "cpu_p50_s": percentile(cpu, 50)}


def _wait_for_engine(port: int, cookie: str) -> None:
    asked = {"question": TEXT}
    while not orjson.loads(ask(port, "POST", "/api/knowledge/try", asked, Cookie=cookie)[1])["found"]:
        sleep(0.05)


async def _furnish(port: int, messages: int) -> None:
    ledger = Ledger()
    visitors = [Visitor(port, ledger) for _ in range(messages)]
    await each(one.come for one in visitors)
    for one in visitors:
        one.leave()


def bars(passages: int) -> dict[str, float]:
    if passages:
        return {"worst_s": WITH_ENGINE_S, "resident_mb": WITH_ENGINE_MB}
    return {"worst_s": BAR_S, "resident_mb": BAR_MB}


def holds(figures: dict[str, Any]) -> bool:
    return all(figures[name] <= bar for name, bar in bars(figures["passages"]).items())
