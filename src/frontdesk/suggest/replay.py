"""The desk's own history again: each question as if it were new, ranked by what was learnt without it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frontdesk.suggest import experts
from frontdesk.suggest.experts import Experts
from frontdesk.suggest.memory import Memory
from frontdesk.suggest.question import Question
from frontdesk.suggest.refusals import Refusals
from frontdesk.suggest.shelf import Shelf
from frontdesk.suggest.signals import WITH_EXPERTS, fused, signals

Values = NDArray[np.float32]
Pairs = Sequence[tuple[Question, str]]
Lock = AbstractContextManager[Any]

_FOLDS = 4
_LARGE = 4000  # From here on one part kept apart is enough, and learning four times would take too long.
_MOST = 1000
_CANDIDATES = 30


@dataclass(frozen=True, slots=True)
class Replayed:
    """A question of the past: `signals`, as they were without it, of its best candidates and the right one.

    The right one is the first of them; of the others those that ranked best, (at most 30,). `alone` and
    `memory`: the same of the rankings that learnt less (signals.Heard).
    """

    text: str
    alone: Mapping[str, Values]
    memory: Mapping[str, Values]
    signals: Mapping[str, Values]


def replayed(
    pairs: Pairs, shelf: Shelf, own: Mapping[str, Values], refusals: Refusals, lock: Lock
) -> Iterator[Replayed]:
    """At most 1000, from all over `pairs`."""
    part = _parts(pairs)
    parts = range(_FOLDS) if len(pairs) < _LARGE else range(1)
    for fold in parts:
        rest = [pair for pair, one in zip(pairs, part, strict=True) if one != fold]
        held = [pair for pair, one in zip(pairs, part, strict=True) if one == fold]
        if not rest or not held:
            continue
        memory = Memory(refusals.size, shelf.analyzer)
        for question, answer in rest:
            memory.add(question, answer)
        heads = experts.trained(rest, own)
        for question, answer in _some(held, _MOST // len(parts)):
            with lock:
                one = _replayed(question, answer, shelf, memory, heads, refusals)
            if one is not None:
                yield one


def _replayed(
    question: Question, answer: str, shelf: Shelf, memory: Memory, heads: Experts, refusals: Refusals
) -> Replayed | None:
    if answer not in shelf.places:
        return None  # It went meanwhile.
    heard = signals(question, shelf, memory, refusals)
    heard.learnt.update(heads.signals(question, shelf.places, len(shelf)))
    some = _candidates(heard.learnt, shelf, shelf.places[answer])
    rankings = (heard.alone, heard.memory, heard.learnt)
    return Replayed(
        question.text, *({name: values[some] for name, values in one.items()} for one in rankings)
    )


def _candidates(found: Mapping[str, Values], shelf: Shelf, right: int) -> NDArray[np.int64]:
    scores = np.where(shelf.alive(), fused(found, WITH_EXPERTS), -np.inf)
    best = np.argsort(-scores, kind="stable")[: min(_CANDIDATES, len(shelf.places))]
    return np.concatenate([[right], best[best != right]]).astype(np.int64)


def _parts(pairs: Pairs) -> list[int]:
    """Which part each pair belongs to. Questions of one talk stay together: they would tell on each other."""
    dice = np.random.default_rng(0)
    of_talk: dict[object, int] = {}
    parts = _FOLDS if len(pairs) < _LARGE else max(_FOLDS, len(pairs) // _MOST)
    drawn = dice.integers(0, parts, len(pairs)).tolist()
    begins = [pair[0].turns[0].text if pair[0].turns else place for place, pair in enumerate(pairs)]
    return [of_talk.setdefault(begin, one) for begin, one in zip(begins, drawn, strict=True)]


def _some(pairs: Pairs, most: int) -> Pairs:
    return pairs[:: max(1, -(-len(pairs) // most))]
