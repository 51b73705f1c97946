"""What was learnt leads as far as it did better on the desk's own verdicts."""

import pytest
from tests.suggest.bags import Bags, asked, passage, put, shop

from frontdesk.know.model import Turn
from frontdesk.suggest.engine import Engine
from frontdesk.suggest.trust import Duel, Trust

ALONE, MEMORY, LEARNT = (True, False, False), (False, True, False), (False, False, True)
NEITHER, ALL = (False, False, False), (True, True, True)


def leads(trust: Trust) -> str:
    if not trust.beyond:
        return "plain"
    return "learnt" if trust.learnt.won else "memory"


def told(*verdicts: tuple[bool, bool, bool]) -> str:
    trust = Trust()
    for one in verdicts:
        trust.compare(one)
    return leads(trust)


@pytest.mark.parametrize(
    ("verdicts", "wanted"),
    [
        ((), "plain"),
        ((ALL, NEITHER, ALL) * 9, "plain"),
        # Where the passages alone are mostly wrong there is nothing to lose, unless it is worse.
        ((NEITHER,) * 4, "memory"),
        ((*(NEITHER,) * 9, ALONE), "plain"),
        # The first time may be luck.
        ((MEMORY,), "plain"),
        ((MEMORY, MEMORY), "memory"),
        ((MEMORY, MEMORY, ALONE), "plain"),
        # Nothing leads that is no better than the simpler one before it.
        ((LEARNT, ALL) * 9, "plain"),
        (((False, True, True),) * 2 + (LEARNT,) * 2, "learnt"),
        (((False, True, True),) * 2 + (LEARNT,) * 2 + (MEMORY,) * 2, "memory"),
    ],
)
def test_who_was_right_more_often_leads(verdicts: tuple[tuple[bool, bool, bool], ...], wanted: str) -> None:
    assert told(*verdicts) == wanted


def test_a_desk_may_change() -> None:
    duel = Duel()
    for _ in range(1000):
        duel.compare(False, True)
    for _ in range(80):
        duel.compare(True, False)
    assert not duel.won


def test_a_night_counts_for_so_many_verdicts_and_no_more() -> None:
    trust = Trust()
    trust.replay([(False, True, True)] * 5000)
    assert leads(trust) == "learnt"
    for _ in range(80):
        trust.compare(ALONE)
    assert leads(trust) == "plain"


def test_in_a_replay_as_good_is_good_enough() -> None:
    trust = Trust()
    trust.replay([ALL] * 60)
    assert leads(trust) == "learnt"
    trust.replay([ALL] * 60 + [ALONE])
    assert leads(trust) == "plain"


def test_it_is_in_the_state() -> None:
    trust, again, older = Trust(), Trust(), Trust()
    for one in (MEMORY, MEMORY, LEARNT):
        trust.compare(one)
    values: dict[str, object] = {}
    trust.save(values, {})
    again.load(values, {})
    assert (again.memory.gains, again.learnt.losses) == (trust.memory.gains, trust.learnt.losses)
    older.load({}, {})
    assert leads(older) == "plain"


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
