"""How good it is: the history replayed, verdicts counted, the bar moved."""

import pytest
from tests.cast import Cast
from tests.databases import Database
from tests.serving import eventually
from tests.suggest.knowing import PAGES, learn_website
from tests.suggest.test_proposals import ready, sends, suggested, suggesting, under, was_read
from tests.talk.counting import facts

from frontdesk.base.clock import DAY
from frontdesk.base.desk import Desk
from frontdesk.base.errors import Invalid, Refused
from frontdesk.suggest import feedback, history, report
from frontdesk.suggest.history import Outcome

WEEK = 7 * DAY


def asked_and_answered(cast: Cast, question: str, answer: str) -> None:
    talk = cast.stranger().writes(question, start="x" * 20)
    cast.maja.answers(talk, answer)
    cast.maja.closes(talk)


async def test_the_history_is_replayed(desk: Desk, database: Database, cast: Cast) -> None:
    """The first time nobody could know the answer; from then on it is first."""
    learn_website(desk)
    answer = "The big kettle holds one and a half litres and boils them in four minutes."
    for question in (
        "How much water does the big kettle hold?",
        "How many litres fit into the big kettle?",
        "The big kettle, how much water fits in?",
    ):
        asked_and_answered(cast, question, answer)
    asked_and_answered(cast, "Is the travel press safe in the dishwasher?", PAGES["Dishwasher"])
    async with suggesting(desk, database) as proposer:
        await eventually(lambda: proposer.known() >= 5, seconds=20)
        desk.write_now(report.ask_for, cast.maja.actor)
        assert desk.read_now(report.is_running)
        await eventually(lambda: desk.read_now(report.newest) is not None, seconds=30)
    made = desk.read_now(report.newest)
    assert made is not None
    assert (made.conversations, made.questions) == (4, 4)
    assert made.now is not None
    assert made.now.first == 0.75
    assert made.now.curve[-1].shown == 1
    assert made.now.curve[-1].right == 0.75
    assert [fact.kind for fact in facts(desk)][-1] == "EvaluationDone"


def test_precision_at_each_bar_by_hand() -> None:
    outcomes = [
        Outcome(0.9, True, True),
        Outcome(0.8, False, True),
        Outcome(0.5, True, True),
        Outcome(0.1, False, False),
    ]
    found = history.quality(outcomes, 0.6)
    assert (found.first, found.three, found.silent) == (0.5, 0.75, 0.5)
    assert [(one.shown, round(one.right, 3), one.bar) for one in found.curve] == [
        (0.25, 1.0, 0.9), (0.5, 0.5, 0.8), (0.75, 0.667, 0.5), (1.0, 0.5, 0.1),
    ]  # fmt: skip


def test_small_talk_is_no_pair() -> None:
    rows = [
        ("a", "customer", "Hello", 1, "1"),
        ("a", "agent", "Hi there", 2, "2"),
        ("a", "customer", "Do you deliver to Norway?", 3, "3"),
        ("a", "agent", "Yes, we do, within five working days.", 4, "4"),
        ("a", "agent", "It costs nine euros in most places.", 5, "5"),
        ("b", "agent", "We have a question for you about it.", 6, "6"),
    ]
    (pair,) = history.pairs(rows)
    assert pair.answer == "Yes, we do, within five working days."
    assert [turn.text for turn in pair.turns] == ["Hello", "Hi there", "Do you deliver to Norway?"]


async def test_what_became_of_them_is_counted(desk: Desk, database: Database, cast: Cast) -> None:
    learn_website(desk)
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        asked = cast.ines.writes("How long does delivery within Sweden take?")
        first = (await suggested(cast.maja, asked))[0]
        sends(cast.maja, asked, first.text, first.id, clicked=True)
        other = cast.lead.writes("Is the travel press safe in the dishwasher?")
        second = (await suggested(cast.maja, other))[0]
        desk.write_now(feedback.reject, cast.maja.actor, suggestion_id=second.id)
    weeks, sources = desk.read_now(report.became, cast.maja.actor, 4)
    assert [(one.sent, one.edited, one.ignored, one.rejected) for one in weeks] == [(1, 0, 0, 1)]
    assert weeks[0].monday % WEEK == 4 * DAY
    assert [(one.source_id, one.shown, one.sent, one.rejected) for one in sources] == [("website", 2, 1, 1)]


async def test_the_bar_moves_for_every_engine(desk: Desk, database: Database, cast: Cast) -> None:
    learn_website(desk)
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        desk.write_now(report.move_bar, cast.maja.actor, bar=1.0)
        await eventually(lambda: proposer.bar == 1.0)
        asked = cast.ines.writes("How long does delivery within Sweden take?")
        await eventually(lambda: was_read(desk, asked), seconds=20)
        assert under(cast.maja, asked) == ()
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        assert proposer.bar == 1.0


def test_only_admins_move_it(desk: Desk, cast: Cast) -> None:
    with pytest.raises(Refused):
        desk.write_now(report.move_bar, cast.oskar.actor, bar=0.5)
    with pytest.raises(Refused):
        desk.write_now(report.ask_for, cast.oskar.actor)
    with pytest.raises(Invalid):
        desk.write_now(report.move_bar, cast.maja.actor, bar=1.5)
