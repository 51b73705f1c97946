"""The queue that every change goes through.

One thread writes. It takes what waits, runs each verb in a savepoint of its own, numbers the facts
and commits them all at once: durable, and fast because many verbs share one fsync. Answers and
facts leave after the commit, never before.
"""

import asyncio
import logging
import queue
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from frontdesk.base.clock import now_ms
from frontdesk.base.db import Engine, Follow, Job, Tx
from frontdesk.base.errors import Away, DeskError, Full, TooMany
from frontdesk.base.log import Fact

logger = logging.getLogger(__name__)

_GROUP = 200
_TRIES = 5
_WAITING = 20_000

Verb = Callable[[Tx], Any]
AfterCommit = Callable[[list[Fact], int], None]


@dataclass(slots=True)
class _Task:
    verb: Verb
    at: int | None
    loop: asyncio.AbstractEventLoop | None
    future: Any
    tries: int = 0
    result: Any = None
    error: Exception | None = None
    work: Callable[[Any], None] | None = None


class Writer:
    """Runs verbs, in order, on the only connection that writes."""

    def __init__(
        self,
        engine: Engine,
        react: Callable[[Fact], Iterable[Job]],
        follow: Follow,
        after_commit: AfterCommit,
    ) -> None:
        self._engine = engine
        self._react = react
        self._follow = follow
        self._after_commit = after_commit
        self._queue: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._connection: Any = None
        self.alive_at = now_ms()
        # No room was left on the disk the last time that something was written.
        self.is_full = False
        self._thread = threading.Thread(target=self._run, name="frontdesk-writer", daemon=True)
        self._thread.start()

    async def submit(self, verb: Verb) -> Any:
        """The verb's value once it is on the disk, or the error it raised."""
        loop = asyncio.get_running_loop()
        task = _Task(verb, None, loop, loop.create_future())
        self._put(task)
        return await task.future

    def submit_now(self, verb: Verb, at: int | None = None) -> Any:
        """The same for callers without an event loop. `at` sets the transaction's clock (imports, demo)."""
        task = _Task(verb, at, None, Future())
        self._put(task)
        return task.future.result()

    def alone(self, work: Callable[[Any], None]) -> None:
        """Runs something on the writer's connection, between two groups and in no transaction."""
        task = _Task(lambda _: None, None, None, Future(), work=work)
        self._put(task)
        task.future.result()

    def stop(self) -> None:
        self._queue.put(None)
        self._thread.join(timeout=30)

    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def waiting(self) -> int:
        return self._queue.qsize()

    def _put(self, task: _Task) -> None:
        if self._queue.qsize() > _WAITING:
            raise TooMany("The desk is busy. Try again in a moment.", data={"retry_after": 2})
        self._queue.put(task)

    def _run(self) -> None:
        stopping = False
        while not stopping:
            group = self._take()
            stopping = group[-1] is None
            tasks = [task for task in group if task is not None and task.work is None]
            if tasks:
                self._write(tasks)
            for task in group:
                if task is not None and task.work is not None:
                    self._work(task, task.work)
        self._disconnect()

    def _take(self) -> list[_Task | None]:
        group = [self._queue.get()]
        while group[-1] is not None and len(group) < _GROUP:
            try:
                group.append(self._queue.get_nowait())
            except queue.Empty:
                break
        return group

    def _write(self, tasks: list[_Task]) -> None:
        again: list[_Task] = []
        try:
            facts, seq, again = self._commit(tasks)
            self.is_full = self.is_full and not facts
        except Exception as error:
            self._disconnect()
            refusal = self._refusal(error)
            self.is_full = isinstance(refusal, Full)
            for task in tasks:
                task.result, task.error = None, refusal
            again, facts, seq = [], [], 0
        self.alive_at = now_ms()
        if facts:
            self._after_commit(facts, seq)
        _settle([task for task in tasks if task not in again])
        for task in again:
            self._queue.put(task)

    def _work(self, task: _Task, work: Callable[[Any], None]) -> None:
        try:
            self._cursor()
            work(self._connection)
        except Exception as error:
            self._disconnect()
            task.error = error
        self.alive_at = now_ms()
        _settle([task])

    def _commit(self, tasks: list[_Task]) -> tuple[list[Fact], int, list[_Task]]:
        cursor = self._cursor()
        again: list[_Task] = []
        tx = self._together(cursor, tasks)
        if tx is None:
            tx = self._begin(cursor)
            again = [task for task in tasks if not self._attempt(tx, task)]
        facts = tx.number(self._react, self._follow)
        if facts:
            self._engine.announce(cursor, facts[-1].seq)
        cursor.execute("COMMIT")
        return facts, facts[-1].seq if facts else 0, again

    def _begin(self, cursor: Any, *, trusts: bool = False) -> Tx:
        for statement in self._engine.begin:
            cursor.execute(statement)
        return Tx(cursor, self._engine.dialect, now_ms(), trusts=trusts)

    def _together(self, cursor: Any, tasks: list[_Task]) -> Tx | None:
        """All verbs without savepoints, which cost as much as a verb's own statements, and without looking
        whether a command is a repeat, which it seldom is. When one raises, or was answered before, nothing
        of it stands, and each runs once more in a savepoint of its own.
        """
        tx = self._begin(cursor, trusts=True)
        try:
            for task in tasks:
                tx.now = task.at or now_ms()
                task.result, task.error = task.verb(tx), None
            tx.write_answers()
        except Exception as error:
            if self._engine.is_away(error) or self._engine.is_full(error):
                raise
            cursor.execute("ROLLBACK")
            return None
        return tx

    def _attempt(self, tx: Tx, task: _Task) -> bool:
        """False: another process was in the way, and the verb must run once more."""
        tx.now = task.at or now_ms()
        task.result = task.error = None
        try:
            with tx.attempt():
                task.result = task.verb(tx)
        except Exception as error:
            if self._engine.is_away(error) or self._engine.is_full(error):
                raise
            task.tries += 1
            if self._engine.must_retry(error) and task.tries < _TRIES:
                return False
            task.error = error
        return True

    def _refusal(self, error: Exception) -> DeskError:
        logger.error("could not write: %s", type(error).__name__, exc_info=error)
        if self._engine.is_full(error):
            return Full("There is no room left on the disk. Nothing was lost; free some space.")
        return Away("The database does not answer. Nothing was lost; try again in a moment.")

    def _cursor(self) -> Any:
        if self._connection is None:
            self._connection = self._engine.writer()
        return self._connection.cursor()

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        # A closed SQLite connection keeps its transaction for as long as somebody holds a cursor of it.
        for end in (connection.rollback, connection.close):
            try:
                end()
            except Exception:
                logger.debug("closing a broken connection", exc_info=True)


def _settle(tasks: list[_Task]) -> None:
    loops: dict[asyncio.AbstractEventLoop, list[_Task]] = {}
    for task in tasks:
        if task.loop is None:
            _answer(task)
        else:
            loops.setdefault(task.loop, []).append(task)
    for loop, group in loops.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_answer_all, group)


def _answer_all(tasks: list[_Task]) -> None:
    for task in tasks:
        if not task.future.done():
            _answer(task)


def _answer(task: _Task) -> None:
    if task.error is not None:
        task.future.set_exception(task.error)
    else:
        task.future.set_result(task.result)
