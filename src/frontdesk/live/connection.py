"""One open socket: what waits to be sent, and when it is too slow to be waited for."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import orjson

from frontdesk.base.log import Fact
from frontdesk.people.model import Actor

Send = Callable[[dict[str, Any]], Awaitable[None]]

_MOST_WAITING = 2_000
_MOST_BYTES = 4 * 1024 * 1024


class Connection:
    """Frames leave in the order in which they were pushed; a task exists only while some are leaving."""

    __slots__ = (
        "_flushing", "_send", "_task", "_waiting", "_waiting_bytes", "actor", "address", "checked", "closing",
        "digest", "held", "id", "looks_at", "seq", "watches_site",
    )  # fmt: skip

    def __init__(
        self, id: str, actor: Actor, digest: str, send: Send, task: "asyncio.Task[Any]", address: str = ""
    ) -> None:
        self.id = id
        self.address = address
        self.actor = actor
        self.digest = digest
        self.seq = 0
        # Facts that arrive while the missed ones are still being read; None once the socket is live.
        self.held: list[Fact] | None = []
        self.checked: dict[str, str] = {}
        # The customer whom an agent has before them.
        self.looks_at: str | None = None
        self.watches_site = False
        self._send = send
        self._task = task
        # A list, for most are empty and stay so: a deque has room for 64 from the start.
        self._waiting: list[str] = []
        self._waiting_bytes = 0
        self._flushing: asyncio.Task[None] | None = None
        self.closing = False

    def push(self, frame: str) -> None:
        if self.closing:
            return
        self._waiting.append(frame)
        self._waiting_bytes += len(frame)
        if len(self._waiting) > _MOST_WAITING or self._waiting_bytes > _MOST_BYTES:
            self.kick("slow")
        elif self._flushing is None:
            # Without the naming and looking around of `asyncio.create_task`: this is done for every frame.
            self._flushing = self._task.get_loop().create_task(self._flush())

    def say(self, frame: dict[str, Any]) -> None:
        self.push(orjson.dumps(frame).decode())

    def kick(self, why: str) -> None:
        """Say goodbye and close; what still waited is dropped, the log has it."""
        if self.closing:
            return
        self.closing = True
        self._waiting.clear()
        asyncio.create_task(self._goodbye(why))  # noqa: RUF006 - it ends with the socket

    async def _flush(self) -> None:
        try:
            while self._waiting:
                frame = self._waiting.pop(0)
                self._waiting_bytes -= len(frame)
                await self._send({"type": "websocket.send", "text": frame})
        except Exception:
            self._waiting.clear()
        finally:
            self._flushing = None

    async def _goodbye(self, why: str) -> None:
        code = {"restart": 1012, "slow": 1013}.get(why, 4001)
        frame = orjson.dumps({"is": "bye", "why": why}).decode()
        try:
            async with asyncio.timeout(2):
                await self._send({"type": "websocket.send", "text": frame})
                await self._send({"type": "websocket.close", "code": code})
        except Exception:  # noqa: S110 - a peer that does not read cannot be said goodbye to
            pass
        self._task.cancel()
