"""What was learnt leads as far as it did better on the desk's own verdicts."""

import numpy as np
import pytest
from tests.suggest.bags import Bags, asked, passage, put, shop

from frontdesk.know.model import Turn
from frontdesk.suggest.engine import Engine
from frontdesk.suggest.trust import Duel, Trust, mixed

ALONE, MEMORY, LEARNT = (True, False, False), (False, True, False), (False, False, True)
NEITHER, ALL = (False, False, False), (True, True, True)


def told(*verdicts: tuple[bool, bool, bool]) -> Trust:
    trust = Trust()
    for one in verdicts:
        trust.compare(one)
    return trust


@pytest.mark.parametrize(
    ("gains", "losses", "lead"),
    [(0, 0, 0.5), (1, 1, 0.5), (1, 0, 0.7), (0, 1, 0.3), (4, 0, 1.0), (0, 4, 0.0), (60, 20, 0.9762)],
)
def test_a_ranking_leads_as_far_as_it_was_right_more_often(gains: int, losses: int, lead: float) -> None:
    duel = Duel()
    duel.gains, duel.losses = gains, losses
    assert duel.lead == pytest.approx(lead, abs=1e-4)


def test_what_all_agree_about_says_nothing() -> None:
    trust = told(*(ALL, NEITHER, ALL) * 9)
    assert (trust.memory.lead, trust.learnt.lead) == (0.5, 0.5)


def test_where_the_passages_are_mostly_wrong_there_is_nothing_to_lose() -> None:
    assert told(*(NEITHER,) * 4).beyond == 1.0
    assert told(*(NEITHER,) * 9, ALONE).beyond < 0.5, "unless it is worse"


def test_a_desk_may_change() -> None:
    duel = Duel()
    for _ in range(1000):
        duel.compare(False, True)
    assert duel.lead == 1.0
    for _ in range(80):
        duel.compare(True, False)
    assert duel.lead < 0.5


def test_a_night_counts_for_so_many_verdicts_and_no_more() -> None:
    trust = Trust()
    trust.replay([(False, True, True)] * 5000)
    assert trust.beyond == 1.0
    for _ in range(80):
        trust.compare(ALONE)
    assert trust.memory.lead < 0.5
    trust.replay([ALL] * 60)
    assert (trust.memory.lead, trust.learnt.lead) == (0.5, 0.5), "in place of what was counted before"


def test_signals_are_mixed_by_who_leads() -> None:
    some, others = (
        {"words": np.array([0.0, 1.0], np.float32)},
        {
            "words": np.array([1.0, 0.0], np.float32),
            "expert": np.array([0.0, 1.0], np.float32),
        },
    )
    assert mixed(some, others, 0.25)["words"].tolist() == [0.25, 0.75]
    assert mixed(some, others, 0.25)["expert"].tolist() == [0.0, 0.25]
    assert mixed(some, others, 1.0)["words"].tolist() == [1.0, 0.0]
    assert mixed(some, others, 0.0).keys() == {"words"}, "heads that have no say are not weighed either"


def test_it_is_in_the_state() -> None:
    trust, again, older = Trust(), Trust(), Trust()
    for one in (MEMORY, MEMORY, LEARNT):
        trust.compare(one)
    values: dict[str, object] = {}
    trust.save(values, {})
    again.load(values, {})
    assert (again.memory.gains, again.learnt.losses) == (trust.memory.gains, trust.learnt.losses)
    older.load({}, {})
    assert (older.memory.lead, older.learnt.lead) == (0.5, 0.5)


def test_one_acceptance_does_not_draw_other_questions() -> None:
    """Half of the words are those of the question before: not near enough to be the same."""
    engine = Engine(Bags())
    put(engine, passage("tent", "alpha beta"), passage("stove", "gamma delta"))
    engine.learn(asked(engine, "one two three gamma"), ["tent", "stove"], taken="tent")
    assert engine.rank(asked(engine, "one gamma four five"))[0].passage_id == "stove"
    assert engine.rank(asked(engine, "one two three gamma"))[0].passage_id == "tent"


def test_what_was_rejected_in_another_talk_may_come_back() -> None:
    engine = shop()
    here = engine.embed([Turn("customer", "cleaning"), Turn("agent", "yes"), Turn("customer", "and how?")])
    there = engine.embed(
        [Turn("customer", "delivery parcels"), Turn("agent", "days"), Turn("customer", "and how?")]
    )
    first = engine.rank(there)[0].passage_id
    engine.learn(here, [first], taken=None, rejected=[first])
    assert engine.rank(here)[0].passage_id != first
    assert engine.rank(there)[0].passage_id == first


def test_only_what_was_seen_is_an_example_for_the_confidence() -> None:
    """Of a click the log tells twice: what was taken, and then what was passed over beside it."""
    engine = shop()
    question = asked(engine, "delivery of parcels")
    engine.learn(question, ["delivery", "hours"], taken="delivery")
    engine.learn(question, ["delivery", "hours"], taken=None, ignored=["hours"])
    assert engine._verdicts.right.tolist() == [1.0]
