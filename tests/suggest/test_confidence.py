"""How sure, and from where on to speak."""

import numpy as np
import pytest
from numpy.typing import NDArray

from frontdesk.suggest import confidence
from frontdesk.suggest.confidence import FEATURES, START
from frontdesk.suggest.verdicts import ENOUGH, Verdicts

Numbers = NDArray[np.float64]


def desk(count: int, seed: int, shift: float = 0.0) -> tuple[Numbers, Numbers]:
    """Rows of a desk whose truth is the first weights', moved by `shift`, and what was right."""
    dice = np.random.default_rng(seed)
    rows = np.zeros((count, len(FEATURES)))
    rows[:, 0] = 1
    for name, low, high in (("score", 0.2, 1.4), ("gap", 0.0, 0.5), ("meaning", 0.1, 0.9), ("words", 0, 1)):
        rows[:, FEATURES.index(name)] = dice.uniform(low, high, count)
    right = dice.random(count) < confidence.chance(rows @ START + shift)
    return rows, right.astype(float)


def test_cut_by_hand() -> None:
    # .9 and .8 have a mean of .85; with .6 it is .767; with .5, .7.
    sure = np.array([0.5, 0.9, 0.6, 0.8])
    assert confidence.cut(sure, 0.85) == 0.8
    assert confidence.cut(sure, 0.75) == 0.6
    assert confidence.cut(sure, 0.5) == 0.5
    assert confidence.cut(sure, 0.95) > 1
    assert confidence.cut(np.zeros(0), 0.5) > 1


def test_fitted_finds_the_truth() -> None:
    rows, right = desk(4000, seed=1, shift=-2)
    found = confidence.fitted(rows, right).of(rows)
    assert found == pytest.approx(confidence.chance(rows @ START - 2), abs=0.12)


def test_a_far_start_does_not_overshoot() -> None:
    rows, right = desk(500, seed=2)
    found = confidence.fitted(rows, right, START * 8).of(rows)
    begun = confidence.chance(rows @ (START * 8))
    assert ((found - right) ** 2).mean() < ((begun - right) ** 2).mean()
    assert ((found > 0.02) & (found < 0.98)).mean() > 0.5


def test_scaling_keeps_the_order() -> None:
    rows, right = desk(400, seed=3, shift=-2)
    before, after = rows @ START, rows @ confidence.scaled(rows, right)
    assert (np.argsort(before) == np.argsort(after)).all()
    assert confidence.chance(after).mean() == pytest.approx(right.mean(), abs=0.02)
    turned = confidence.scaled(rows, 1 - right)
    assert (np.argsort(rows @ turned) == np.argsort(before)).all()


@pytest.mark.parametrize("shift", [-2.0, 0.0, 1.0])
def test_a_hundred_verdicts_find_the_threshold(shift: float) -> None:
    precision = []
    for seed in range(12):
        verdicts = Verdicts()
        verdicts.add(*desk(100, seed, shift))
        rows, right = desk(4000, 1000 + seed, shift)
        shown = verdicts.now.of(rows) >= verdicts.threshold(0.8)
        precision.append(right[shown].mean() if shown.any() else 0.8)
    assert 0.76 <= float(np.mean(precision)) <= 0.88


def test_without_verdicts_there_is_a_bar_too() -> None:
    verdicts = Verdicts()
    assert verdicts.threshold(0.8) == pytest.approx(0.6)
    verdicts.add(*desk(ENOUGH - 1, seed=4))
    assert verdicts.threshold(0.8) == pytest.approx(0.6)
    verdicts.add(*desk(1, seed=5))
    assert verdicts.threshold(0.8) != pytest.approx(0.6)


def test_what_nobody_took_was_probably_wrong() -> None:
    verdicts = Verdicts()
    rows, _ = desk(50, seed=6)
    sure = verdicts.now.of(rows)
    likely = np.array([verdicts.ignored(row) for row in rows])
    assert (likely < sure).all()
    assert (likely > 0).all()
