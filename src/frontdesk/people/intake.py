"""The job that takes customers in out of a file: a few rows at a time, so that messages never wait for it."""

import asyncio
from collections.abc import Iterator
from itertools import islice
from time import monotonic
from typing import Any

from frontdesk.base.desk import Desk
from frontdesk.base.files import Files
from frontdesk.base.jobs import Handler
from frontdesk.people import importing, sheets
from frontdesk.people.importing import Begun

FORGET = "forget_uploads"
LANE = frozenset({importing.JOB})
_ROWS = 20
# The writer is somebody else's for so many times as long as it took.
_REST = 1.0


class Intake:
    """Broken off, it goes on where it was: how far it is, is written with the rows."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def handlers(self) -> dict[str, Handler]:
        return {importing.JOB: self._take_in, FORGET: self._forget}

    async def _forget(self, desk: Desk, _: dict[str, Any]) -> None:
        """Files that nobody took in."""
        for file_id in await desk.write(importing.forgotten):
            self._files.forget(file_id)

    async def _take_in(self, desk: Desk, data: dict[str, Any]) -> None:
        import_id = str(data["import_id"])
        one = await desk.read(importing.begun, import_id)
        if one is None:
            return
        with sheets.opened(self._files.open(one.file_id)) as rows:
            # Reading is another thread's: a file may be slow, and long.
            await asyncio.to_thread(_skip, rows, 1 + one.state.done)
            await self._portions(desk, import_id, one, rows)
        await desk.write(importing.end, import_id)
        self._files.forget(one.file_id)

    async def _portions(self, desk: Desk, import_id: str, one: Begun, rows: Iterator[list[str]]) -> None:
        done = one.state.done
        while some := await asyncio.to_thread(list, islice(rows, _ROWS)):
            said = [sheets.named(cells, one.names, one.mapping) for cells in some]
            began = monotonic()
            done = await desk.write(importing.portion, import_id, said, done)
            await asyncio.sleep(_REST * (monotonic() - began))


def _skip(rows: Iterator[list[str]], count: int) -> None:
    for _ in islice(rows, count):
        pass
