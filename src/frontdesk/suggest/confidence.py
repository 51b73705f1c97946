"""How sure: the probability that a ranked passage is right, from what the signals look like around it.

A logistic model of few features. Its first weights were learnt across several companies' sets; a desk's own
replay, and then its own verdicts, pull it to where its own truth is. What makes the threshold: the lowest cut
above which the mean predicted precision of everything shown reaches the target.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]
Numbers = NDArray[np.float64]

FEATURES = ("bias", "score", "gap", "meaning", "context", "words", "agree", "expert", "near", "behind")
_LISTS = ("words", "meaning", "context", "near", "order")


def features(best: Sequence[int], scores: Values, found: Mapping[str, Values]) -> Numbers:
    """Of the ranked places `best`, best first: shape (len(best), features). One more place than is judged
    should be ranked: the last one's gap is to what comes behind it."""
    rows = np.zeros((len(best), len(FEATURES)))
    lists = [name for name in _LISTS if name in found and len(found[name]) and found[name].max() > 0]
    tops = {name: float(found[name].max()) for name in lists}
    for rank, place in enumerate(best):
        others = [float(scores[one]) for one in best[:2] if one != place]
        rows[rank] = [
            1.0,
            float(scores[place]),
            min(1.0, float(scores[place]) - others[0]) if others else 0.3,
            found["meaning"][place],
            found["context"][place],
            found["words"][place],
            np.mean([found[name][place] >= tops[name] for name in lists]) if lists else 0.0,
            found["expert"][place] if "expert" in found else 0.0,
            found["near"][place],
            float(rank > 0),
        ]
    return rows


@dataclass(frozen=True, slots=True)
class Confidence:
    """`weights`: shape (features,)."""

    weights: Numbers

    def of(self, rows: Numbers) -> Numbers:
        return np.asarray(1 / (1 + np.exp(-np.clip(rows @ self.weights, -30, 30))))


def fitted(
    rows: Numbers, right: NDArray[np.bool_], start: Numbers, pull: float, rounds: int = 30
) -> Confidence:
    """Logistic regression by Newton's method, pulled towards `start` as by `pull` examples."""
    weights = start.copy()
    for _ in range(rounds):
        chances = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (chances - right) + pull * (weights - start)
        bend = (rows * (chances * (1 - chances))[:, None]).T @ rows + pull * np.eye(len(weights))
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-6:
            break
    return Confidence(weights)


def cut(confidences: Numbers, target: float) -> float:
    """The lowest confidence such that those from it on are right as often as `target`, by their own word.

    Above 1, where nothing reaches it: nothing is then shown.
    """
    sure = np.sort(np.asarray(confidences, float))[::-1]
    means = np.cumsum(sure) / np.arange(1, len(sure) + 1)
    enough = np.flatnonzero(means >= target)
    return float(sure[enough[-1]]) if len(enough) else 1.01
