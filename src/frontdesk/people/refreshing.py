"""The city database of a running desk: fetched at its first start and each month, in the background. Where
there is no way out to the registry, nothing happens, less and less often.
"""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import bindparam, func, select

from frontdesk.base.clock import DAY, HOUR, now_ms
from frontdesk.base.db import Job, Tx
from frontdesk.base.desk import Desk
from frontdesk.base.ids import new_id
from frontdesk.base.jobs import Handler
from frontdesk.base.sql import Prepared
from frontdesk.base.tables import job
from frontdesk.people import fetching
from frontdesk.people.fetching import NotFetched
from frontdesk.people.places import IPV4, IPV6

logger = logging.getLogger(__name__)

JOB = "refresh_places"
EVERY = 30 * DAY
_WAITS = (HOUR, 6 * HOUR, DAY, 7 * DAY)
_COMING = Prepared(
    select(func.count())
    .select_from(job)
    .where(job.c.kind == bindparam("kind", JOB), job.c.parked_at.is_(None))
)


class Refreshing:
    """`arrived` is called when there is a new one. With `registry` None nothing is ever asked."""

    def __init__(self, folder: Path, registry: str | None, arrived: Callable[[], None]) -> None:
        self._folder = folder
        self._registry = registry
        self._arrived = arrived

    def handlers(self) -> dict[str, Handler]:
        return {JOB: self._refresh}

    def begin(self, tx: Tx) -> None:
        """At the start of a desk: there is one such job, always."""
        if self._registry is None or tx.value(_COMING, kind=JOB):
            return
        known = fetching.about(self._folder)
        is_here = all((self._folder / name).is_file() for name in (IPV4, IPV6))
        due = known.fetched_at + EVERY if is_here and known.fetched_at else now_ms()
        tx.enqueue(_job(max(due, now_ms()), 0))

    async def _refresh(self, desk: Desk, data: dict[str, Any]) -> None:
        if self._registry is None:
            return
        tries = int(data.get("tries", 0))
        try:
            await asyncio.to_thread(fetching.update, self._folder, self._registry)
        except NotFetched as error:
            wait = _WAITS[min(tries, len(_WAITS) - 1)]
            logger.info("%s Once more in %d hours.", error.message, wait // HOUR)
            await desk.write(_again, now_ms() + wait, tries + 1)
            return
        self._arrived()
        await desk.write(_again, now_ms() + EVERY, 0)


def _again(tx: Tx, at: int, tries: int) -> None:
    tx.enqueue(_job(at, tries))


def _job(at: int, tries: int) -> Job:
    return Job(new_id(), JOB, orjson.dumps({"tries": tries}), at)
