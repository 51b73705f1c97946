"""What was judged is learnt once: not lost between a verdict and the saving of the state, and never twice."""

from typing import Any

import pytest
from tests.cast import Cast
from tests.databases import Database
from tests.serving import eventually
from tests.suggest.bags import shop
from tests.suggest.knowing import learn_website
from tests.suggest.test_proposals import ready, sends, suggested, suggesting

from frontdesk.base.db import Tx
from frontdesk.base.desk import Desk
from frontdesk.know.model import Turn
from frontdesk.suggest import events, learning, progress
from frontdesk.suggest.learning import Given
from frontdesk.suggest.progress import Progress
from frontdesk.suggest.proposer import Proposer


def judged(tx: Tx, *question_ids: str) -> None:
    for one in question_ids:
        tx.emit(events.FeedbackGiven(one, "talk", taken="delivery"))


def since(desk: Desk, upto: int) -> list[int]:
    return [fact.seq for fact in desk.read_now(learning.since, upto)]


def given(text: str) -> Given:
    return Given([Turn("customer", text)], "ines", ["delivery"], taken="delivery")


def test_a_verdict_that_was_recorded_but_not_learnt_when_the_state_was_saved_is_learnt_later(
    desk: Desk,
) -> None:
    desk.write_now(judged, "q1", "q2")
    first, second = since(desk, 0)
    engine, here = shop(), Progress(0)
    here.learn(engine, first, given("a parcel"))
    data, upto = here.state(engine)
    desk.write_now(learning.save, data, upto)
    saved, told = desk.read_now(learning.state)
    assert (saved, told) == (data, first)
    assert since(desk, told) == [second]


def test_what_waits_for_its_passage_is_learnt_after_the_next_start() -> None:
    engine, here = shop(), Progress(3)
    here.wait("fresh", 5, {})
    here.learn(engine, 6, given("a parcel"))
    assert here.upto == 6
    assert here.state(engine)[1] == 4
    assert here.waited({"fresh", "other"}) == [(5, {})]
    assert here.waited({"fresh"}) == []
    assert here.state(engine)[1] == 6


def test_an_erased_question_is_passed_over() -> None:
    engine, here = shop(), Progress(0)
    assert here.learn(engine, 1, None) is False
    assert here.state(engine)[1] == 1


def test_it_is_saved_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_SAVE_AFTER", 2)
    engine, here = shop(), Progress(0)
    assert [here.learn(engine, seq, given(f"parcel {seq}")) for seq in (1, 2)] == [False, True]
    here.state(engine)
    assert here.learn(engine, 3, given("parcel 3")) is False


def learnt_by(proposer: Proposer) -> tuple[int, int]:
    engine: Any = proposer.engine
    return len(engine._memory), len(engine._verdicts.rows)


async def test_a_start_learns_what_was_judged_since_and_nothing_twice(
    desk: Desk, database: Database, cast: Cast
) -> None:
    learn_website(desk)
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        asked = cast.ines.writes("Is the travel press safe in the dishwasher?")
        one = (await suggested(cast.maja, asked))[0]
        sends(cast.maja, asked, one.text, one.id, clicked=True)
        await eventually(lambda: learnt_by(proposer) == (1, 1), seconds=20)
        again = cast.ines.writes("How long does delivery within Sweden take?", start="y" * 20)
        other = (await suggested(cast.maja, again))[0]
    sends(cast.maja, again, other.text, other.id, clicked=True)
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        assert learnt_by(proposer) == (2, 2)
