"""Softmax heads: from what a question looks like straight to the passage that answered such questions before.

Two of them, learnt from the desk's own old questions. One reads the question's vectors, with the state of the
talk (which is what tells the next reply of a routine); one reads groups of two to four letters of what the
customer typed, which knows the desk's own names and everybody's misspellings.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]
Labels = NDArray[np.int64]
Groups = NDArray[np.int64]
Rows = Callable[[Labels], Values]

LETTERS = 4096  # Groups of letters share this many numbers; two that meet there do little harm.
_SHORTEST, _LONGEST = 2, 4
_BATCH = 256
_LEAST_STEPS = 240
_RATE = 0.03
_SCALE = 10.0
_FAST, _SLOW = 0.9, 0.999  # Adam's two memories.


@dataclass(frozen=True, slots=True)
class Head:
    """`weights` (features + 1, classes): the last row is the bias."""

    weights: Values

    def chances(self, rows: Values) -> Values:
        """(n, features) -> (n, classes): probabilities."""
        return _softmax(rows * _SCALE @ self.weights[:-1] + self.weights[-1])


def trained(rows: Rows, labels: Labels, features: int, classes: int, penalty: float, rounds: int) -> Head:
    """Multinomial logistic regression by Adam on small batches; `rows` gives some examples' features.

    At least `rounds` over all of them, more where there are few.
    """
    dice = np.random.default_rng(0)
    weights, mean, spread = (np.zeros((features + 1, classes), np.float32) for _ in range(3))
    each = -(-len(labels) // _BATCH)
    rounds = max(rounds, -(-_LEAST_STEPS // each))
    steps, step = rounds * each, 0
    for _ in range(rounds):
        order = dice.permutation(len(labels))
        for start in range(0, len(order), _BATCH):
            batch, step = order[start : start + _BATCH], step + 1
            slope = _slope(weights, rows(batch), labels[batch], penalty)
            mean += (1 - _FAST) * (slope - mean)
            spread += (1 - _SLOW) * (slope * slope - spread)
            rate = _RATE * (1 - step / steps) * np.sqrt(1 - _SLOW**step) / (1 - _FAST**step)
            weights -= np.float32(rate) * mean / (np.sqrt(spread) + 1e-8)
    return Head(weights)


def _slope(weights: Values, rows: Values, labels: Labels, penalty: float) -> Values:
    scaled = rows * np.float32(_SCALE)
    wrong = _softmax(scaled @ weights[:-1] + weights[-1])
    wrong[np.arange(len(labels)), labels] -= 1
    wrong /= len(labels)
    slope = np.empty_like(weights)
    slope[:-1] = scaled.T @ wrong + np.float32(penalty) * weights[:-1]
    slope[-1] = wrong.sum(axis=0)
    return slope


def _softmax(values: Values) -> Values:
    raised = np.exp(values - values.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)


def letters(text: str) -> Groups:
    """The groups of letters in a text, as numbers below LETTERS; one for each time it stands there."""
    words = "".join(one if one.isalnum() else " " for one in text.lower()).split()
    codes = np.frombuffer(f" {' '.join(words)} ".encode("utf-32-le"), np.uint32).astype(np.uint64)
    found = []
    for length in range(_SHORTEST, _LONGEST + 1):
        if len(codes) >= length:
            group = np.full(len(codes) - length + 1, length, np.uint64)
            for offset in range(length):
                group = (group * np.uint64(1_000_003)) ^ codes[offset : len(codes) - length + 1 + offset]
            found.append((group ^ (group >> np.uint64(17))) % np.uint64(LETTERS))
    return np.concatenate(found).astype(np.int64) if found else np.zeros(0, np.int64)


def rarities(groups: Sequence[Groups]) -> Values:
    """How much each group of letters tells, shape (LETTERS,): smoothed inverse document frequency."""
    known = np.zeros(LETTERS, np.float32)
    for one in groups:
        known[np.unique(one)] += 1
    return np.asarray(np.log((1 + len(groups)) / (1 + known)) + 1, np.float32)


class Spelled:
    """Texts as rows of LETTERS features, made when they are needed: whole, they would fill the memory.

    Each row is of length 1/2: letters then speak as softly as they should beside 384 numbers.
    """

    def __init__(self, groups: Sequence[Groups], weights: Values) -> None:
        self._where, self._values = [], []
        for one in groups:
            where, counts = np.unique(one, return_counts=True)
            values = np.log1p(counts.astype(np.float32)) * weights[where]
            self._where.append(where)
            self._values.append(values / max(2 * float(np.linalg.norm(values)), 1e-9))

    def rows(self, some: Labels) -> Values:
        """(len(some), LETTERS)."""
        rows = np.zeros((len(some), LETTERS), np.float32)
        lengths = [len(self._where[one]) for one in some]
        if sum(lengths):
            which = np.repeat(np.arange(len(some)), lengths)
            where = np.concatenate([self._where[one] for one in some])
            rows[which, where] = np.concatenate([self._values[one] for one in some])
        return rows
