"""From the note in which a colleague is called to that colleague's socket, while customers write."""

import asyncio
import secrets
from time import perf_counter
from typing import Any

import orjson

from bench.desk import ask
from bench.figures import spread
from bench.live import WARM_UP_S, Round, Wanted, measured
from bench.wire import Http, open_http, open_socket, request

BAR_MS = 100.0
_STEADY_S = 60.0
_EVERY_S = 0.2
_PATIENCE_S = 10.0


def mention(wanted: Wanted) -> dict[str, Any]:
    seconds = _STEADY_S if wanted.seconds is None else wanted.seconds

    async def steady(one: Round) -> dict[str, Any]:
        await one.run(wanted.rate, min(WARM_UP_S, seconds))
        team = _Team(one.servers[0].port, one.servers[-1].port, one.cookie)
        await team.begin()
        writing = asyncio.create_task(one.run(wanted.rate, seconds))
        called = await team.call_steadily(seconds)
        run = await writing
        team.end()
        return {**run.figures(), "mentions": len(called), **_named(spread(called))}

    return measured(wanted, steady)


def _named(figures: dict[str, float]) -> dict[str, float]:
    return {f"mention_{name}": figure for name, figure in figures.items()}


class _Team:
    """One agent calls another; milliseconds from the request to the other's socket."""

    def __init__(self, port: int, far_port: int, cookie: str) -> None:
        self._port, self._far_port, self._cookie = port, far_port, cookie
        self._heard: dict[str, asyncio.Future[float]] = {}
        self._http: Http | None = None

    async def begin(self) -> None:
        colleague = self._invited()
        self._mark = f"@[agent:{_asked(self._port, 'GET', '/api/state', colleague)['me']['id']}]"
        rows = _asked(self._port, "GET", "/api/conversations?place=unassigned", self._cookie)["rows"]
        self._paths = [f"/api/conversations/{row['id']}/notes" for row in rows]
        self._http = await open_http(self._port)
        self._socket = await open_socket(self._far_port, "/api/live", self._hear, Cookie=colleague)
        seq = _asked(self._far_port, "GET", "/api/state", colleague)["seq"]
        self._socket.say(orjson.dumps({"do": "hello", "seq": seq}))

    def _invited(self) -> str:
        """The cookie of a second agent."""
        body = {"client_id": secrets.token_hex(8), "email": "oskar@shop.example", "role": "agent"}
        link = _asked(self._port, "POST", "/api/invitations", self._cookie, body)["link"]
        own = {"client_id": secrets.token_hex(8), "token": link.partition("=")[2], "name": "Oskar Lund"}
        status, said, cookie = ask(
            self._port, "POST", "/api/invitation/accept", {**own, "password": secrets.token_hex(16)}
        )
        if status != 201:
            raise RuntimeError(f"the second agent did not come in: {status} {said.decode()}")
        return cookie

    async def call_steadily(self, seconds: float) -> list[float]:
        ends, took = perf_counter() + seconds, list[float]()
        while perf_counter() < ends:
            took.append(await self._call(self._paths[len(took) % len(self._paths)]))
            await asyncio.sleep(_EVERY_S)
        return took

    async def _call(self, path: str) -> float:
        assert self._http is not None
        key = secrets.token_hex(8)
        heard: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._heard[key] = heard
        body = orjson.dumps({"client_id": secrets.token_hex(8), "text": f"{self._mark} {key}"})
        began = perf_counter()
        headers = {"Cookie": self._cookie}
        self._http.send(request("POST", path, f"127.0.0.1:{self._port}", headers, body), _accepted)
        return (await asyncio.wait_for(heard, _PATIENCE_S) - began) * 1000

    def _hear(self, frame: bytes, at: float) -> None:
        told = orjson.loads(frame)
        if told["is"] == "fact" and told["kind"] == "Mentioned":
            heard = self._heard.pop(told["data"]["row"]["mention"]["text"].split()[-1], None)
            if heard is not None and not heard.done():
                heard.set_result(at)

    def end(self) -> None:
        self._socket.close()
        if self._http is not None:
            self._http.close()


def _accepted(status: int, body: bytes, _: float) -> None:
    if status != 201:
        raise RuntimeError(f"a note was answered with {status}: {body[:300].decode()}")


def _asked(port: int, method: str, path: str, cookie: str, body: object = None) -> dict[str, Any]:
    status, said, _ = ask(port, method, path, body, Cookie=cookie)
    if status not in (200, 201):
        raise RuntimeError(f"{path} was answered with {status}: {said[:300].decode()}")
    answer: dict[str, Any] = orjson.loads(said)
    return answer


def bars() -> dict[str, float]:
    return {"mention_p99_ms": BAR_MS, "lost": 0, "doubled": 0}


def holds(figures: dict[str, Any]) -> bool:
    return figures["mentions"] > 0 and all(figures[name] <= most for name, most in bars().items())
