"""Ranking, learning at once, and forgetting."""

import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.suggest.bags import SHOP, Bags, asked, order, passage, put, shop

from frontdesk.know.model import Turn
from frontdesk.suggest.engine import Engine


def learn(engine: Engine, text: str, taken: str | None, **more: object) -> None:
    shown = [one.passage_id for one in engine.rank(asked(engine, text), 3)]
    engine.learn(asked(engine, text), shown, taken, **more)  # type: ignore[arg-type]


def test_the_right_passage_first() -> None:
    engine = shop()
    assert order(engine, "How do I clean the grinder?")[0] == "cleaning"
    assert order(engine, "When do you open?")[0] == "hours"
    assert len(order(engine, "parcels")) == len(SHOP)


def test_confidence_is_a_probability_and_follows_the_match() -> None:
    engine = shop()
    good = engine.rank(asked(engine, "Parcels arrive after three working days"))
    poor = engine.rank(asked(engine, "zebra quartz"))
    assert all(0 <= one.confidence <= 1 for one in [*good, *poor])
    assert good[0].confidence > 0.8 > 0.3 > poor[0].confidence
    assert good[0].why["words"] == pytest.approx(1)


def test_nothing_to_rank() -> None:
    engine = Engine(Bags())
    assert engine.rank(asked(engine, "Hello")) == []
    assert shop().rank(shop().embed([])) == []
    assert shop().rank(shop().embed([Turn("agent", "Welcome")])) == []


def test_only_among() -> None:
    engine = shop()
    question = asked(engine, "How do I clean the grinder?")
    assert [
        one.passage_id for one in engine.rank(question, among={"hours", "returns", "gone"})
    ].sort() is None
    assert {one.passage_id for one in engine.rank(question, among={"hours", "gone"})} == {"hours"}
    assert engine.rank(question, among=()) == []


def test_the_last_customers_turns_are_the_question() -> None:
    engine = shop()
    talk = [
        Turn("customer", "Hi"),
        Turn("agent", "Hello"),
        Turn("customer", "Two things."),
        Turn("customer", "Hours?"),
    ]
    assert engine.embed(talk).text == "Two things.\nHours?"
    assert engine.embed([*talk, Turn("agent", "Ten to six")]).text == "Two things.\nHours?"
    assert [turn.text for turn in engine.embed(talk).turns] == ["Hi", "Hello"]


def test_turns_are_read_once() -> None:
    engine = shop()
    encoder = engine.encoder
    assert isinstance(encoder, Bags)
    talk = [Turn("customer", "Hi"), Turn("agent", "Hello"), Turn("customer", "Opening hours?")]
    engine.embed(talk)
    encoder.read.clear()
    engine.embed([*talk, Turn("agent", "Ten to six"), Turn("customer", "And on Sundays?")])
    assert set(encoder.read) == {
        "Ten to six",
        "And on Sundays?",
        "Opening hours?\nTen to six\nAnd on Sundays?",
    }


def test_put_replaces_and_drop_drops() -> None:
    engine = shop()
    put(engine, passage("hours", "Our zebra sleeps", "Zebra"))
    assert order(engine, "zebra")[0] == "hours"
    assert len(order(engine, "zebra")) == len(SHOP)
    engine.drop(["hours", "never there"])
    assert "hours" not in order(engine, "zebra")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([one.id for one in SHOP]), max_size=8))
def test_coming_and_going_leaves_no_trace(gone: list[str]) -> None:
    engine = shop()
    for one in gone:
        engine.drop([one])
        put(engine, next(passage for passage in SHOP if passage.id == one))
    fresh = shop()
    for text in ("How do I clean the grinder?", "parcels back within days"):
        was, now = fresh.rank(asked(fresh, text)), engine.rank(asked(engine, text))
        assert {one.passage_id: one.score for one in now} == pytest.approx(
            {one.passage_id: one.score for one in was}, abs=1e-4
        )


def test_an_accepted_one_leads_for_such_questions() -> None:
    engine = shop()
    assert order(engine, "my thing is lukewarm and odd")[0] != "returns"
    learn(engine, "my thing is odd", "returns")
    assert order(engine, "my thing is lukewarm and odd")[0] == "returns"
    assert order(engine, "When do you open?")[0] == "hours"


def test_a_rejected_one_does_not_come_back() -> None:
    engine = shop()
    learn(engine, "When do you open the shop?", None, rejected=["hours"])
    assert order(engine, "When do you open the shop today?")[0] != "hours"
    assert order(engine, "Opening hours")[0] == "hours"


