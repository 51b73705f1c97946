"""The smallest verbs there are, to test what every verb stands on."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from frontdesk.base import feed
from frontdesk.base.db import Reading, Tx
from frontdesk.base.desk import Desk
from frontdesk.base.jobs import a_job
from frontdesk.base.log import Event, Fact
from frontdesk.base.sql import Prepared
from frontdesk.base.tables import job, setting

_INSERT = Prepared(setting.insert())
_ALL = Prepared(select(setting.c.key, setting.c.value).order_by(setting.c.key))
_ONE = Prepared(select(setting.c.value).where(setting.c.key == bindparam("key")))
_JOBS = Prepared(select(job.c.id, job.c.kind))


@dataclass(frozen=True, slots=True)
class NoteKept(Event):
    key: str
    value: Any


def keep(tx: Tx, key: str, value: str = "") -> str:
    tx.run(_INSERT, key=key, value=value)
    tx.emit(NoteKept(key, value))
    return key


def keep_with_job(tx: Tx, key: str) -> None:
    keep(tx, key)
    tx.enqueue(a_job("look", {"key": key}))


def kept(reading: Reading) -> dict[str, str]:
    return dict(reading.all(_ALL))


def find(reading: Reading, key: str) -> str | None:
    value: str | None = reading.value(_ONE, key=key)
    return value


def jobs(reading: Reading) -> list[str]:
    return [kind for _, kind in reading.all(_JOBS)]


def log(reading: Reading) -> list[Fact]:
    return feed.facts_after(reading, 0, 1_000_000)


@contextmanager
def writer_held(desk: Desk) -> Iterator[Callable[[], None]]:
    """Nothing is written meanwhile: what comes is one group. The value lets it go on."""
    held, go = threading.Event(), threading.Event()

    def waits(_: Tx) -> None:
        held.set()
        assert go.wait(10)

    holder = threading.Thread(target=lambda: desk.write_now(waits))
    holder.start()
    assert held.wait(10)
    try:
        yield go.set
    finally:
        go.set()
        holder.join()
