"""BM25 over rows that come and go."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.know.words import K1, Analyzer, B, Words, weighed

TEXTS = ["parcel late", "parcel parcel broken", "opening hours", "the broken grinder grinds"]


def indexed(texts: list[str]) -> Words:
    words = Words()
    for row, text in enumerate(texts):
        words.put(row, text)
    return words


def test_analysis() -> None:
    assert Analyzer().stems("Grinders GRINDING, the café's K2!") == [
        "grinder",
        "grind",
        "the",
        "cafe",
        "s",
        "k2",
    ]


def test_scores_by_hand() -> None:
    words = indexed(TEXTS)
    rarity = log(1 + (4 - 2 + 0.5) / (2 + 0.5))
    mean = (2 + 3 + 2 + 4) / 4
    first = rarity * (K1 + 1) * 1 / (1 + K1 * (1 - B + B * 2 / mean))
    second = rarity * (K1 + 1) * 2 / (2 + K1 * (1 - B + B * 3 / mean))
    assert words.scores({"parcel": 1.0}, 4).tolist() == pytest.approx([first, second, 0, 0], rel=1e-5)
    assert words.scores({"parcel": 0.5}, 4)[0] == pytest.approx(first / 2, rel=1e-5)


def test_unknown_words_score_nothing() -> None:
    assert not indexed(TEXTS).scores(weighed(["kettl"]), 4).any()


def test_rows_that_are_not_there_yet_score_nothing() -> None:
    assert indexed(TEXTS).scores({"parcel": 1.0}, 9)[4:].tolist() == [0] * 5


Text = st.lists(st.sampled_from(["parcel", "late", "broken", "hours", "the", "grinder"]), max_size=6).map(
    " ".join
)


@given(st.lists(Text, min_size=1, max_size=12), st.data())
def test_dropping_equals_never_having_put(texts: list[str], data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.integers(0, len(texts) - 1)))
    words = indexed(texts)
    for row in gone:
        words.drop(row, texts[row])
    kept = [row for row in range(len(texts)) if row not in gone]
    fresh = indexed([texts[row] for row in kept])
    asked = {"parcel": 1.0, "broken": 0.3, "the": 1.0}
    found = words.scores(asked, len(texts))
    assert found[kept] == pytest.approx(fresh.scores(asked, len(kept)), rel=1e-4, abs=1e-6)
    assert not found[sorted(gone)].any()
    assert np.isfinite(found).all()


@given(st.lists(Text, min_size=1, max_size=40), st.data())
def test_whenever_it_is_asked_it_has_packed_the_same(texts: list[str], data: st.DataObject) -> None:
    asked = {"parcel": 1.0, "broken": 0.3, "the": 1.0}
    stops = data.draw(st.sets(st.integers(0, len(texts) - 1)))
    words = Words()
    for row, text in enumerate(texts):
        words.put(row, text)
        if row in stops:
            words.scores(asked, row + 1)
    found = words.scores(asked, len(texts))
    assert found == pytest.approx(indexed(texts).scores(asked, len(texts)), rel=1e-5)
