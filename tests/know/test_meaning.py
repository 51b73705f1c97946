"""Exact search over vectors of 8 bit that come and go."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from frontdesk.know.meaning import Meaning

SIZE = 32


def vectors(count: int, seed: int = 0) -> NDArray[np.float32]:
    made = np.random.default_rng(seed).standard_normal((count, SIZE)).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)


def test_products_are_exact_to_a_hundredth() -> None:
    known, asked = vectors(5000), vectors(3, seed=1)
    meaning = Meaning(SIZE)
    for owner, vector in enumerate(known):
        meaning.put(owner, vector[None])
    assert meaning.best(asked, 5000) == pytest.approx(asked @ known.T, abs=0.01)


def test_an_owner_counts_by_its_nearest() -> None:
    known = vectors(3)
    meaning = Meaning(SIZE)
    meaning.put(4, known)
    found = meaning.best(known[1:2], 6)[0]
    assert found[4] == pytest.approx(1, abs=0.02)
    assert found[[0, 1, 2, 3, 5]].tolist() == [-1] * 5


@settings(max_examples=60)
@given(st.lists(st.integers(1, 3), min_size=1, max_size=9), st.data())
def test_dropping_equals_never_having_put(counts: list[int], data: st.DataObject) -> None:
    gone = data.draw(st.lists(st.integers(0, len(counts) - 1), unique=True))
    meaning, fresh = Meaning(SIZE), Meaning(SIZE)
    for owner, count in enumerate(counts):
        meaning.put(owner, vectors(count, owner))
        if owner not in gone:
            fresh.put(owner, vectors(count, owner))
    for owner in gone:
        meaning.drop(owner)
    asked = vectors(2, seed=99)
    assert len(meaning) == len(fresh)
    assert meaning.best(asked, len(counts)) == pytest.approx(fresh.best(asked, len(counts)), abs=1e-5)
    for owner in set(range(len(counts))) - set(gone):
        assert meaning.of(owner) == pytest.approx(vectors(counts[owner], owner), abs=0.01)


def test_dropping_what_is_not_there() -> None:
    meaning = Meaning(SIZE)
    meaning.drop(3)
    assert len(meaning) == 0
