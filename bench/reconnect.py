"""The desk is killed with thousands of chats open, starts again, and all of them are at its door at once."""

import asyncio
import random
from time import perf_counter
from typing import Any

import orjson
import uvloop

from bench.chats import Ledger, Visitor, each
from bench.desk import PATIENCE, Process, answers, resident_mb, serving, serving_again, set_up
from bench.figures import percentile
from bench.storage import Storage, fresh

# Seconds until the last one is back; milliseconds for a health check meanwhile; megabytes.
BAR = {"all_back_s": 60.0, "health_p99_ms": 1000.0, "missed": 0.0, "resident_mb": 734.0}
_WRITE_MEANWHILE = 200
_LOOKS_EVERY_S = 0.1


class Returning(Visitor):
    """Remembers what it has heard, and comes back for the rest."""

    def __init__(self, port: int, ledger: Ledger) -> None:
        super().__init__(port, ledger)
        self.tries = 0
        self.back_at = 0.0
        self._seq = 0
        self._welcome: asyncio.Future[None] | None = None

    def hello(self) -> bytes:
        return orjson.dumps({"do": "hello", "seq": self._seq, "token": self._token})

    async def watch(self) -> None:
        """Until it is welcome; a browser that is refused tries again after a moment of its own choice."""
        while True:
            self._welcome = asyncio.get_running_loop().create_future()
            self.tries += 1
            try:
                await super().watch()
                async with asyncio.timeout(30):
                    await self._welcome
                self.back_at = perf_counter()
                return
            except (OSError, TimeoutError):
                await asyncio.sleep(random.uniform(0.2, 1.0))

    def _hear(self, frame: bytes, at: float) -> None:
        told = orjson.loads(frame)
        if told["is"] == "welcome" and self._welcome is not None and not self._welcome.done():
            self._seq = self._seq or told["seq"]
            self._welcome.set_result(None)
        elif told["is"] == "fact":
            self._seq = told["seq"]
            if told["kind"] == "CustomerWrote":
                self._ledger.hear(told["data"]["message"], at)


def reconnect(database: str, connections: int) -> dict[str, Any]:
    with fresh(database) as storage:
        return uvloop.run(_measured(storage, database, connections))


async def _measured(storage: Storage, database: str, connections: int) -> dict[str, Any]:
    ledger = Ledger()
    with serving(storage.data, storage.url) as (server,):
        set_up(server.port)
        visitors = [Returning(server.port, ledger) for _ in range(connections)]
        await each((one.come for one in visitors), at_once=50)
        for one in visitors:
            one.hang_up()
        await each((one.watch for one in visitors), at_once=50)
        killed_at = _kill(server)
        with serving_again(storage.data, storage.url, server.port) as back:
            figures = await _returned(visitors, back, ledger)
            figures["down_s"] = round(figures.pop("answers_at") - killed_at, 2)
            for one in visitors:
                one.leave()
    return {"database": database, "connections": connections, **figures}


def _kill(server: Process) -> float:
    server.running.kill()
    server.running.wait()
    return perf_counter()


async def _returned(visitors: list[Returning], server: Process, ledger: Ledger) -> dict[str, Any]:
    """Some write before they are connected: what they missed is told to them."""
    answers_at = perf_counter()
    before = set(ledger.sent)
    for one in visitors:
        one.tries = 0
    for one in visitors[:_WRITE_MEANWHILE]:
        one.write(perf_counter())
    health = asyncio.create_task(_health(server.port))
    await asyncio.gather(*(one.watch() for one in visitors))
    await asyncio.sleep(2)
    health.cancel()
    took = [one.back_at - answers_at for one in visitors]
    looked = await health
    written = [sent for id, sent in ledger.sent.items() if id not in before]
    return {
        "answers_at": answers_at,
        "half_back_s": percentile(took, 50),
        "all_back_s": percentile(took, 100),
        "tries": sum(one.tries for one in visitors),
        "health_p99_ms": percentile(looked, 99),
        "health_worst_ms": percentile(looked, 100),
        "missed": sum(not one.heard for one in written),
        "dropped": sum(not one.is_watching() for one in visitors),
        "resident_mb": resident_mb([server]),
    }


async def _health(port: int) -> list[float]:
    """Milliseconds of each look, until it is cancelled."""
    took: list[float] = []
    try:
        while True:
            begun = perf_counter()
            well = await asyncio.to_thread(answers, port)
            # A desk that says it is not well is as bad as one that says nothing for so long.
            took.append((perf_counter() - begun) * 1000 if well else PATIENCE * 1000)
            await asyncio.sleep(_LOOKS_EVERY_S)
    except asyncio.CancelledError:
        return took


def bars() -> dict[str, float]:
    return {**BAR, "dropped": 0.0}


def holds(figures: dict[str, Any]) -> bool:
    return all(figures[name] <= bar for name, bar in bars().items())
