"""One page of a website: asked for, read, and judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

from frontdesk.base.net import Fetched, Net, NotFetched
from frontdesk.know import links
from frontdesk.know.apart import Apart, GaveUp
from frontdesk.know.common import Common
from frontdesk.know.cut import Piece
from frontdesk.know.frontier import Frontier
from frontdesk.know.links import Site
from frontdesk.know.model import PageState
from frontdesk.know.pages import Known, Settled, Text

Said = dict[str, Any]
_LONGEST_WAIT = 30.0


class Later(Exception):
    """The website asks to be left alone for so many seconds."""

    def __init__(self, seconds: float, reason: str) -> None:
        super().__init__(reason)
        self.seconds = min(seconds, _LONGEST_WAIT)
        self.reason = reason


@dataclass(slots=True)
class Visited:
    """What became of the page, and of those that turned out to be the same; `is_lost`: nobody answered."""

    settled: list[Settled] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    is_lost: bool = False


class Visits:
    """Reads pages of one website, and remembers which of them say the same."""

    def __init__(self, site: Site, frontier: Frontier, net: Net, apart: Apart) -> None:
        self.common = Common()
        # What was left out of each page when it was cut.
        self.cut_without: dict[str, frozenset[str]] = {}
        self._owners: dict[str, str] = {}
        self._site, self._frontier, self._net, self._apart = site, frontier, net, apart

    def recall(self, one: Known) -> None:
        """A page as the rounds before left it."""
        if one.digest is not None:
            self._owners.setdefault(one.digest, one.url)
            self.common.tell(one.url, one.marks)

    async def visit(self, url: str) -> Visited:
        """Raises Later."""
        known = self._frontier.known.get(url)
        try:
            found = await self._net.get(url, headers=_only_if_changed(known))
        except NotFetched as error:
            state: PageState = "failed" if error.passing else "skipped"
            lost = Settled(url, state, error.reason, is_gone=not error.passing)
            return self._seen(Visited([lost], is_lost=error.passing))
        if found.status == 200:
            return self._seen(await self._moved(url, found))
        return self._seen(Visited([_answered(url, found)]))

    def _seen(self, visited: Visited) -> Visited:
        for one in visited.settled:
            if one.is_gone:
                self.common.forget(one.url)
                self._owners = {digest: url for digest, url in self._owners.items() if url != one.url}
        return visited

    async def _moved(self, url: str, found: Fetched) -> Visited:
        at = self._site.address(found.url, url)
        if at is None or at == url:
            return await self._read(url, found)
        visited = Visited([self._is_other(url, "leads to", at)])
        return await self._under_own_name(visited, at, found)

    def _is_other(self, url: str, how: str, other: str) -> Settled:
        return Settled(url, "skipped", f"{how} {self._site.path(other)[:200]}", is_gone=True)

    async def _under_own_name(self, visited: Visited, url: str, found: Fetched) -> Visited:
        if self._frontier.has_met(url):
            return visited
        self._frontier.met(url)
        reason = self._frontier.why_not(url)
        if reason is not None:
            visited.settled.append(Settled(url, "skipped", reason, is_gone=True))
            return visited
        more = await self._read(url, found)
        return Visited([*visited.settled, *more.settled], more.links)

    async def _read(self, url: str, found: Fetched) -> Visited:
        asked = {"url": url, "charset": links.charset_of(found.headers), "origin": self._site.origin}
        try:
            said, blocks = await self._apart.ask("page", asked, found.body)
        except GaveUp as error:
            return Visited([Settled(url, "failed", str(error))])
        if said["address"] != url:
            visited = Visited([self._is_other(url, "is the same as", said["address"])], said["links"])
            return await self._renamed(visited, found, said, blocks)
        return Visited([await self._judged(url, found, said, blocks)], said["links"])

    async def _renamed(self, visited: Visited, found: Fetched, said: Said, blocks: bytes) -> Visited:
        url = said["address"]
        if not self._frontier.has_met(url):
            self._frontier.met(url)
            if self._frontier.why_not(url) is None:
                visited.settled.append(await self._judged(url, found, said, blocks))
        return visited

    async def _judged(self, url: str, found: Fetched, said: Said, blocks: bytes) -> Settled:
        known = self._frontier.known.get(url)
        digest, marks, title = said["digest"], said["marks"], said["title"]
        if not said["is_wanted"]:
            return Settled(url, "skipped", "asks not to be listed", is_gone=True)
        if not marks:
            return Settled(url, "skipped", "has no text", is_gone=True)
        if known is not None and known.digest != digest and self._owners.get(known.digest or "") == url:
            del self._owners[known.digest or ""]
        owner = self._owners.setdefault(digest, url)
        if owner != url:
            return self._is_other(url, "says the same as", owner)
        etag, modified = found.headers.get("etag"), found.headers.get("last-modified")
        if known is not None and known.digest == digest and known.title == title:
            return Settled(url, "unchanged", None, etag, modified)
        self.common.tell(url, marks)
        pieces = await self.pieces(url, blocks)
        at = _as_ms(modified) if said["at"] is None else said["at"]
        return Settled(url, "read", None, etag, modified, Text(title, at, digest, blocks, marks, pieces))

    async def pieces(self, url: str, blocks: bytes) -> list[Piece]:
        """What the page says, without what all of them say. Raises GaveUp."""
        self.cut_without[url] = without = self.common.within(url)
        cut, _ = await self._apart.ask("pieces", {"common": sorted(without)}, blocks)
        return [Piece(heading, tuple(questions), text) for heading, questions, text in cut["pieces"]]

    def left_out(self) -> dict[str, frozenset[str]]:
        """Of each page, what was left out when it was cut, if that was at the end of a round."""
        self.common.choose_homes()
        return {url: self.common.within(url) for url in self.common.urls()}

    def to_cut_anew(self) -> list[str]:
        """Pages of which something else is left out now than when they were cut."""
        return [url for url, marks in self.left_out().items() if marks != self.cut_without.get(url)]


def _only_if_changed(known: Known | None) -> Mapping[str, str]:
    if known is None or known.digest is None:
        return {}
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in headers.items() if value}


def _answered(url: str, found: Fetched) -> Settled:
    """An answer that is no page."""
    status = found.status
    if status == 304:
        return Settled(url, "unchanged", None, found.headers.get("etag"), found.headers.get("last-modified"))
    if status in (404, 410):
        return Settled(url, "failed", "was not found", is_gone=True)
    if status in (401, 403, 407):
        return Settled(url, "skipped", "is closed to visitors", is_gone=True)
    if status in (429, 503):
        raise Later(_seconds(found.headers.get("retry-after")), f"answered with an error ({status})")
    return Settled(url, "failed", f"answered with an error ({status})")


def _seconds(written: str | None) -> float:
    return float(written) if written and written.isascii() and written.isdigit() and len(written) < 6 else 2.0


def _as_ms(written: str | None) -> int | None:
    try:
        return None if written is None else round(parsedate_to_datetime(written).timestamp() * 1000)
    except (ValueError, OverflowError):
        return None
