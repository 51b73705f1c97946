"""How sure: the probability that a ranked passage is right, from what the signals look like around it.

A logistic model of few features. It starts at weights set by hand, such that they tell right from wrong on
three sets of different kinds; a desk's own replay, and then its own verdicts, pull it to its own truth.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]
Numbers = NDArray[np.float64]

# Name and first weight. "unnamed" is 0 for desks without subjects; "marked", "asks" and "length" are about
# the question itself: on some desks what is no question needs no answer, which only their verdicts can tell.
_START = {
    "bias": -3.6,
    "score": 3.4,
    "gap": 4.0,
    "meaning": 1.2,
    "words": 0.8,
    "agree": 0.6,
    "unnamed": -2.0,
    "expert": 0.5,
    "behind": -1.0,
    "marked": 0.2,
    "asks": 0.0,
    "length": 0.0,
}
FEATURES = tuple(_START)
START: Numbers = np.array(list(_START.values()))

_LISTS = ("words", "meaning", "context", "near", "order")
_ALONE = 0.3  # The gap of a passage that has no other beside it.
# How strongly a weight is held where it was, in examples; the bias is nearly free.
_HELD, _HELD_BIAS = 0.3, 0.1
_ROUNDS = 30
_LEAST_SCALE = 0.1  # A replay that finds no sense in the signals must not turn them around.
_ASKS = re.compile(
    r"\b(what|how|when|where|which|who|why|can|could|do|does|did|is|are|will|would|may|should)\s+"
    r"(i|you|we|they|it|the|there|this|that|my|your|an?|any)\b",
    re.IGNORECASE,
)


def features(
    text: str, best: Sequence[int], scores: Values, found: Mapping[str, Values], subjects: float, judged: int
) -> Numbers:
    """Of the first `judged` of the places `best`, best first: shape (judged, features).

    `scores` are what ranks; the gap is to the best other passage, negative behind the first. `subjects`: how
    much subjects count for this desk, 0..1.
    """
    lists = [values for name, values in found.items() if name in _LISTS and values.max(initial=0.0) > 0]
    tops = [float(values.max()) for values in lists]
    expert = found.get("expert", np.zeros_like(scores))
    rows = []
    for place in best[:judged]:
        others = [float(scores[one]) for one in best[:2] if one != place]
        gap = float(scores[place]) - others[0] if others else _ALONE
        agree = [values[place] >= top for values, top in zip(lists, tops, strict=True)]
        told = (found["meaning"][place], found["words"][place], np.mean(agree) if agree else 0.0)
        named = float(found["subject"][place])
        plain = float(scores[place]) - named
        rows.append(
            (1.0, plain, gap, *told, subjects - named, expert[place], place != best[0], *_asking(text))
        )
    return np.array(rows, float).reshape(-1, len(FEATURES))


def _asking(text: str) -> tuple[float, float, float]:
    return "?" in text, _ASKS.search(text) is not None, float(np.log1p(len(text.split())) / 3)


@dataclass(frozen=True, slots=True)
class Confidence:
    """`weights`: shape (features,)."""

    weights: Numbers

    def of(self, rows: Numbers) -> Numbers:
        return chance(rows @ self.weights)


def chance(values: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -30, 30))))


def fitted(rows: Numbers, right: Numbers, start: Numbers = START) -> Confidence:
    """Logistic regression by Newton's method, held to `start`. `right`: 0..1 where it is not certain."""
    held = np.full(len(start), _HELD)
    held[0] = _HELD_BIAS
    weights = start.copy()
    before = _loss(weights, rows, right, start, held)
    for _ in range(_ROUNDS):
        chances = chance(rows @ weights)
        slope = rows.T @ (chances - right) + held * (weights - start)
        bend = (rows * (chances * (1 - chances))[:, None]).T @ rows + np.diag(held)
        step = np.linalg.solve(bend, slope)
        # From far away a whole step may overshoot to where every probability is 0 or 1.
        while (after := _loss(weights - step, rows, right, start, held)) > before:
            step /= 2
            if np.abs(step).max() < 1e-6:
                return Confidence(weights)
        weights, before = weights - step, after
    return Confidence(weights)


def scaled(rows: Numbers, right: Numbers, start: Numbers = START) -> Numbers:
    """`start` times one number, its bias moved by another (Platt): the order of what is sure stays."""
    values = rows @ start
    first = np.array([0.0, 1.0])
    shift, scale = fitted(np.stack([np.ones_like(values), values], axis=1), right, first).weights
    weights = start * max(float(scale), _LEAST_SCALE)
    weights[0] += shift
    return np.asarray(weights)


def _loss(weights: Numbers, rows: Numbers, right: Numbers, start: Numbers, held: Numbers) -> float:
    values = rows @ weights
    unlikely = np.logaddexp(0, values) - right * values
    return float(unlikely.sum() + (held * (weights - start) ** 2).sum() / 2)


def cut(confidences: Numbers, target: float) -> float:
    """The lowest confidence such that those from it on are right as often as `target`, by their own word.

    Above 1, where nothing reaches it: nothing is then shown.
    """
    sure = np.sort(np.asarray(confidences, float))[::-1]
    means = np.cumsum(sure) / np.arange(1, len(sure) + 1)
    enough = np.flatnonzero(means >= target)
    return float(sure[enough[-1]]) if len(enough) else 1.01
