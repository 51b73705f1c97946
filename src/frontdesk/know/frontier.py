"""Which pages of a website are still to be read in a round, and which are not read and why. No I/O."""

from collections import deque
from collections.abc import Iterable

from protego import Protego

from frontdesk.base.net import AGENT
from frontdesk.know.links import Patterns, Site, why_not
from frontdesk.know.model import Plan
from frontdesk.know.pages import Known, Settled

BY_ROBOTS = "is closed by robots.txt"


class Frontier:
    """Every address once. What was settled in this round before is not read again."""

    def __init__(self, site: Site, plan: Plan, robots: Protego, known: Iterable[Known], round: int) -> None:
        self.site = site
        self.known = {one.url: one for one in known}
        self.linked: set[str] = set()
        # Was there more than the plan allows?
        self.is_full = False
        self._plan, self._robots = plan, robots
        self._patterns = Patterns()
        self._waiting: deque[str] = deque()
        self._met = {url for url, one in self.known.items() if one.round >= round}
        self._skipped = 0
        self._taken = sum(1 for url in self._met if self.known[url].state != "skipped")

    def __len__(self) -> int:
        return len(self._waiting)

    def next(self) -> str | None:
        return self._waiting.popleft() if self._waiting else None

    def again(self, url: str) -> None:
        self._waiting.append(url)

    def has_met(self, url: str) -> bool:
        return url in self._met

    def met(self, url: str) -> None:
        """It is read already, under another name or by way of a redirect."""
        self._met.add(url)
        self._taken += 1

    def meet(self, urls: Iterable[str], *, is_linked: bool) -> tuple[list[str], list[Settled]]:
        """The addresses that are new and will be read, and those that will not, with the reason."""
        fresh: list[str] = []
        settled: list[Settled] = []
        for url in urls:
            if is_linked:
                self.linked.add(url)
            if url in self._met:
                continue
            self._met.add(url)
            reason = self.why_not(url)
            if reason is None and self._taken >= self._plan.most:
                self.is_full = True
                reason = f"is more than {self._plan.most:,} pages" if url in self.known else ""
            if reason is None:
                self._taken += 1
                self._waiting.append(url)
                if url not in self.known:
                    fresh.append(url)
            elif reason and (url in self.known or self._skipped < self._plan.most):
                self._skipped += 1
                settled.append(Settled(url, "skipped", reason, is_gone=True))
        return fresh, settled

    def why_not(self, url: str) -> str | None:
        """In plain words; None: it is read."""
        reason = why_not(self._plan, url) or self._patterns.why_not(url)
        if reason is None and not self._robots.can_fetch(url, AGENT):
            return BY_ROBOTS
        return reason
