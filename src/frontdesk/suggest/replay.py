"""The desk's own history again: each question as if it were new, ranked by what was learnt without it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frontdesk.suggest import experts, signals
from frontdesk.suggest.memory import Memory
from frontdesk.suggest.question import Question
from frontdesk.suggest.refusals import Refusals
from frontdesk.suggest.shelf import Shelf

Values = NDArray[np.float32]
Pairs = Sequence[tuple[Question, str]]

_FOLDS = 4
_LARGE = 4000  # From here on one part kept apart is enough, and learning four times would take too long.
_MOST = 1500


@dataclass(frozen=True, slots=True)
class Replayed:
    """A question of the past, the place of the answer it got, and all signals as they were without it."""

    question: Question
    right: int
    signals: Mapping[str, Values]


def replayed(pairs: Pairs, shelf: Shelf, own: Mapping[str, Values], refusals: Refusals) -> Iterator[Replayed]:
    """At most 1500, in the order of `pairs`."""
    part = _parts(pairs)
    parts = range(_FOLDS) if len(pairs) < _LARGE else range(1)
    for fold in parts:
        rest = [pair for pair, one in zip(pairs, part, strict=True) if one != fold]
        held = [pair for pair, one in zip(pairs, part, strict=True) if one == fold]
        memory = Memory(refusals.size, shelf.analyzer)
        for question, answer in rest:
            memory.add(question, answer)
        heads = experts.trained(rest, own)
        for question, answer in _some(held, _MOST // len(parts)):
            found = signals.signals(question, shelf, memory, refusals)
            found |= heads.signals(question, shelf.places, len(shelf))
            yield Replayed(question, shelf.places[answer], found)


def _parts(pairs: Pairs) -> list[int]:
    """Which part each pair belongs to. Questions of one talk stay together: they would tell on each other."""
    dice = np.random.default_rng(0)
    of_talk: dict[object, int] = {}
    parts = _FOLDS if len(pairs) < _LARGE else max(_FOLDS, len(pairs) // _MOST)
    drawn = dice.integers(0, parts, len(pairs)).tolist()
    begins = [
        question.turns[0].text if question.turns else place for place, (question, _) in enumerate(pairs)
    ]
    return [of_talk.setdefault(begin, one) for begin, one in zip(begins, drawn, strict=True)]


def _some(pairs: Pairs, most: int) -> Pairs:
    step = max(1, -(-len(pairs) // most))
    return pairs[::step]
