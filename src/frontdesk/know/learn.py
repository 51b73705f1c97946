"""The jobs that read sources. Each may be done again, and goes on where it was broken off."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from frontdesk.base.desk import Desk
from frontdesk.base.errors import DeskError, Full, Missing
from frontdesk.base.files import Files
from frontdesk.base.jobs import Handler
from frontdesk.base.net import Net, Resolve, look_up
from frontdesk.know import pages, passages, rounds, sources
from frontdesk.know.apart import Apart, GaveUp
from frontdesk.know.crawl import Crawl, Stopped, Vanished
from frontdesk.know.cut import Piece
from frontdesk.know.links import Site
from frontdesk.know.model import NOT_BEGUN, Progress, Source

logger = logging.getLogger(__name__)

_SECONDS_FOR_A_DOCUMENT = 120
_ROOM_LOOKED_FOR_EVERY = 10.0
_BROKE = "could not be read: something broke here, and was written down"
_FAILED = replace(NOT_BEGUN, found=1, failed=1)

# One website at a time, one document beside it, and everything else beside both.
LANES = (frozenset({"read_website"}), frozenset({"read_document"}))


class Learning:
    """`private`: networks that may be asked although they are not public; see `base/net.py`."""

    def __init__(self, files: Files, private: Sequence[str] = (), resolve: Resolve = look_up) -> None:
        self._files, self._private, self._resolve = files, private, resolve

    def handlers(self) -> dict[str, Handler]:
        return {
            "read_website": self.read_website,
            "read_document": self.read_document,
            "forget_source": self.forget_source,
        }

    async def read_website(self, desk: Desk, data: dict[str, Any]) -> None:
        await _to_an_end(desk, data, self._website)

    async def read_document(self, desk: Desk, data: dict[str, Any]) -> None:
        await _to_an_end(desk, data, self._document)

    async def _website(self, desk: Desk, data: dict[str, Any]) -> None:
        source = await desk.write(rounds.begin, data["source_id"], data["round"])
        if source is None or source.plan is None:
            return
        net = Net(Site.at(source.plan.url).hosts, private=self._private, resolve=self._resolve)
        apart = Apart()
        crawl = Crawl(desk, source, data["round"], net, apart)
        failed = False
        try:
            fault = await crawl.run()
        except Vanished as error:
            fault, failed = str(error), True
        except Stopped:
            return
        finally:
            await net.close()
            await apart.close()
        await desk.write(rounds.finish, source.id, data["round"], crawl.counts(), fault, failed=failed)

    async def _document(self, desk: Desk, data: dict[str, Any]) -> None:
        source = await desk.write(rounds.begin, data["source_id"], data["round"])
        if source is None or source.file is None:
            return
        counts, fault = await self._read(desk, source, data["round"])
        await desk.write(rounds.finish, source.id, data["round"], counts, fault, failed=fault is not None)

    async def _read(self, desk: Desk, source: Source, round: int) -> tuple[Progress, str | None]:
        assert source.file is not None, "a document has a file"
        apart = Apart()
        try:
            stored = self._files.open(await desk.read(sources.file_of, source.id))
            body = await asyncio.to_thread(stored.read_bytes)
            asked = {"type": source.file.type}
            said, _ = await apart.ask("document", asked, body, seconds=_SECONDS_FOR_A_DOCUMENT)
        except Missing:
            return _FAILED, "is not there any more: add it again"
        except OSError:
            logger.exception("a document could not be opened")
            return _FAILED, "could not be opened on the disk: add it again"
        except GaveUp as error:
            return _FAILED, str(error)
        finally:
            await apart.close()
        if said["fault"] is not None:
            return _FAILED, said["fault"]
        cut = [Piece(heading, tuple(questions), text) for heading, questions, text in said["pieces"]]
        await desk.write(pages.learn_document, source.id, round, source.name, cut)
        return replace(NOT_BEGUN, found=said["pages"], read=said["pages"]), None

    async def forget_source(self, desk: Desk, data: dict[str, Any]) -> None:
        """In portions, so that nobody waits behind a long transaction."""
        while await desk.write(passages.drop_source, data["source_id"]):
            pass
        while await desk.write(rounds.forget_pages, data["source_id"]):
            pass
        await desk.write(rounds.forget, data["source_id"])
        if data["file"] is not None:
            self._files.forget(data["file"])


async def _to_an_end(
    desk: Desk, data: dict[str, Any], read: Callable[[Desk, dict[str, Any]], Awaitable[None]]
) -> None:
    """A full disk only holds a reading up: it goes on where it was as soon as there is room. Whatever else
    breaks is told; otherwise the source would seem to be read for ever.
    """
    while True:
        try:
            await read(desk, data)
        except Full:
            await asyncio.sleep(_ROOM_LOOKED_FOR_EVERY)
            continue
        except DeskError:  # The database is away: the job is done again.
            raise
        except Exception:
            logger.exception("a source could not be read")
            await desk.write(rounds.give_up, data["source_id"], data["round"], _BROKE)
        return
