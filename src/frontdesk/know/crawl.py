"""One reading of a website: politely, page by page, each written down as soon as it is read."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Iterable, Sequence

from protego import Protego

from frontdesk.base.desk import Desk
from frontdesk.base.net import AGENT, Limits, Net, NotFetched
from frontdesk.know import pages, rounds
from frontdesk.know.apart import Apart, GaveUp
from frontdesk.know.frontier import BY_ROBOTS, Frontier
from frontdesk.know.links import Site
from frontdesk.know.model import Plan, Progress, Source
from frontdesk.know.pages import Known, Settled
from frontdesk.know.visit import Later, Visits

AT_ONCE = 4
_ROBOTS = Limits(size=200_000, seconds=15)
_SITEMAP = Limits(size=20 * 1024 * 1024, seconds=30)
_MOST_SITEMAPS, _PORTION = 50, 50
_LONGEST_PAUSE = 5.0
_GIVES_UP_AFTER, _MOST_TRIES = 15, 2
_TELLS_EVERY = 1.0


class Vanished(Exception):
    """There is nothing to read any more; says why in plain words, to go after the website's name."""


class Stopped(Exception):
    """Somebody stopped it, or removed the source, or it is read by another plan."""


class Crawl:
    """Reads a source's website for one round; done again, it goes on where it was broken off."""

    def __init__(self, desk: Desk, source: Source, round: int, net: Net, apart: Apart) -> None:
        assert source.plan is not None, "a website has a plan"
        self._plan: Plan = source.plan
        self._site = Site.at(source.plan.url)
        self._start = source.plan.url
        self._desk, self._id, self._round, self._net, self._apart = desk, source.id, round, net, apart
        self._tally = Counter[str]()
        self._now: str | None = None
        self._tries = Counter[str]()
        self._gone: set[str] = set()
        self._busy = self._lost_in_a_row = 0
        self._pause = self._latency = self._next_at = 0.0
        self._start_reason: str | None = None
        self._frontier: Frontier
        self._visits: Visits

    async def run(self) -> str | None:
        """What did not work, in plain words, though the rest did. Raises Vanished and Stopped."""
        reading = asyncio.create_task(self._go())
        telling = asyncio.create_task(self._tell())
        try:
            await asyncio.wait({reading, telling}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in (reading, telling):
                one.cancel()
            await asyncio.gather(reading, telling, return_exceptions=True)
        return await (telling if reading.cancelled() else reading)

    def counts(self) -> Progress:
        tally = self._tally
        done = tally["read"] + tally["unchanged"] + tally["skipped"] + tally["failed"]
        waiting = len(self._frontier) if hasattr(self, "_frontier") else 0
        return Progress(
            done + waiting + self._busy,
            tally["read"],
            tally["unchanged"],
            tally["skipped"],
            tally["robots"],
            tally["failed"],
            self._now,
        )

    async def _tell(self) -> None:
        while True:
            if not await self._desk.write(rounds.progress, self._id, self._round, self.counts()):
                raise Stopped
            await asyncio.sleep(_TELLS_EVERY)

    async def _go(self) -> str | None:
        robots = await self._robots()
        known = await self._desk.read(pages.known, self._id)
        self._frontier = Frontier(self._site, self._plan, robots, known, self._round)
        self._visits = Visits(self._site, self._frontier, self._net, self._apart)
        await self._recall(known)
        await self._meet([self._start], is_linked=True)
        await self._meet(await self._sitemaps(robots), is_linked=True)
        await self._meet([one.url for one in known], is_linked=False)
        await self._read_all()
        await self._cut_anew()
        await self._forget_gone()
        return self._told()

    async def _robots(self) -> Protego:
        """Also finds out under which name the website is at home."""
        try:
            found = await self._net.get(f"{self._site.origin}/robots.txt", types=(), limits=_ROBOTS)
        except NotFetched as error:
            if error.reason == "is too large":
                return Protego.parse("")
            raise Vanished(error.reason) from error
        if found.status >= 500:
            raise Vanished(f"answered with an error ({found.status})")
        if found.hops:
            self._site = Site(Site.at(found.url).origin, self._site.hosts)
            self._start = self._site.address(self._start, self._start) or self._start
        text = found.body.decode("utf-8", "replace") if found.status == 200 else ""
        robots = await asyncio.to_thread(Protego.parse, text)
        self._pause = min(float(robots.crawl_delay(AGENT) or 0), _LONGEST_PAUSE)
        return robots

    async def _sitemaps(self, robots: Protego) -> list[str]:
        waiting = [*robots.sitemaps, f"{self._site.origin}/sitemap.xml"]
        done: set[str] = set()
        found: dict[str, None] = {}
        while waiting and len(done) < _MOST_SITEMAPS and len(found) < 2 * self._plan.most:
            url = self._site.address(waiting.pop(0), self._start)
            if url is None or url in done:
                continue
            done.add(url)
            with contextlib.suppress(NotFetched, GaveUp):
                answer = await self._net.get(url, types=(), limits=_SITEMAP)
                if answer.status == 200:
                    listed, _ = await self._apart.ask("sitemap", {}, answer.body)
                    waiting += listed["maps"]
                    found.update(dict.fromkeys(self._own(listed["pages"])))
        return list(found)

    def _own(self, urls: Sequence[str]) -> list[str]:
        addresses = (self._site.address(one, self._start) for one in urls[: 2 * self._plan.most])
        return [one for one in addresses if one is not None]

    async def _recall(self, known: Iterable[Known]) -> None:
        """What the rounds before learnt, and what this one did before it was broken off."""
        for number, one in enumerate(known):
            self._visits.recall(one)
            if one.round >= self._round:
                self._count(Settled(one.url, one.state, None))
            if number % _PORTION == 0:
                await asyncio.sleep(0)
        without = await asyncio.to_thread(self._visits.left_out)
        done = {one.url for one in known if one.round >= self._round}
        self._visits.cut_without = {url: marks for url, marks in without.items() if url not in done}

    async def _meet(self, urls: Sequence[str], *, is_linked: bool) -> None:
        """In portions: neither the event loop nor the writer is held up by a page full of links."""
        for start in range(0, len(urls), _PORTION):
            part = urls[start : start + _PORTION]
            fresh, settled = self._frontier.meet(part, is_linked=is_linked)
            if fresh or settled:
                await self._write(settled, fresh)
            else:
                await asyncio.sleep(0)

    async def _write(self, settled: Sequence[Settled], fresh: Sequence[str] = ()) -> None:
        if not await self._desk.write(pages.settle, self._id, self._round, settled, fresh):
            raise Stopped
        for one in settled:
            self._count(one)

    def _count(self, one: Settled) -> None:
        self._tally[one.state] += 1
        self._tally["robots"] += one.reason == BY_ROBOTS
        if one.state == "failed" and one.is_gone:
            self._gone.add(one.url)
        if one.url == self._start:
            self._start_reason = one.reason

    async def _read_all(self) -> None:
        workers = [asyncio.create_task(self._work()) for _ in range(AT_ONCE)]
        try:
            await asyncio.gather(*workers)
        finally:
            for one in workers:
                one.cancel()
            await asyncio.gather(*workers, return_exceptions=True)

    async def _work(self) -> None:
        while True:
            url = self._frontier.next()
            if url is not None:
                self._busy += 1
                try:
                    await self._one(url)
                finally:
                    self._busy -= 1
            elif self._busy:
                await asyncio.sleep(0.01)
            else:
                return

    async def _one(self, url: str) -> None:
        await self._turn()
        self._now = self._site.path(url)
        loop = asyncio.get_running_loop()
        begun = loop.time()
        try:
            visited = await self._visits.visit(url)
        except Later as wish:
            await self._put_off(url, wish)
            return
        self._latency = 0.8 * self._latency + 0.2 * (loop.time() - begun)
        self._lost_in_a_row = self._lost_in_a_row + 1 if visited.is_lost else 0
        # Its links first: what is settled is not read again after a crash.
        await self._meet(visited.links, is_linked=True)
        await self._write(visited.settled)
        if self._lost_in_a_row >= _GIVES_UP_AFTER:
            raise Vanished("stopped answering")

    async def _put_off(self, url: str, wish: Later) -> None:
        self._tries[url] += 1
        self._next_at = asyncio.get_running_loop().time() + wish.seconds
        if self._tries[url] > _MOST_TRIES:
            await self._write([Settled(url, "failed", wish.reason)])
        else:
            self._frontier.again(url)

    async def _turn(self) -> None:
        """A website that is slow is asked less often, and none more often than it wishes."""
        now = asyncio.get_running_loop().time()
        at = max(now, self._next_at)
        self._next_at = at + max(self._pause, min(1.0, self._latency / AT_ONCE))
        await asyncio.sleep(at - now)

    async def _cut_anew(self) -> None:
        """Only now is it known what all pages say."""
        for url in await asyncio.to_thread(self._visits.to_cut_anew):
            kept = await self._desk.read(pages.kept, self._id, url)
            if kept is None:
                continue
            with contextlib.suppress(GaveUp):
                pieces = await self._visits.pieces(url, kept.blocks)
                if not await self._desk.write(pages.cut_anew, self._id, self._round, kept, pieces):
                    raise Stopped

    async def _forget_gone(self) -> None:
        urls = sorted(self._gone - self._frontier.linked)
        for start in range(0, len(urls), _PORTION):
            await self._desk.write(pages.forget, self._id, urls[start : start + _PORTION])

    def _told(self) -> str | None:
        if not self._tally["read"] + self._tally["unchanged"]:
            raise Vanished(self._start_reason or "has no page that can be read")
        return f"has more than {self._plan.most:,} pages" if self._frontier.is_full else None
