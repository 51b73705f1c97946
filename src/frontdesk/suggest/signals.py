"""What speaks for each passage as the answer to one question.

| signal   | what it is | weight |
|----------|------------|--------|
| words    | BM25, of the passage or of an old question of it | .3 |
| meaning  | cosine of the question with the passage's prototype | .55 |
| context  | the same, of the question with the two turns before it | .55 |
| near     | cosine with the nearest old question, or with the passage itself | .05 |
| nearby   | the same, with context | .05 |
| subject  | the talk names what the passage is about; only where that decides | 1 |
| refused  | nearness to a question that it was rejected for | -.2 |
| expert, order, letters | the heads of experts.py; weights learnt from replay | |
| barred   | it was rejected for this very question | -1 |

Scores are added, not ranks: fusing ranks loses what the scores say about being sure, and a weak list then
drags a good one down.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frontdesk.suggest.memory import FORMS, Memory, Places, best_of_each
from frontdesk.suggest.question import Question
from frontdesk.suggest.refusals import NEAR, Refusals
from frontdesk.suggest.shelf import Shelf

Values = NDArray[np.float32]
Signals = Mapping[str, Values]

WEIGHTS = {
    "words": 0.3,
    "meaning": 0.55,
    "context": 0.55,
    "near": 0.05,
    "nearby": 0.05,
    "subject": 1.0,
    "refused": -0.2,
    "barred": -1.0,
}
WITH_EXPERTS = {**WEIGHTS, "expert": 0.3, "letters": 0.15}
# Where a subject is named, the turns before were needed to name it, and say little besides.
NAMED = {"words": 0.3, "meaning": 0.85, "context": 0.25, "near": 0.05, "nearby": 0.05}

_BEFORE = 0.3  # What a word of the turns before weighs.
# From this cosine on, alone and with context, what was taken for one question is right for the other.
AGAIN = 0.6
_OLD = 0.5  # What the words of an old question weigh beside the passage's own.


@dataclass(frozen=True, slots=True)
class Heard:
    """The signals of three rankings. `alone`: by the passages; `memory`: with the questions that each was
    taken for as further texts of it; `learnt`: with all that was learnt. What was rejected for this very
    question is barred from all.
    """

    alone: dict[str, Values]
    memory: dict[str, Values]
    learnt: dict[str, Values]
    again: NDArray[np.bool_]
    """Places of what was taken for nearly this question."""

    @property
    def plain(self) -> dict[str, Values]:
        """By the passages alone, but where nearly this was asked before."""
        both = zip(self.alone.items(), self.memory.values(), strict=True)
        return {name: np.where(self.again, memory, alone) for (name, alone), memory in both}


def signals(question: Question, shelf: Shelf, memory: Memory, refusals: Refusals) -> Heard:
    """Each value of shape (places,)."""
    count = len(shelf)
    places = memory.places(shelf.places, shelf.version)
    own = shelf.cosines(question.vectors[FORMS])
    prototypes = memory.prototypes.cosines(question.vectors[FORMS], own, shelf.places, shelf.vector_of)
    nearest = [best_of_each(one, places, count, -1.0) for one in memory.near(question)]
    refused = refusals.nearness(question.vectors[FORMS], shelf.places, count)
    words, told = _words(question, shelf, memory, places)
    whatever = {
        "subject": _subject(question, shelf),
        "barred": _barred(refused, np.minimum(*nearest)),
    }
    both = [np.maximum(one, other) for one, other in zip(own, nearest, strict=True)]
    return Heard(
        _named(words, own, own) | whatever,
        _named(told, both, both) | whatever,
        _named(told, prototypes, both) | whatever | {"refused": refused},
        np.minimum(*nearest) >= AGAIN,
    )


def _named(words: Values, cosines: Iterable[Values], near: Iterable[Values]) -> dict[str, Values]:
    """Each of `cosines` and `near` alone and with context."""
    names = ("words", "meaning", "context", "near", "nearby", "refused")
    return dict(zip(names, (words, *cosines, *near, np.zeros_like(words)), strict=True))


def fused(found: Signals, weights: Mapping[str, float]) -> Values:
    total = sum(np.float32(weights.get(name, 0.0)) * values for name, values in found.items())
    return np.asarray(total, np.float32)


def weights_for(found: Signals, weights: Mapping[str, float]) -> Mapping[str, float]:
    """Those for a talk whose subject decides; else the usual ones."""
    return {**weights, **NAMED} if found["subject"].any() else weights


def _words(question: Question, shelf: Shelf, memory: Memory, places: Places) -> tuple[Values, Values]:
    """Of the passages alone, and with their old questions."""
    stems = _weighed(question, shelf)
    here = _covered(shelf.words.scores(stems, len(shelf)), stems, shelf.words.rarity)
    if not len(memory):
        return here, here
    old = _covered(memory.words.scores(stems, len(memory)), stems, memory.words.rarity)
    return here, np.maximum(here, np.float32(_OLD) * best_of_each(old, places, len(shelf), 0.0))


def _weighed(question: Question, shelf: Shelf) -> dict[str, float]:
    before = {stem: _BEFORE for text in question.before for stem in shelf.analyzer.stems(text)}
    return before | dict.fromkeys(shelf.analyzer.stems(question.text), 1.0)


def _covered(scores: Values, stems: Mapping[str, float], rarity: Callable[[str], float]) -> Values:
    """Divided by the best score, or by what a passage with every word of the question once would have.

    The latter keeps a question whose telling words are nowhere from crowning whoever has its "do you".
    """
    whole = sum(rarity(stem) for stem, weight in stems.items() if weight == 1.0)
    return scores / max(float(scores.max(initial=0.0)), whole, 1e-9)


def _subject(question: Question, shelf: Shelf) -> Values:
    weight = shelf.subjects.weight
    if not weight:
        return np.zeros(len(shelf), np.float32)
    turns = [question.text, *(turn.text for turn in reversed(question.turns))]
    return np.float32(weight) * shelf.subjects.named(turns)


def _barred(refused: Values, accepted: Values) -> Values:
    """Rejected for this question, and not accepted for one as near since."""
    cosine = refused / 2 + 0.5
    return ((cosine >= NEAR) & (accepted < cosine)).astype(np.float32)
