"""Visits wait here for a moment and are written together, so that no message ever waits for one.

Bounded: what comes while too much waits is forgotten, and so is what one browser reports beyond its share.
A process that dies takes with it what it had not written; it was a visit.
"""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from time import monotonic

from frontdesk.base.db import Reading
from frontdesk.base.desk import Desk
from frontdesk.base.errors import DeskError
from frontdesk.people.blocks import Blocks
from frontdesk.presence import visits
from frontdesk.presence.model import CustomerEvent, Seen, Visit

logger = logging.getLogger(__name__)

MOST_WAITING = 4_000
MOST_OF_ONE = 20
_EVERY = 1.0
# The writer is free for so many times as long as a portion took it.
_REST = 6
# With more than a few waiting, a process that is late looks at no others for a moment.
_FEW, _PULSE, _LATE, _REST_WHEN_LATE = 200, 0.05, 0.02, 0.2

# Of the customer who saw it: the page they are on, and what it is for the team.
Tell = Callable[[str, Visit, CustomerEvent | None], None]
# Somebody came, or is on another page: once for all that was written within a second.
Moved = Callable[[], None]


class Gathering:
    """Lives on the event loop's thread. `tell` and `moved` are called once what was seen is written."""

    def __init__(self, desk: Desk, blocks: Callable[[], Awaitable[Blocks]], tell: Tell, moved: Moved) -> None:
        self.dropped = 0
        self._desk = desk
        self._blocks = blocks
        self._tell = tell
        self._moved = moved
        self._has_news = False
        self._waiting: deque[Seen] = deque()
        self._of_one: Counter[str] = Counter()
        # The page each browser is on, while that is written nowhere else.
        self._pages: dict[str, str] = {}
        self._wake = asyncio.Event()
        self._late_until = 0.0
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def waits(self) -> bool:
        """Whether something is not written yet."""
        return bool(self._of_one)

    def start(self) -> None:
        self._tasks = [asyncio.create_task(self._run()), asyncio.create_task(self._feel())]

    async def stop(self) -> None:
        """What waits is written before."""
        for one in self._tasks:
            one.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        while self._waiting:
            await self._portion()

    @property
    def is_full(self) -> bool:
        """There is no use in looking at what else is reported now: too much waits, or messages would."""
        waiting = len(self._waiting)
        return waiting >= MOST_WAITING or (waiting >= _FEW and monotonic() < self._late_until)

    def add(self, one: Seen) -> None:
        if self.is_full or self._of_one[one.browser] >= MOST_OF_ONE:
            self.dropped += 1
            return
        self._waiting.append(one)
        self._of_one[one.browser] += 1
        if one.visit.kind == "page":
            self._pages[one.browser] = one.visit.url
        self._wake.set()

    def page_of(self, browser: str | None) -> str | None:
        """The page a browser is on, if that is not written yet."""
        return None if browser is None else self._pages.get(browser)

    async def _feel(self) -> None:
        """Whether this process keeps up: a call that comes late tells that others wait, too."""
        while True:
            asked = monotonic()
            await asyncio.sleep(_PULSE)
            if monotonic() - asked - _PULSE > _LATE:
                self._late_until = monotonic() + _REST_WHEN_LATE

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            began = monotonic()
            while self._waiting and monotonic() < began + _EVERY:
                took = await self._portion()
                await asyncio.sleep(_REST * took)
            self._say_news()
            if self._waiting:
                self._wake.set()
            await asyncio.sleep(max(0.0, began + _EVERY - monotonic()))

    def _say_news(self) -> None:
        if self._has_news:
            self._has_news = False
            self._moved()

    async def _portion(self) -> float:
        """Seconds that the writer was needed."""
        portion = [self._waiting.popleft() for _ in range(min(visits.AT_ONCE, len(self._waiting)))]
        try:
            return await self._kept(portion)
        except DeskError:
            logger.warning("visits could not be written; %d are forgotten", len(portion))
            return _EVERY
        finally:
            self._forget(portion)

    async def _kept(self, portion: list[Seen]) -> float:
        before = await self._desk.read(_known, portion)
        blocks = await self._blocks()
        fit = [one for one in portion if not _is_blocked(blocks, before[one.browser], one)]
        began = monotonic()
        events = await self._desk.write(visits.record, fit, before)
        took = monotonic() - began
        self._has_news = self._has_news or bool(events)
        for one in fit:
            whose = before[one.browser].customer_id
            if whose is not None:
                self._tell(whose, one.visit, events.get(one.id))
        return took

    def _forget(self, portion: list[Seen]) -> None:
        for one in portion:
            self._of_one[one.browser] -= 1
            if self._of_one[one.browser] <= 0:
                del self._of_one[one.browser]
                self._pages.pop(one.browser, None)


def _known(view: Reading, portion: list[Seen]) -> dict[str, visits.Known]:
    return visits.known(view, (one.browser for one in portion))


def _is_blocked(blocks: Blocks, known: visits.Known, one: Seen) -> bool:
    return known.customer_id is not None and blocks.customer(known.customer_id, one.at)
