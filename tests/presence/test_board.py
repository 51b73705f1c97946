"""Signs are on while somebody holds them, here or in another process, and no longer."""

from typing import Any

import pytest
from tests.conftest import Clock

from frontdesk.presence.board import REMOTE_FOR, REPEAT_EVERY, TYPING_FOR, Board
from frontdesk.presence.model import Sign

HERE = Sign("here", "maja")
LOOKING = Sign("looking", "maja", "conversation-1")
TYPING = Sign("typing", "maja", "conversation-1")
VISITING = Sign("visiting", "ines")

Heard = list[tuple[str, bool, Any]]


class Watched:
    """A board, and what it said."""

    def __init__(self) -> None:
        self.heard: Heard = []
        self.board = Board(lambda sign, on, detail: self.heard.append((sign.kind, on, detail)))


@pytest.fixture
def one() -> Watched:
    return Watched()


@pytest.fixture
def two() -> tuple[Watched, Watched]:
    """Two processes that hear each other."""
    here, there = Watched(), Watched()
    here.board.tell = lambda told: there.board.overhear(dict(told))
    there.board.tell = lambda told: here.board.overhear(dict(told))
    return here, there


def test_on_with_the_first_holder_off_with_the_last(one: Watched) -> None:
    for socket in ("a", "b", "a"):
        one.board.hold(HERE, socket)
    one.board.release(HERE, "a")
    assert one.heard == [("here", True, None)]
    assert one.board.is_on(HERE)
    one.board.release(HERE, "b")
    one.board.release(HERE, "b")
    assert one.heard == [("here", True, None), ("here", False, None)]
    assert not one.board.is_on(HERE)


def test_typing_ends_by_itself(one: Watched, clock: Clock) -> None:
    one.board.hold(TYPING, "a", for_ms=TYPING_FOR, detail={"customer_id": "ines"})
    clock.passes(seconds=3)
    one.board.hold(TYPING, "a", for_ms=TYPING_FOR, detail={"customer_id": "ines"})
    clock.passes(seconds=4)
    one.board.expire()
    assert one.heard == [("typing", True, {"customer_id": "ines"})]
    clock.passes(seconds=1.1)
    one.board.expire()
    assert one.heard[1:] == [("typing", False, {"customer_id": "ines"})]


def test_typing_ends_in_time_though_the_clock_is_set_back(one: Watched, clock: Clock) -> None:
    one.board.hold(TYPING, "a", for_ms=TYPING_FOR)
    clock.jumps(hours=-1)
    clock.passes(seconds=6)
    one.board.expire()
    assert [on for _, on, _ in one.heard] == [True, False]


def test_a_socket_that_goes_takes_its_signs_along(one: Watched) -> None:
    for sign in (HERE, LOOKING, TYPING):
        one.board.hold(sign, "a")
    one.board.hold(HERE, "b")
    one.board.release_all("a")
    assert [sign for sign, _ in one.board.signs()] == [HERE]
    assert [(kind, on) for kind, on, _ in one.heard[3:]] == [("looking", False), ("typing", False)]


def test_only_some_kinds_are_let_go(one: Watched) -> None:
    for sign in (HERE, LOOKING, TYPING):
        one.board.hold(sign, "a")
    one.board.release_all("a", "looking", "typing")
    assert [sign for sign, _ in one.board.signs()] == [HERE]
    assert list(one.board.signs("looking")) == []


def test_another_page_is_news_the_same_is_not(one: Watched) -> None:
    one.board.hold(VISITING, "a", detail={"page": {"title": "Grinders"}})
    one.board.detail(VISITING, {"page": {"title": "Kettles"}})
    one.board.detail(VISITING, {"page": {"title": "Kettles"}})
    assert [detail["page"]["title"] for _, _, detail in one.heard] == ["Grinders", "Kettles"]
    one.board.release(VISITING, "a")
    assert not one.board.is_on(VISITING)
    one.board.detail(VISITING, {"page": {"title": "Gone"}})
    assert len(one.heard) == 3


def test_another_process_hears_it(two: tuple[Watched, Watched]) -> None:
    here, there = two
    here.board.hold(HERE, "a")
    here.board.hold(TYPING, "a", for_ms=TYPING_FOR, detail={"customer_id": "ines"})
    assert there.heard == here.heard
    here.board.release_all("a")
    assert there.heard == here.heard
    assert list(there.board.signs()) == []


def test_a_sign_held_in_both_stays_until_both_let_go(two: tuple[Watched, Watched]) -> None:
    here, there = two
    here.board.hold(HERE, "a")
    there.board.hold(HERE, "a")
    here.board.release(HERE, "a")
    assert here.board.is_on(HERE)
    assert there.board.is_on(HERE)
    there.board.release(HERE, "a")
    assert not here.board.is_on(HERE)
    assert not there.board.is_on(HERE)


def test_typing_ends_everywhere(two: tuple[Watched, Watched], clock: Clock) -> None:
    here, there = two
    here.board.hold(TYPING, "a", for_ms=TYPING_FOR)
    clock.passes(seconds=5.1)
    there.board.expire()
    assert not there.board.is_on(TYPING)


def test_a_process_that_died_is_forgotten(two: tuple[Watched, Watched], clock: Clock) -> None:
    here, there = two
    here.board.hold(HERE, "a")
    for _ in range(10):
        clock.passes(seconds=REPEAT_EVERY / 1000)
        here.board.repeat()
        there.board.expire()
        assert there.board.is_on(HERE)
    clock.passes(seconds=REMOTE_FOR / 1000 + 1)
    there.board.expire()
    assert not there.board.is_on(HERE)
    here.board.expire()
    assert here.board.is_on(HERE)


def test_a_process_that_starts_later_is_told(clock: Clock) -> None:
    here, late = Watched(), Watched()
    here.board.hold(VISITING, "a", detail={"page": {"title": "Kettles"}})
    here.board.tell = lambda told: late.board.overhear(dict(told))
    here.board.repeat()
    assert late.heard == [("visiting", True, {"page": {"title": "Kettles"}})]


def test_a_page_seen_in_one_process_is_shown_in_the_other(two: tuple[Watched, Watched]) -> None:
    """The visitor's socket is here; the visit may arrive there."""
    here, there = two
    here.board.hold(VISITING, "a", detail={"page": {"title": "Grinders"}})
    there.board.detail(VISITING, {"page": {"title": "Kettles"}})
    for watched in two:
        assert [detail["page"]["title"] for _, _, detail in watched.heard] == ["Grinders", "Kettles"]
    here.board.release(VISITING, "a")
    for watched in two:
        assert not watched.board.is_on(VISITING)


def test_ones_own_words_are_not_overheard(one: Watched) -> None:
    said: list[dict[str, Any]] = []
    one.board.tell = said.append
    one.board.hold(HERE, "a")
    one.board.overhear(said[0])
    one.board.release(HERE, "a")
    assert not one.board.is_on(HERE)
