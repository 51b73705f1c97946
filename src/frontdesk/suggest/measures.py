"""How good rankings and confidences are: pure numbers, for the benchmark and for the evaluation page."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]


def hit_at(ranks: Sequence[int], place: int) -> float:
    """Share of questions with a right answer at `place` or before. Ranks count from 1; 0: not there."""
    return float(np.mean([0 < rank <= place for rank in ranks])) if len(ranks) else 0.0


def mean_reciprocal_rank(ranks: Sequence[int], deepest: int = 10) -> float:
    return float(np.mean([1 / rank if 0 < rank <= deepest else 0.0 for rank in ranks])) if len(ranks) else 0.0


def auroc(confidences: ArrayLike, right: ArrayLike) -> float:
    """The chance that a right one has more confidence than a wrong one; ties count half. .5 if undefined."""
    values, good = np.asarray(confidences, float), np.asarray(right, bool)
    rights, wrongs = int(good.sum()), int((~good).sum())
    if not rights or not wrongs:
        return 0.5
    order = _mean_ranks(values)
    return float((order[good].sum() - rights * (rights + 1) / 2) / (rights * wrongs))


def precisions(confidences: ArrayLike, right: ArrayLike) -> Numbers:
    """Shape (n,): the share of right ones among the k most confident, for k = 1..n."""
    order = np.argsort(-np.asarray(confidences, float), kind="stable")
    good = np.asarray(right, float)[order]
    return np.asarray(np.cumsum(good) / np.arange(1, len(good) + 1))


def area_under_precision_coverage(confidences: ArrayLike, right: ArrayLike) -> float:
    found = precisions(confidences, right)
    return float(found.mean()) if len(found) else 0.0


def coverage_at(confidences: ArrayLike, right: ArrayLike, precision: float) -> float:
    """The largest share of questions that can be answered with at least this precision."""
    found = np.flatnonzero(precisions(confidences, right) >= precision)
    return float((found[-1] + 1) / len(np.asarray(right))) if len(found) else 0.0


def calibration_error(confidences: ArrayLike, right: ArrayLike, bins: int = 10) -> float:
    """Expected calibration error: how far confidence is from truth, averaged over equal parts of 0..1."""
    values, good = np.asarray(confidences, float), np.asarray(right, float)
    if not len(values):
        return 0.0
    part = np.clip((values * bins).astype(int), 0, bins - 1)
    gaps = [abs(good[part == one].sum() - values[part == one].sum()) for one in range(bins)]
    return float(sum(gaps) / len(values))


def _mean_ranks(values: Numbers) -> Numbers:
    """1 for the smallest; equal ones share the mean of their ranks."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[inverse])
