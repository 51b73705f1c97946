"""Messages while browsers report the pages they see: nobody's message may wait for a visit."""

import asyncio
import secrets
from time import perf_counter
from typing import Any

import orjson

from bench.figures import spread
from bench.live import WARM_UP_S, Round, Wanted, latencies, measured
from bench.storage import Storage
from bench.wire import Http, open_http, request

WORSE_BY = 1.2
KEPT = 500
_STEADY_S = 30.0
_CONNECTIONS = 40
_TICK_S = 0.005
_SITE = "https://shop.example"


def visits(wanted: Wanted, browsers: int, rate: int) -> dict[str, Any]:
    seconds = _STEADY_S if wanted.seconds is None else wanted.seconds
    after: dict[str, Any] = {}

    async def both(one: Round) -> dict[str, Any]:
        await one.run(wanted.rate, min(WARM_UP_S, seconds))
        alone = await one.run(wanted.rate, seconds)
        site = _Site(one.servers[0].port, browsers)
        await site.begin()
        coming = asyncio.create_task(site.come_steadily(rate, seconds))
        among = await one.run(wanted.rate, seconds)
        await coming
        await asyncio.sleep(2)
        site.end()
        quiet = {f"alone_{name}": figure for name, figure in latencies(alone.sent).items()}
        return {**among.figures(), **quiet, **site.figures(seconds)}

    def looked_at(storage: Storage) -> None:
        most = storage.query(
            "SELECT max(n) FROM (SELECT count(*) AS n FROM visit GROUP BY browser) AS each_one"
        )
        after["visits_kept"] = storage.query("SELECT count(*) FROM visit")[0][0]
        after["most_of_one_browser"] = most[0][0] or 0

    return {**measured(wanted, both, after=looked_at), **after}


class _Site:
    """Many browsers over some kept-alive connections; each sees a page when it is its turn."""

    def __init__(self, port: int, browsers: int) -> None:
        self._port = port
        self._reports = [_report(f"127.0.0.1:{port}", secrets.token_hex(10), n) for n in range(browsers)]
        self._connections: list[Http] = []
        self._sent: list[float] = []
        self._refused = 0

    async def begin(self) -> None:
        self._connections = [await open_http(self._port) for _ in range(_CONNECTIONS)]

    async def come_steadily(self, rate: int, seconds: float) -> None:
        begun, turn = perf_counter(), 0
        while (passed := perf_counter() - begun) < seconds:
            for _ in range(int(passed * rate) - turn):
                self._come(turn)
                turn += 1
            await asyncio.sleep(_TICK_S)

    def _come(self, turn: int) -> None:
        due = perf_counter()
        self._connections[turn % _CONNECTIONS].send(
            self._reports[turn % len(self._reports)],
            lambda status, _, at: self._answered(status, at - due),
        )

    def _answered(self, status: int, took: float) -> None:
        self._sent.append(1_000 * took)
        self._refused += status != 200

    def figures(self, seconds: float) -> dict[str, Any]:
        told = {"visits_per_s": round(len(self._sent) / seconds), "visits_refused": self._refused}
        return {**told, **spread(self._sent, "visit_")}

    def end(self) -> None:
        for one in self._connections:
            one.close()


def _report(host: str, browser: str, number: int) -> bytes:
    body = {
        "browser": browser,
        "kind": "page",
        "url": f"{_SITE}/tools/{number % 200}?utm_source=mail&token=secret",
        "title": f"Hand grinder {number % 200} | Kvarn & Kanna",
        "referrer": f"{_SITE}/tools",
    }
    return request("POST", "/widget/api/visits", host, {"Origin": _SITE}, orjson.dumps(body))


def bars(figures: dict[str, Any]) -> dict[str, float]:
    return {"p99_ms": round(WORSE_BY * float(figures["alone_p99_ms"]), 2), "most_of_one_browser": KEPT}


def holds(figures: dict[str, Any]) -> bool:
    bar = bars(figures)
    is_whole = figures["lost"] == 0 and figures["doubled"] == 0 and figures["visits_refused"] == 0
    return is_whole and all(figures[name] <= most for name, most in bar.items())
