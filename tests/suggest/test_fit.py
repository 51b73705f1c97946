"""What the night learns from a desk's history."""

from collections.abc import Iterator
from contextlib import nullcontext

import numpy as np
import pytest
from tests.suggest.bags import Bags, asked, passage, put

from frontdesk.suggest import fuse, heads
from frontdesk.suggest.engine import Engine, Question
from frontdesk.suggest.fit import fitted
from frontdesk.suggest.fuse import Case
from frontdesk.suggest.refusals import Refusals

# The desk's own words, of which no page says anything.
SLANG = {
    "delivery": ("where is my zorp", "zorp not here", "my zorp is late", "zorp lost somewhere"),
    "returns": ("want quill money", "quill this thing", "how do I quill", "quill quill please"),
    "hours": ("are you blimp today", "blimp on sunday", "till when blimp", "blimp now"),
}


def desk(state: bytes | None = None) -> Engine:
    engine = Engine(Bags(), state)
    put(engine, *(passage(one, f"The page on {one}", one) for one in (*SLANG, "other", "more")))
    return engine


def history(engine: Engine, times: int = 6) -> list[tuple[Question, str]]:
    told = [(f"{text} {number}", one) for number in range(times) for one in SLANG for text in SLANG[one]]
    return [(asked(engine, text), one) for text, one in told]


@pytest.fixture(scope="module", autouse=True)
def quickly() -> Iterator[None]:
    """A fifth of the rounds: these desks are easy."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(heads, "_LEAST_STEPS", 48)
        yield


@pytest.fixture(scope="module")
def learnt(quickly: None) -> bytes:
    """The state of a desk after its night."""
    engine = desk()
    engine.fit(history(engine))
    return engine.state()


def test_history_is_learnt(learnt: bytes) -> None:
    engine = desk(learnt)
    for text, wanted in (("zorp gone", "delivery"), ("quill it", "returns"), ("blimp or not", "hours")):
        assert engine.rank(asked(engine, text))[0].passage_id == wanted


def test_little_history_is_remembered_only() -> None:
    engine = desk()
    engine.fit(history(engine)[:12])
    assert "expert" not in engine.rank(asked(engine, "zorp gone"))[0].why
    assert engine.rank(asked(engine, "my zorp is late"))[0].passage_id == "delivery"


def test_what_was_fitted_is_in_the_state(learnt: bytes) -> None:
    first, again = desk(learnt), desk(desk(learnt).state())
    was, now = (one.rank(asked(one, "zorp gone")) for one in (first, again))
    assert first._heard(asked(first, "zorp gone")).learnt["expert"].max() > 0.5
    assert [one.score for one in now] == pytest.approx([one.score for one in was], abs=0.01)


def test_a_new_passage_is_not_kept_down_by_old_ones(learnt: bytes) -> None:
    engine = desk(learnt)
    put(
        engine,
        passage("fresh", "zorp insurance covers a broken zorp", "zorp insurance", ("is my zorp insured?",)),
    )
    assert engine.rank(asked(engine, "is my zorp insured?"))[0].passage_id == "fresh"


def test_history_without_sense_changes_nothing() -> None:
    engine = desk()
    dice = np.random.default_rng(3)
    drawn = [("delivery", "returns", "hours")[one] for one in dice.integers(0, 3, 80)]
    pairs = [(asked(engine, f"word{dice.integers(1000)} word{dice.integers(1000)}"), one) for one in drawn]
    own = {one: engine.encoder.embed([one])[0] for one in SLANG}
    found = fitted(pairs, engine._shelf, own, Refusals(engine.encoder.size), nullcontext())
    assert found is not None
    assert found.first_right < 0.6


def test_fusing_learns_which_signal_tells() -> None:
    dice = np.random.default_rng(0)
    cases = []
    for _ in range(200):
        rows = dice.random((6, 2)).astype(np.float32)
        rows[0, 0] = 0.9 + 0.1 * dice.random()
        cases.append(Case(rows, np.zeros(6, np.float32), 0))
    names, start = ("tells", "noise"), {"tells": 0.3, "noise": 0.6}
    learnt = fuse.learnt(cases, names, start)
    assert learnt["tells"] > 3 * learnt["noise"]
    assert fuse.first_right(cases, names, learnt) > fuse.first_right(cases, names, start) + 0.2
    assert fuse.kept_apart(cases, names, start) > fuse.first_right(cases, names, start) + 0.2


def test_nothing_to_learn_from_leaves_the_weights() -> None:
    case = Case(np.ones((3, 1), np.float32), np.zeros(3, np.float32), 0)
    assert fuse.learnt([case], ("one",), {"one": 0.4})["one"] == pytest.approx(0.4, abs=0.01)


def test_letters_are_the_same_for_the_same_text() -> None:
    assert heads.letters("Zorp!").tolist() == heads.letters("  zorp ").tolist()
    assert len(heads.letters("")) == 1 + 0
    # Two spaces and four letters: five pairs, four threes, three fours.
    assert len(heads.letters("zorp")) == 5 + 4 + 3
    near = set(heads.letters("deliverry")) & set(heads.letters("delivery"))
    assert len(near) > 0.6 * len(set(heads.letters("delivery")))


def test_a_head_learns_and_gives_probabilities() -> None:
    dice = np.random.default_rng(1)
    labels = dice.integers(0, 3, 300)
    rows = (np.eye(3)[labels] + 0.3 * dice.standard_normal((300, 3))).astype(np.float32)
    head = heads.trained(lambda some: rows[some], labels, 3, 3, 1e-4, 5)
    chances = head.chances(rows)
    assert chances.sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert (chances.argmax(axis=1) == labels).mean() > 0.9
