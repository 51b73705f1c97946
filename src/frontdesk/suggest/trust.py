"""How far what was learnt leads: as far as it did better on this desk's own last verdicts.

Where the same is asked again and again, what was learnt is right far more often than what the passages say by
themselves. Where hardly anything is asked twice, it only draws questions to whatever was taken last. Which
desk this is, its verdicts tell. Three rankings are asked of each, and what they disagree about is counted:
the passages alone; with the questions they were taken for as further texts; and with all that was learnt.
Their signals are mixed by how often each was right where two of them differed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frontdesk.suggest.signals import Heard, Values

_FADES = 0.99  # A desk changes: of a hundred comparisons ago a third still counts.
_BOTH = 2.0  # So often each of two rankings is thought to have been right before anybody compared them.
# The share of right ones at which a ranking leads not at all; at as much above a half it leads alone.
_FROM = 0.25
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
    def lead(self) -> float:
        """How far the second leads, from 0 to 1."""
        share = (self.gains + _BOTH) / (self.gains + self.losses + 2 * _BOTH)
        return min(1.0, max(0.0, (share - _FROM) / (1 - 2 * _FROM)))

    def compare(self, before: bool, after: bool) -> None:
        """Was either one's first right?"""
        if before != after:
            self.gains = self.gains * _FADES + after
            self.losses = self.losses * _FADES + before

    def replay(self, gains: int, losses: int) -> None:
        share = min(1.0, _MOST / max(1, gains + losses))
        self.gains, self.losses = gains * share, losses * share


class Trust:
    """`memory`: old questions against the passages alone. `learnt`: everything against those two."""

    def __init__(self) -> None:
        self.memory = Duel()
        self.learnt = Duel()
        self._hits, self._of = _HITS, _OF

    @property
    def beyond(self) -> float:
        """How far more leads than the passages alone, from 0 to 1."""
        seldom = self._hits < _SELDOM * self._of
        return 1.0 if seldom and self.memory.gains >= self.memory.losses else self.memory.lead

    def choice(self, heard: Heard) -> dict[str, Values]:
        beyond = self.beyond
        return mixed(mixed(heard.plain, heard.memory, beyond), heard.learnt, beyond * self.learnt.lead)

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


def mixed(some: Mapping[str, Values], others: Mapping[str, Values], share: float) -> dict[str, Values]:
    """Signal by signal, `share` of the others; what only they have comes in as far, or not at all."""
    if share == 0:
        return dict(some)
    there = np.float32(share)
    return {
        name: there * values + (1 - there) * some[name] if name in some else there * values
        for name, values in others.items()
    }
