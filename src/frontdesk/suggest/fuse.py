"""How much each signal counts, learnt from replayed questions.

A listwise model: the signals' weighted sum, through a softmax over a question's candidates, is to give the
passage that was really taken the highest probability. It starts at the hand-set weights and is pulled back to
them, so that little history moves little.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]
Weights = Mapping[str, float]

_ROUNDS = 300
_RATE = 0.02
_PULL = 0.02
_SHARP = 10.0  # Of the softmax: a lead of .1 is then a lead of e.
_FOLDS = 4


@dataclass(frozen=True, slots=True)
class Case:
    """A replayed question: `rows` (candidates, signals), the right one among them at `right`.

    `base` holds what is not up for learning, (candidates,).
    """

    rows: Values
    base: Values
    right: int


def learnt(cases: Sequence[Case], names: Sequence[str], start: Weights) -> dict[str, float]:
    """Weights for `names`, none negative."""
    width = max((len(case.base) for case in cases), default=0)
    rows = np.zeros((len(cases), width, len(names)), np.float32)
    base = np.full((len(cases), width), -1e3, np.float32)
    for number, case in enumerate(cases):
        rows[number, : len(case.base)] = case.rows
        base[number, : len(case.base)] = case.base
    right = np.array([case.right for case in cases])
    first = np.array([start.get(name, 0.0) for name in names], np.float32)
    return dict(zip(names, _descended(rows, base, right, first).tolist(), strict=True))


def _descended(rows: Values, base: Values, right: NDArray[np.int64], first: Values) -> Values:
    weights, here = first.copy(), np.arange(len(right))
    mean, spread = np.zeros_like(first), np.zeros_like(first)
    for step in range(1, _ROUNDS + 1):
        chances = _SHARP * (rows @ weights + base)
        chances = np.exp(chances - chances.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        wanted = rows[here, right]
        slope = _SHARP * (np.einsum("nc,ncs->ns", chances, rows) - wanted).mean(axis=0)
        slope += _PULL * (weights - first)
        mean += 0.1 * (slope - mean)
        spread += 0.01 * (slope * slope - spread)
        rate = _RATE * (1 - (step - 1) / _ROUNDS)
        weights = weights - rate * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
        weights = np.maximum(weights, 0)
    return np.asarray(weights, np.float32)


def first_right(cases: Sequence[Case], names: Sequence[str], weights: Weights) -> float:
    """The share of cases whose right one comes first."""
    given = np.array([weights.get(name, 0.0) for name in names], np.float32)
    hits = [int(np.argmax(case.rows @ given + case.base)) == case.right for case in cases]
    return float(np.mean(hits)) if hits else 0.0


def kept_apart(cases: Sequence[Case], names: Sequence[str], start: Weights) -> float:
    """The same, of weights learnt each time without a quarter of the cases and tried on that quarter."""
    hits = 0.0
    for fold in range(_FOLDS):
        others = [case for place, case in enumerate(cases) if place % _FOLDS != fold]
        tried = cases[fold::_FOLDS]
        hits += first_right(tried, names, learnt(others, names, start)) * len(tried)
    return hits / max(1, len(cases))
