"""Work that follows from a fact, done later: at least once, each safe to repeat.

A job that fails is tried again after growing waits; after five tries it is parked, and the desk's
health says so until somebody looks.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import orjson
from sqlalchemy import bindparam, func, select, update

from frontdesk.base.clock import MINUTE, SECOND, now_ms
from frontdesk.base.db import Job, Reading, Tx
from frontdesk.base.desk import Desk
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared
from frontdesk.base.tables import job

logger = logging.getLogger(__name__)

TRIES = 5
_CLAIM_FOR = 5 * MINUTE
_IDLE = 5 * SECOND
_WAITS = (5 * SECOND, 30 * SECOND, 3 * MINUTE, 15 * MINUTE)

Handler = Callable[[Desk, dict[str, Any]], Awaitable[None]]

_DUE = Prepared(
    select(job.c.id, job.c.kind, job.c.data, job.c.tries)
    .where(
        job.c.parked_at.is_(None), job.c.run_at <= bindparam("now"), job.c.claimed_until < bindparam("now")
    )
    .order_by(job.c.run_at)
    .limit(bindparam("limit", 20))
)
_CLAIM = Prepared(
    update(job)
    .where(job.c.id == bindparam("job_id"), job.c.claimed_until < bindparam("now"))
    .values(claimed_until=bindparam("until"))
)
_DONE = Prepared(job.delete().where(job.c.id == bindparam("job_id")))
_FAILED = Prepared(
    update(job)
    .where(job.c.id == bindparam("job_id"))
    .values(
        tries=bindparam("tried"),
        run_at=bindparam("again_at"),
        parked_at=bindparam("parked"),
        fault=bindparam("why"),
        claimed_until=0,
    )
)
_PARKED = Prepared(select(func.count()).select_from(job).where(job.c.parked_at.is_not(None)))
_OLDEST = Prepared(select(func.min(job.c.run_at)).where(job.c.parked_at.is_(None)))


def a_job(kind: str, data: dict[str, Any], run_at: int = 0) -> Job:
    return Job(new_id(), kind, orjson.dumps(data), run_at)


def due(reading: Reading) -> list[tuple[str, str, str, int]]:
    return reading.all(_DUE, now=reading.now, limit=20)


def claim(tx: Tx, job_id: str) -> bool:
    return tx.run(_CLAIM, job_id=job_id, now=tx.now, until=tx.now + _CLAIM_FOR) == 1


def done(tx: Tx, job_id: str) -> None:
    tx.run(_DONE, job_id=job_id)


def failed(tx: Tx, job_id: str, tries: int, fault: str) -> None:
    parked = tx.now if tries >= TRIES else None
    again_at = tx.now + _WAITS[min(tries, len(_WAITS)) - 1]
    tx.run(_FAILED, job_id=job_id, tried=tries, again_at=again_at, parked=parked, why=fault[:500])


def parked(reading: Reading) -> int:
    return int(reading.value(_PARKED))


def overdue_ms(reading: Reading) -> int:
    """How long the oldest job that is not parked has been due."""
    oldest = reading.value(_OLDEST)
    return 0 if oldest is None else max(0, reading.now - int(oldest))


class Worker:
    """Runs due jobs of this process, one after another."""

    def __init__(self, desk: Desk, handlers: Mapping[str, Handler]) -> None:
        self._desk = desk
        self._handlers = handlers
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.alive_at = now_ms()

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def wake(self) -> None:
        self._wake.set()

    def is_alive(self) -> bool:
        return self._task is not None and not self._task.done()

    async def _run(self) -> None:
        while True:
            self.alive_at = now_ms()
            try:
                while found := await self._desk.read(due):
                    for job_id, kind, data, tries in found:
                        await self._one(job_id, kind, data, tries)
            except Exception:  # the database may be away; the jobs are still there
                logger.exception("jobs could not be read")
            try:
                await asyncio.wait_for(self._wake.wait(), _IDLE / SECOND)
            except TimeoutError:
                continue
            self._wake.clear()

    async def _one(self, job_id: str, kind: str, data: str, tries: int) -> None:
        if not await self._desk.write(claim, job_id):
            return
        try:
            await self._handlers[kind](self._desk, orjson.loads(data))
        except Exception as error:  # a job may raise anything; it is tried again
            logger.exception("job %s (%s) failed", job_id, kind)
            await self._desk.write(failed, job_id, tries + 1, f"{type(error).__name__}: {error}")
        else:
            await self._desk.write(done, job_id)
