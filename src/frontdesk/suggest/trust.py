"""How far what was learnt may lead: as far as it did better on this desk's own last verdicts.

Where the same is asked again and again, what was learnt is right far more often than what the passages say by
themselves. Where hardly anything is asked twice, it only draws questions to whatever was taken last. Which
desk this is, its verdicts tell. Three rankings are asked of each, and what they disagree about is counted:
the passages alone; with the questions they were taken for as further texts; and with all that was learnt.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from numpy.typing import NDArray

from frontdesk.suggest.signals import Heard, Values

AHEAD = 1.0  # By more than this: the first time may be luck.
_FADES = 0.99  # A desk changes: of a hundred comparisons ago a third still counts.
# Before any verdict the passages alone are thought to be right so often of so many. Where they are seldom
# right, there is nothing to lose by what was learnt.
_HITS, _OF = 3.0, 4.0
_SELDOM = 0.4
_MOST = 100.0  # Comparisons that a night's replay counts for: verdicts must be able to say otherwise.


class Duel:
    """Of two rankings: how often only the second had the right one first (`gains`), and only the first."""

    def __init__(self) -> None:
        self.gains = 0.0
        self.losses = 0.0

    @property
    def won(self) -> bool:
        return self.gains - self.losses > AHEAD

    def compare(self, before: bool, after: bool) -> None:
        """Was either one's first right?"""
        if before != after:
            self.gains = self.gains * _FADES + after
            self.losses = self.losses * _FADES + before

    def replay(self, gains: int, losses: int) -> None:
        """Many at once are not luck: as good is good enough."""
        share = min(1.0, _MOST / max(1, gains + losses))
        self.gains, self.losses = gains * share, losses * share
        if gains >= losses:
            self.gains += 2 * AHEAD


class Trust:
    """`memory`: old questions against the passages alone. `learnt`: everything against those two."""

    def __init__(self) -> None:
        self.memory = Duel()
        self.learnt = Duel()
        self._hits, self._of = _HITS, _OF

    @property
    def beyond(self) -> bool:
        """May more lead than the passages alone?"""
        seldom = self._hits < _SELDOM * self._of
        return self.memory.won or (seldom and self.memory.gains >= self.memory.losses)

    def choice(self, heard: Heard) -> dict[str, Values]:
        if not self.beyond:
            return heard.plain
        return heard.learnt if self.learnt.won else heard.memory

    def compare(self, hits: tuple[bool, bool, bool]) -> None:
        """Of a question that has its answer now: which of the three rankings would have put it first."""
        self.memory.compare(*hits[:2])
        self.learnt.compare(*hits[1:])
        self.judge(hits[0])

    def judge(self, hit: bool) -> None:
        """Of any question: were the passages alone right?"""
        self._hits, self._of = self._hits * _FADES + hit, self._of * _FADES + 1

    def replay(self, hits: Sequence[tuple[bool, bool, bool]]) -> None:
        """The night's, in place of what was counted before: of old questions, whose first was right."""
        for duel, at in ((self.memory, 0), (self.learnt, 1)):
            duel.replay(
                sum(one[at + 1] > one[at] for one in hits), sum(one[at + 1] < one[at] for one in hits)
            )

    def save(self, values: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
        duels = [[one.gains, one.losses] for one in (self.memory, self.learnt)]
        values["trust"] = [*duels, [self._hits, self._of]]

    def load(self, values: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
        if "trust" in values:
            memory, learnt, (self._hits, self._of) = values["trust"]
            self.memory.gains, self.memory.losses = memory
            self.learnt.gains, self.learnt.losses = learnt
