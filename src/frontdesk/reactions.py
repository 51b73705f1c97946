"""What follows from a fact: one table, fact -> jobs. The jobs are written with the fact."""

from collections.abc import Callable, Iterable
from typing import Any

import orjson

from frontdesk.base.clock import HOUR, now_ms
from frontdesk.base.db import Job, Tx
from frontdesk.base.desk import Desk
from frontdesk.base.files import Files
from frontdesk.base.jobs import Handler, a_job
from frontdesk.base.log import Fact
from frontdesk.people import sessions
from frontdesk.presence import visits
from frontdesk.talk import attachments

REACTIONS: dict[str, Callable[[Fact, dict[str, Any]], Job]] = {
    "FileUploaded": lambda fact, data: a_job(
        "forget_unused_file", {"file_id": data["file_id"]}, fact.at + attachments.UNUSED_AFTER
    ),
}


def react(fact: Fact) -> Iterable[Job]:
    reaction = REACTIONS.get(fact.kind)
    return () if reaction is None else (reaction(fact, orjson.loads(fact.data)),)


def handlers(files: Files) -> dict[str, Handler]:
    """What each kind of job does."""

    async def forget_unused_file(desk: Desk, data: dict[str, Any]) -> None:
        if await desk.write(attachments.forget_unused, data["file_id"]):
            files.forget(data["file_id"])

    return {"forget_unused_file": forget_unused_file, "sweep": sweep}


async def sweep(desk: Desk, _: dict[str, Any]) -> None:
    """Every hour: what has expired is forgotten."""
    await desk.write(_swept)


def _swept(tx: Tx) -> None:
    sessions.sweep(tx)
    visits.sweep(tx)
    tx.enqueue(next_sweep())


def next_sweep() -> Job:
    """One for each hour, whoever asks and however often."""
    hour = now_ms() // HOUR + 1
    return Job(f"sweep-{hour}", "sweep", b"{}", hour * HOUR)
