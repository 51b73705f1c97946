"""Against numbers worked out by hand."""

import pytest

from frontdesk.suggest import measures


def test_hits() -> None:
    ranks = [1, 3, 0, 2]
    assert [measures.hit_at(ranks, place) for place in (1, 2, 3)] == [0.25, 0.5, 0.75]
    assert measures.mean_reciprocal_rank(ranks) == pytest.approx((1 + 1 / 3 + 0 + 1 / 2) / 4)
    assert measures.mean_reciprocal_rank([11], deepest=10) == 0


def test_auroc() -> None:
    # Of the four pairs (right, wrong), .9 beats both, .4 beats .1 and loses to .6.
    assert measures.auroc([0.9, 0.6, 0.4, 0.1], [True, False, True, False]) == 0.75
    assert measures.auroc([0.5, 0.5], [True, False]) == 0.5
    assert measures.auroc([0.1, 0.9], [True, False]) == 0
    assert measures.auroc([0.1, 0.9], [True, True]) == 0.5


def test_precision_and_coverage() -> None:
    sure, right = [0.9, 0.8, 0.7, 0.6], [True, True, False, True]
    assert measures.precisions(sure, right).tolist() == pytest.approx([1, 1, 2 / 3, 3 / 4])
    assert measures.area_under_precision_coverage(sure, right) == pytest.approx((1 + 1 + 2 / 3 + 3 / 4) / 4)
    assert measures.coverage_at(sure, right, 0.9) == 0.5
    assert measures.coverage_at(sure, right, 0.75) == 1
    assert measures.coverage_at([0.9], [False], 0.5) == 0


def test_calibration_error() -> None:
    # In the bin at .75 half are right, in that at .15 none is.
    assert measures.calibration_error([0.75, 0.75, 0.15, 0.15], [1, 0, 0, 0]) == pytest.approx(
        (2 * 0.25 + 2 * 0.15) / 4
    )
    assert measures.calibration_error([1.0], [True]) == 0


def test_of_nothing() -> None:
    assert measures.hit_at([], 1) == 0
    assert measures.area_under_precision_coverage([], []) == 0
    assert measures.calibration_error([], []) == 0
