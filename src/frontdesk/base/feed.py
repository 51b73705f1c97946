"""Every committed fact, once and in order, brought to this process's event loop.

What this process commits comes by hand from the writer; what others commit is read from the log.
Both end in the same order, because numbers have no gaps: whatever does not follow on is read.
"""

import asyncio
import logging
from collections.abc import Callable

from sqlalchemy import bindparam, select

from frontdesk.base import tables
from frontdesk.base.db import Reading
from frontdesk.base.desk import Desk
from frontdesk.base.errors import Away
from frontdesk.base.log import Fact
from frontdesk.base.sql import Prepared

logger = logging.getLogger(__name__)

_PAGE = 1_000
_NEXT = Prepared(
    select(
        tables.fact.c.seq,
        tables.fact.c.at,
        tables.fact.c.kind,
        tables.fact.c.conversation_id,
        tables.fact.c.customer_id,
        tables.fact.c.audience,
        tables.fact.c.data,
    )
    .where(tables.fact.c.seq > bindparam("after"))
    .order_by(tables.fact.c.seq)
    .limit(bindparam("limit", _PAGE))
)


def facts_after(reading: Reading, after: int, limit: int = _PAGE) -> list[Fact]:
    return [
        Fact(seq, at, kind, conversation, customer, audience, data.encode())
        for seq, at, kind, conversation, customer, audience, data in reading.all(
            _NEXT, after=after, limit=limit
        )
    ]


class Feed:
    """Listeners are called on the event loop, with facts that follow each other without a gap."""

    def __init__(self, desk: Desk) -> None:
        self.seq = 0
        self.listeners: list[Callable[[list[Fact]], None]] = []
        self._desk = desk
        self._wake = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.seq = await self._desk.read(Reading.head)
        self._desk.listeners.append(self._committed)
        self._task = asyncio.create_task(self._catch_up())
        self.wake()

    async def stop(self) -> None:
        self._desk.listeners.remove(self._committed)
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def is_alive(self) -> bool:
        return self._task is not None and not self._task.done()

    def wake(self) -> None:
        """Another process wrote, or may have. From any thread."""
        self._soon(self._wake.set)

    def _committed(self, facts: list[Fact], _: int) -> None:
        self._soon(self._take, facts)

    def _soon(self, call: Callable[..., None], *args: object) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(call, *args)

    def _take(self, facts: list[Fact]) -> None:
        if facts[0].seq == self.seq + 1:
            self._deliver(facts)
        elif facts[-1].seq > self.seq:
            self._wake.set()

    def _deliver(self, facts: list[Fact]) -> None:
        self.seq = facts[-1].seq
        for listener in self.listeners:
            try:
                listener(facts)
            except Exception:  # one broken listener must not silence the others
                logger.exception("a listener of the log failed")

    async def _catch_up(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self._read_on()
            except Away:
                await asyncio.sleep(1)
                self._wake.set()

    async def _read_on(self) -> None:
        while True:
            facts = await self._desk.read(facts_after, self.seq)
            # While the read was under way the writer may have handed over some of them.
            fresh = [fact for fact in facts if fact.seq > self.seq]
            if fresh:
                self._deliver(fresh)
            if len(facts) < _PAGE:
                return
