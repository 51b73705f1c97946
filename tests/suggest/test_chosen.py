"""Up to three, different, and none when none is good enough."""

from tests.suggest.bags import Bags, asked, order, passage, put, shop

from frontdesk.suggest.diverse import curious
from frontdesk.suggest.engine import Engine
from frontdesk.suggest.ranked import Ranked


def chosen(engine: Engine, text: str, threshold: float) -> list[str]:
    return [one.passage_id for one in engine.chosen(engine.rank(asked(engine, text)), threshold)]


def test_nothing_below_the_threshold() -> None:
    assert chosen(shop(), "zebra quartz", 0.5) == []
    assert chosen(shop(), "When do you open?", 1.01) == []
    assert chosen(shop(), "We open at ten and close at six", 0.5)[0] == "hours"


def test_near_same_texts_are_one() -> None:
    engine = shop()
    put(engine, passage("again", "We open at ten and close at six!", "Opening hours"))
    found = chosen(engine, "When do you open and close?", 0.0)
    assert len({"hours", "again"} & set(found)) == 1
    assert len(found) == 3


def test_a_page_does_not_flood() -> None:
    engine = Engine(Bags())
    page = "https://shop.example/hours"
    put(engine, passage("first", "open weekdays", "Open", url=page))
    put(engine, *(passage(f"p{n}", f"open on bank holiday {n} {n + 7}", url=page) for n in range(4)))
    put(engine, passage("other", "Open the lid slowly", url="https://shop.example/lid"))
    found = chosen(engine, "open", 0.0)
    assert found[0] == "first"
    assert "other" in found


def test_what_was_dropped_meanwhile_is_not_chosen() -> None:
    engine = shop()
    ranked = engine.rank(asked(engine, "We open at ten and close at six"))
    engine.drop(["hours"])
    assert all(one.passage_id != "hours" for one in engine.chosen(ranked, 0.0))


def test_the_last_place_tries_what_was_seldom_shown() -> None:
    ranked = [Ranked(name, score, 0.5) for name, score in zip("abcd", (0.9, 0.8, 0.5, 0.45), strict=True)]
    assert [one.passage_id for one in curious(ranked, {}, 2)] == ["a", "b", "c", "d"]
    assert [one.passage_id for one in curious(ranked, {"c": 15}, 2)] == ["a", "b", "d", "c"]
    assert curious(ranked, {"a": 99}, 2)[0].passage_id == "a"


def test_order_is_untouched_by_choosing() -> None:
    engine = shop()
    assert chosen(engine, "When do you open?", 0.0)[:2] == order(engine, "When do you open?")[:2]
