"""Work that follows from a fact, done later: at least once, each safe to repeat.

A job that fails is tried again after growing waits; after five tries it is parked, and the desk's
health says so until somebody looks. What takes long has a lane of its own, and nobody waits behind it.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import and_, bindparam, false, func, or_, select, true, update

from frontdesk.base.clock import MINUTE, SECOND
from frontdesk.base.db import Job, Reading, Tx
from frontdesk.base.desk import Desk
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared
from frontdesk.base.tables import job

logger = logging.getLogger(__name__)

TRIES = 5
# Renewed while the job runs: after a crash others wait so long, however long the job takes.
_CLAIM_FOR = 1 * MINUTE
_IDLE = 5 * SECOND
_WAITS = (5 * SECOND, 30 * SECOND, 3 * MINUTE, 15 * MINUTE)

Handler = Callable[[Desk, dict[str, Any]], Awaitable[None]]

_DUE = (
    select(job.c.id, job.c.kind, job.c.data, job.c.tries)
    .where(
        job.c.parked_at.is_(None), job.c.run_at <= bindparam("now"), job.c.claimed_until < bindparam("now")
    )
    .order_by(job.c.run_at)
    .limit(bindparam("limit", 20))
)
_UNDER_WAY = select(func.count()).select_from(job).where(job.c.claimed_until >= bindparam("now"))
_CLAIM = Prepared(
    update(job)
    .where(job.c.id == bindparam("job_id"), job.c.claimed_until < bindparam("now"))
    .values(claimed_until=bindparam("until"))
)
_HOLD = Prepared(update(job).where(job.c.id == bindparam("job_id")).values(claimed_until=bindparam("until")))
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
_OLDEST = select(func.min(job.c.run_at)).where(job.c.parked_at.is_(None))


@dataclass(frozen=True)
class Lane:
    """Jobs that run beside the others. `kinds` run here, one at a time on the whole desk; without them it
    is the lane of all kinds that are not in `others`, one at a time in each process.
    """

    kinds: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    due: Prepared = field(init=False)
    under_way: Prepared = field(init=False)

    def __post_init__(self) -> None:
        named = or_(false(), *(job.c.kind == kind for kind in sorted(self.kinds)))
        rest = and_(true(), *(job.c.kind != kind for kind in sorted(self.others)))
        object.__setattr__(self, "due", Prepared(_DUE.where(named if self.kinds else rest)))
        object.__setattr__(self, "under_way", Prepared(_UNDER_WAY.where(named)))

    def is_taken(self, reading: Reading) -> bool:
        return bool(self.kinds) and reading.value(self.under_way, now=reading.now) > 0


EVERYTHING = Lane()


def a_job(kind: str, data: dict[str, Any], run_at: int = 0) -> Job:
    return Job(new_id(), kind, orjson.dumps(data), run_at)


def due(reading: Reading, lane: Lane = EVERYTHING) -> list[tuple[str, str, str, int]]:
    return [] if lane.is_taken(reading) else reading.all(lane.due, now=reading.now, limit=20)


def claim(tx: Tx, job_id: str, lane: Lane = EVERYTHING) -> bool:
    if lane.is_taken(tx):
        return False
    return tx.run(_CLAIM, job_id=job_id, now=tx.now, until=tx.now + _CLAIM_FOR) == 1


def hold(tx: Tx, job_id: str) -> None:
    """It is still being done here."""
    tx.run(_HOLD, job_id=job_id, until=tx.now + _CLAIM_FOR)


def release(tx: Tx, job_id: str) -> None:
    """It was broken off; whoever is next may go on at once."""
    tx.run(_HOLD, job_id=job_id, until=0)


def done(tx: Tx, job_id: str) -> None:
    tx.run(_DONE, job_id=job_id)


def failed(tx: Tx, job_id: str, tries: int, fault: str) -> None:
    parked = tx.now if tries >= TRIES else None
    again_at = tx.now + _WAITS[min(tries, len(_WAITS)) - 1]
    tx.run(_FAILED, job_id=job_id, tried=tries, again_at=again_at, parked=parked, why=fault[:500])


def parked(reading: Reading) -> int:
    return int(reading.value(_PARKED))


def overdue_ms(reading: Reading, slow: Collection[str] = ()) -> int:
    """How long the oldest job that is not parked has been due; kinds that are `slow` may wait."""
    oldest = reading.value(_OLDEST.where(job.c.kind.not_in(sorted(slow))))
    return 0 if oldest is None else max(0, reading.now - int(oldest))


class Worker:
    """Runs due jobs of this process, one after another; each of `lanes`, which names kinds, beside them."""

    def __init__(
        self, desk: Desk, handlers: Mapping[str, Handler], lanes: Iterable[Collection[str]] = ()
    ) -> None:
        self._desk = desk
        self._handlers = handlers
        own = [Lane(frozenset(kinds)) for kinds in lanes]
        self.slow = frozenset[str]().union(*(one.kinds for one in own))
        self._lanes = [Lane(others=self.slow), *own]
        self._wakes = [asyncio.Event() for _ in self._lanes]
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        both = zip(self._lanes, self._wakes, strict=True)
        self._tasks = [asyncio.create_task(self._run(lane, wake)) for lane, wake in both]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def wake(self) -> None:
        for one in self._wakes:
            one.set()

    def is_alive(self) -> bool:
        return bool(self._tasks) and not any(task.done() for task in self._tasks)

    async def _run(self, lane: Lane, wake: asyncio.Event) -> None:
        while True:
            try:
                while found := await self._desk.read(due, lane):
                    for job_id, kind, data, tries in found:
                        await self._one(lane, job_id, kind, data, tries)
            except Exception:  # the database may be away; the jobs are still there
                logger.exception("jobs could not be read")
            # Not `wait_for`, which in Python 3.11 loses a cancellation that comes with the wake-up.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_IDLE / SECOND):
                    await wake.wait()
            wake.clear()

    async def _one(self, lane: Lane, job_id: str, kind: str, data: str, tries: int) -> None:
        if not await self._desk.write(claim, job_id, lane):
            return
        try:
            async with self._held(job_id):
                await self._handlers[kind](self._desk, orjson.loads(data))
        except asyncio.CancelledError:
            await self._desk.write(release, job_id)
            raise
        except Exception as error:  # a job may raise anything; it is tried again
            logger.exception("job %s (%s) failed", job_id, kind)
            await self._desk.write(failed, job_id, tries + 1, f"{type(error).__name__}: {error}")
        else:
            await self._desk.write(done, job_id)

    @contextlib.asynccontextmanager
    async def _held(self, job_id: str) -> AsyncIterator[None]:
        holding = asyncio.create_task(self._hold(job_id))
        try:
            yield
        finally:
            holding.cancel()

    async def _hold(self, job_id: str) -> None:
        while True:
            await asyncio.sleep(_CLAIM_FOR / SECOND / 3)
            try:
                await self._desk.write(hold, job_id)
            except Exception:  # the database may be away; the claim lasts a little longer
                logger.exception("the claim of job %s could not be renewed", job_id)