def test_a_rejected_one_comes_back_when_it_was_taken_after_all() -> None:
    engine = shop()
    learn(engine, "When do you open the shop?", None, rejected=["hours"])
    learn(engine, "When do you open the shop?", "hours")
    assert order(engine, "When do you open the shop?")[0] == "hours"


def test_ignored_ones_keep_their_place() -> None:
    engine = shop()
    before = order(engine, "When do you open?")
    for _ in range(3):
        learn(engine, "When do you open?", None, ignored=before[:3])
    assert order(engine, "When do you open?") == before


def test_the_edited_wording_leads_after_three_sends() -> None:
    engine = shop()
    text = "When do you open?"
    own = passage("own", "We open at nine these days", questions=(text,), kind="reply")
    for _ in range(3):
        assert order(engine, text)[0] == "hours"
        learn(engine, text, "hours", edited=True)
    put(engine, own)
    assert order(engine, text)[0] == "own"
    assert order(engine, "When do you open today?")[0] == "own"
    assert order(engine, "How do I clean the grinder?")[0] == "cleaning"


def test_the_state_holds_what_was_learnt() -> None:
    engine = shop()
    learn(engine, "my thing is odd", "returns")
    learn(engine, "When do you open?", None, rejected=["hours"])
    again = shop(engine.state())
    for text in ("my thing is odd", "When do you open?", "parcels"):
        was, now = engine.rank(asked(engine, text)), again.rank(asked(again, text))
        assert [one.passage_id for one in now] == [one.passage_id for one in was]
        assert [one.confidence for one in now] == pytest.approx([one.confidence for one in was], abs=0.02)
    assert len(again.state()) == pytest.approx(len(engine.state()), rel=0.05)


@pytest.mark.parametrize("state", [None, b"", b"\x80\x04K\x01.", b"PK\x03\x04 broken", b"{}"])
def test_a_damaged_state_is_a_fresh_start(state: bytes | None) -> None:
    assert order(shop(state), "When do you open?")[0] == "hours"


def test_a_state_of_another_encoder_is_not_mixed_in() -> None:
    engine = shop()
    learn(engine, "my thing is odd", "returns")
    other = Bags()
    other.name = "other bags"
    again = Engine(other, engine.state())
    put(again, *SHOP)
    assert again.rank(asked(again, "my thing is odd"))[0].why["near"] < 0.9


def test_forgetting_a_customer() -> None:
    engine = shop()
    fresh = engine.rank(asked(engine, "my thing is odd"))
    question = asked(engine, "my thing is odd", origin="maja")
    engine.learn(question, ["hours"], "returns", rejected=["hours"])
    engine.learn(asked(engine, "thirty", origin="otto"), [], "returns")
    assert engine.rank(asked(engine, "my thing is odd"))[0].passage_id == "returns"
    assert b"thing" in _unpacked(engine)
    engine.forget("maja")
    assert b"thing" not in _unpacked(engine)
    assert b"thirty" in _unpacked(engine)
    near = {one.passage_id: one.why["near"] for one in engine.rank(asked(engine, "my thing is odd"))}
    assert near == pytest.approx({one.passage_id: one.why["near"] for one in fresh}, abs=0.2)


def _unpacked(engine: Engine) -> bytes:
    import io  # noqa: PLC0415

    with np.load(io.BytesIO(engine.state()), allow_pickle=False) as found:
        return bytes(found["json"].tobytes())


def test_the_same_again_gives_the_same() -> None:
    def told() -> list[tuple[str, float, float]]:
        engine = shop()
        learn(engine, "my thing is odd", "returns")
        return [(one.passage_id, one.score, one.confidence) for one in engine.rank(asked(engine, "odd days"))]

    assert told() == told()


def test_ranking_while_things_change() -> None:
    engine = shop()
    question = asked(engine, "When do you open?")
    faults: list[Exception] = []

    def churn() -> None:
        try:
            for _ in range(60):
                engine.drop(["returns"])
                put(engine, SHOP[1])
                engine.learn(question, ["hours"], "hours")
        except Exception as error:
            faults.append(error)

    thread = threading.Thread(target=churn)
    thread.start()
    while thread.is_alive():
        assert engine.rank(question)[0].passage_id == "hours"
    thread.join()
    assert faults == []
