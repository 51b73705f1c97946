"""The database as the edges see it: write, command, read."""

import asyncio
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Concatenate, ParamSpec, TypeVar

from frontdesk.base import commands, room
from frontdesk.base.clock import now_ms
from frontdesk.base.db import Engine, Follow, Job, Reading, Tx
from frontdesk.base.errors import Away, Full
from frontdesk.base.log import Fact
from frontdesk.base.writer import Writer

P = ParamSpec("P")
T = TypeVar("T")
Listener = Callable[[list[Fact], int], None]

_READERS = 4


def _no_reactions(_: Fact) -> Iterable[Job]:
    return ()


def _nothing_follows(_: Tx, __: list[Fact]) -> None:
    pass


class Desk:
    """One open database. `listeners` hear of this process's commits, on the writer's thread."""

    def __init__(
        self,
        engine: Engine,
        react: Callable[[Fact], Iterable[Job]] = _no_reactions,
        follow: Follow = _nothing_follows,
    ) -> None:
        self.engine = engine
        self.listeners: list[Listener] = []
        self.writer = Writer(engine, react, follow, self._committed)
        self._pool = ThreadPoolExecutor(_READERS, thread_name_prefix="frontdesk-reader")
        self._own = threading.local()
        self._open: list[Any] = []

    async def write(self, verb: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a verb in a transaction; returns after the commit."""
        result: T = await self.writer.submit(lambda tx: verb(tx, *args, **kwargs))
        return result

    async def command(
        self, actor: str, client_id: str, verb: Callable[..., Any], *args: Any, **body: Any
    ) -> bytes:
        """Run a verb once for this `client_id` and `actor`; the answer, as JSON, is kept for ever.

        `args` (the actor, and secrets that must not be kept) are not part of what is compared.
        """
        known, mark = commands.checked(client_id), commands.fingerprint(verb, body)
        result: bytes = await self.writer.submit(
            lambda tx: commands.once(tx, actor, known, mark, lambda inner: verb(inner, *args, **body))
        )
        return result

    def write_now(self, verb: Callable[..., T], *args: Any, at: int | None = None, **kwargs: Any) -> T:
        """`write` for the command line and for imports, which may set the clock."""
        result: T = self.writer.submit_now(lambda tx: verb(tx, *args, **kwargs), at)
        return result

    def scrub(self, first: Sequence[str]) -> None:
        """Cleans the database's files of what was deleted; see `Engine.scrub`. Nobody writes meanwhile."""
        self.writer.alone(lambda connection: self.engine.scrub(connection, first))

    async def read(self, query: Callable[Concatenate[Reading, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query on a consistent view, beside the writer."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: self.read_now(query, *args, **kwargs))

    def read_now(self, query: Callable[Concatenate[Reading, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return self._read(lambda reading: query(reading, *args, **kwargs))
        except Exception as error:
            if not self.engine.is_away(error):
                raise
            self._forget()
            # The connection may have died while it lay idle: one fresh one tells.
            try:
                return self._read(lambda reading: query(reading, *args, **kwargs))
            except Exception as again:
                if not self.engine.is_away(again):
                    raise
                self._forget()
                raise Away("The database does not answer. Try again in a moment.") from again

    async def is_full(self) -> bool:
        """Whether there is no room left on the database's disk; asked for only after a refusal."""
        if not self.writer.is_full:
            return False
        try:
            await self.write(room.use_some)
        except Full:
            return True
        return False

    def _read(self, query: Callable[[Reading], T]) -> T:
        connection = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = self.engine.reader()
            self._open.append(connection)
        cursor = connection.cursor()
        cursor.execute(self.engine.begin_read())
        try:
            return query(Reading(cursor, self.engine.dialect, now_ms()))
        finally:
            cursor.execute("ROLLBACK")

    def _forget(self) -> None:
        connection = getattr(self._own, "connection", None)
        if connection is not None:
            self._own.connection = None
            self._open.remove(connection)
            connection.close()

    def _committed(self, facts: list[Fact], seq: int) -> None:
        for listener in self.listeners:
            listener(facts, seq)

    def close(self) -> None:
        """Readers first: the last connection to close is the one that checkpoints."""
        self._pool.shutdown(wait=True)
        for connection in self._open:
            connection.close()
        self._open.clear()
        self.writer.stop()
        self.engine.release()
