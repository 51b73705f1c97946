"""Learning from the command line: here and now, with somebody watching."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import BinaryIO

from frontdesk.base import jobs
from frontdesk.base.clock import SECOND
from frontdesk.base.db import Tx
from frontdesk.base.desk import Desk
from frontdesk.base.errors import Conflict, Invalid
from frontdesk.base.files import Files
from frontdesk.know import read, sources
from frontdesk.know.kinds import type_of
from frontdesk.know.learn import Learning
from frontdesk.know.model import Source
from frontdesk.people.model import SYSTEM

_LOOKS_EVERY = 0.5


class Lesson:
    """`show` gets a line, and whether it is the last one about its source. `reads`: here; otherwise the
    worker of this process reads, and goes on when nobody watches any more.
    """

    def __init__(
        self,
        desk: Desk,
        files: Files,
        private: Sequence[str],
        show: Callable[[str, bool], None],
        *,
        reads: bool = True,
    ) -> None:
        self._desk, self._files, self._show, self._reads = desk, files, show, reads
        self._learning = Learning(files, private)

    def website(self, url: str) -> bool:
        """Whether it could be read. A website that is a source already is read again."""
        return asyncio.run(self._read(self._desk.write_now(_website, url)))

    def file(self, name: str, file: BinaryIO) -> bool:
        type = type_of(name, file.read(2_048))
        if type is None:
            raise Invalid(f"{name} is neither PDF, Word, Markdown nor text.")
        file.seek(0)
        stored = self._files.keep(file, name, sources.LARGEST)
        try:
            added = self._desk.write_now(
                sources.add_document, SYSTEM, stored, name=stored.name, type=type, size=stored.size
            )
        except BaseException:
            self._files.forget(stored.id)
            raise
        return asyncio.run(self._read(added["source"]))

    async def _read(self, source: Source) -> bool:
        """Here; or, when a process that serves the desk was quicker, there."""
        watching = asyncio.create_task(self._watch(source.id))
        try:
            if self._reads:
                await self._do(source)
            return await watching
        finally:
            watching.cancel()

    async def _do(self, source: Source) -> None:
        round = await self._desk.read(sources.round_of, source.id)
        kind = f"read_{source.kind}"
        job_id = sources.job_id(kind, source.id, round)
        if not await self._desk.write(jobs.claim, job_id):
            return
        try:
            await self._learning.handlers()[kind](self._desk, {"source_id": source.id, "round": round})
        except BaseException:
            await self._desk.write(jobs.release, job_id)
            raise
        await self._desk.write(jobs.done, job_id)

    async def _watch(self, source_id: str) -> bool:
        while True:
            one = await self._desk.read(sources.get, source_id)
            is_done = one.state not in ("waiting", "reading")
            self._show(_line(one), is_done)
            if is_done:
                return one.state == "read"
            await asyncio.sleep(_LOOKS_EVERY)


def status(desk: Desk, show: Callable[[str, bool], None]) -> None:
    for one in desk.read_now(read.all_sources, SYSTEM):
        when = "" if one.read_at is None else f", read {_day(one.read_at)}"
        is_off = "" if one.is_on else ", off"
        fault = "" if one.fault is None else f": {one.fault}"
        show(f"{one.name}: {one.passages:,} passages, {one.state}{fault}{when}{is_off}", True)


def _website(tx: Tx, url: str) -> Source:
    try:
        return sources.add_website(tx, SYSTEM, url=url)["source"]
    except Conflict as error:
        known = (error.data or {})["source_id"]
        return sources.read_again(tx, SYSTEM, source_id=known)["source"]


def _line(one: Source) -> str:
    counts = one.counts
    done = counts.read + counts.unchanged + counts.skipped + counts.failed
    names = ("read", "unchanged", "skipped", "failed")
    each = ", ".join(f"{getattr(counts, name):,} {name}" for name in names)
    if one.state in ("waiting", "reading"):
        return f"{one.name}: {done:,} of about {counts.found:,} pages: {each}"
    fault = "" if one.fault is None else f" {one.fault}."
    return f"{one.name}:{fault} {one.passages:,} passages from {done:,} pages: {each}"


def _day(at: int) -> str:
    return datetime.fromtimestamp(at / SECOND).astimezone().strftime("%Y-%m-%d %H:%M")
