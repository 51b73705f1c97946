"""Visitors who write and an agent who watches. Open loop: nobody waits for a slow desk.

What is due at a moment is due then, whether or not the desk has kept up; every latency counts from it.
"""

import asyncio
import random
import secrets
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import orjson

from bench.wire import Http, WebSocket, open_http, open_socket, request

TEXT = "Good morning, my grinder came without the brush. Can you send me one, or do I return it?"
_QUIET_FOR = 10.0


@dataclass(slots=True)
class Sent:
    """A message's moments, in seconds of this process's clock; 0 for what has not happened."""

    due: float
    accepted: float = 0.0
    heard: float = 0.0
    times_heard: int = 0
    suggested: float = 0.0


class Ledger:
    """Every message by its client's id."""

    def __init__(self) -> None:
        self.sent: dict[str, Sent] = {}
        # By conversation and position: what suggestions are laid under.
        self._heard_at: dict[tuple[str, int], Sent] = {}
        self.refusals: list[str] = []
        self.repeats = 0
        self.moved_at = perf_counter()

    def accept(self, id: str, at: float) -> None:
        self.sent[id].accepted = self.moved_at = at

    def hear(self, message: dict[str, Any], at: float) -> None:
        one = self.sent.get(message["client_id"])
        if one is not None:
            one.heard = one.heard or at
            one.times_heard += 1
            self.moved_at = at
            self._heard_at[message["conversation_id"], message["position"]] = one

    def suggest(self, proposal: dict[str, Any], at: float) -> None:
        one = self._heard_at.get((proposal["conversation_id"], proposal["position"]))
        if one is not None:
            one.suggested = one.suggested or at
            self.moved_at = at

    def acknowledged(self) -> set[str]:
        return {id for id, one in self.sent.items() if one.accepted}


class Visitor:
    """One chat: a kept-alive connection for writing and an open socket, as the widget holds them."""

    def __init__(self, port: int, ledger: Ledger) -> None:
        self.facts = 0
        self._port = port
        self._ledger = ledger
        self._token = secrets.token_urlsafe(32)
        self._place = f'"start":"{secrets.token_hex(8)}"'
        self._http: Http | None = None
        self._socket: WebSocket | None = None
        self._due: deque[str] = deque()
        self._left = False
        self._coming_back: asyncio.Task[None] | None = None
        self._under_way: str | None = None
        self._first: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def arrive(self) -> None:
        await self.come()
        await self.watch()

    async def come(self) -> None:
        """Writes the first message, which starts the conversation."""
        self._http = await open_http(self._port)
        self.write(perf_counter())
        await self._first

    async def watch(self) -> None:
        self._socket = await open_socket(self._port, "/widget/live", self._hear)
        self._socket.say(self.hello())

    def hello(self) -> bytes:
        return orjson.dumps({"do": "hello", "seq": 0, "token": self._token})

    def write(self, due: float) -> None:
        id = secrets.token_hex(8)
        self._ledger.sent[id] = Sent(due)
        self._due.append(id)
        if self._under_way is None:
            self._next()

    def _next(self) -> None:
        self._under_way = self._due.popleft()
        if self._http is None or self._http.closed:
            # The server hangs up on who is quiet for long; a browser comes back, and so does the wait.
            self._coming_back = asyncio.create_task(self._come_back())
        else:
            self._send()

    async def _come_back(self) -> None:
        self._http = await open_http(self._port)
        self._send()

    def _send(self) -> None:
        assert self._http is not None
        id = self._under_way
        body = f'{{"client_id":"{id}",{self._place},"text":"{TEXT}"}}'.encode()
        headers = {"Authorization": f"Bearer {self._token}"}
        host = f"127.0.0.1:{self._port}"
        self._http.send(request("POST", "/widget/api/messages", host, headers, body), self._answered)

    def _answered(self, status: int, body: bytes, at: float) -> None:
        id, self._under_way = self._under_way, None
        if status == 0 and id is not None and not self._left:
            # Nobody knows whether it arrived: the same id once more, as the widget does.
            self._ledger.repeats += 1
            self._due.appendleft(id)
            self._next()
            return
        if status == 201 and id is not None:
            self._ledger.accept(id, at)
        else:
            self._ledger.refusals.append(f"{status} {body[:200].decode(errors='replace')}")
        if not self._first.done():
            self._began(status, body)
        if self._due and not self._left:
            self._next()

    def _began(self, status: int, body: bytes) -> None:
        if status != 201:
            self._first.set_exception(RuntimeError(f"{status} {body.decode(errors='replace')}"))
            return
        self._place = f'"conversation_id":"{orjson.loads(body)["conversation"]["id"]}"'
        self._first.set_result(None)

    def _hear(self, frame: bytes, _: float) -> None:
        self.facts += b'"kind":"CustomerWrote"' in frame

    def is_watching(self) -> bool:
        return self._socket is not None and not self._socket.closed

    def hang_up(self) -> None:
        """The socket alone stays, as when the widget lies open and nobody writes."""
        if self._http is not None:
            self._http.close()

    def leave(self) -> None:
        self._left = True
        self.hang_up()
        if self._socket is not None:
            self._socket.close()


class Agent:
    """Watches the whole desk on one socket."""

    def __init__(self, port: int, cookie: str, ledger: Ledger) -> None:
        self._port = port
        self._cookie = cookie
        self._ledger = ledger
        self._seq = 0
        self._welcome: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._socket: WebSocket | None = None

    async def watch(self) -> None:
        self._welcome = asyncio.get_running_loop().create_future()
        self._socket = await open_socket(self._port, "/api/live", self._hear, Cookie=self._cookie)
        self._socket.say(orjson.dumps({"do": "hello", "seq": self._seq}))
        await self._welcome

    def is_watching(self) -> bool:
        return self._socket is not None and not self._socket.closed

    def _hear(self, frame: bytes, at: float) -> None:
        told = orjson.loads(frame)
        if told["is"] == "fact":
            self._seq = told["seq"]
            if told["kind"] == "CustomerWrote":
                self._ledger.hear(told["data"]["message"], at)
            elif told["kind"] == "AnswersSuggested":
                self._ledger.suggest(told["data"]["proposal"], at)
        elif told["is"] == "welcome" and not self._welcome.done():
            self._welcome.set_result(None)

    def leave(self) -> None:
        if self._socket is not None:
            self._socket.close()


async def each(acts: Iterable[Callable[[], Awaitable[None]]], *, at_once: int = 20) -> None:
    """All of them, a few at a time."""
    gate = asyncio.Semaphore(at_once)

    async def one(act: Callable[[], Awaitable[None]]) -> None:
        async with gate:
            await act()

    await asyncio.gather(*(one(act) for act in acts))


async def write_steadily(visitors: list[Visitor], rate: float, seconds: float) -> None:
    """Messages at random moments, `rate` a second on average: people do not write in step."""
    chance = random.Random(4711)
    due = perf_counter() + 0.1
    end = due + seconds
    turn = 0
    while (due := due + chance.expovariate(rate)) < end:
        await asyncio.sleep(max(0.0, due - perf_counter()))
        visitors[turn % len(visitors)].write(due)
        turn += 1


async def settled(ledger: Ledger, sent: list[Sent], patience: float = _QUIET_FOR) -> None:
    """Returns when all were accepted and heard, or when nothing has moved for a while."""
    ledger.moved_at = perf_counter()
    while perf_counter() - ledger.moved_at < patience:
        if all(one.accepted and one.heard for one in sent):
            # What comes twice comes soon after the first.
            await asyncio.sleep(0.2)
            return
        await asyncio.sleep(0.05)
