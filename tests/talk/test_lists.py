"""Lists page by key: whole, in order, without a row twice, also when moments are equal or rows move."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import AgentPlayer, Cast
from tests.conftest import Clock
from tests.talk.counting import assert_adds_up

from frontdesk.base.desk import Desk
from frontdesk.base.errors import Invalid
from frontdesk.people.model import Order
from frontdesk.talk import lists
from frontdesk.talk.model import Place, Row


def page(desk: Desk, who: AgentPlayer, **how: Any) -> tuple[list[Row], str | None]:
    wanted: dict[str, Any] = {"closed": False, "order": "newest", "after": None, "limit": 50, **how}
    return desk.read_now(lists.page, who.actor, wanted.pop("place", "unassigned"), **wanted)


def walk(desk: Desk, who: AgentPlayer, place: Place, order: Order, limit: int, **how: Any) -> list[Row]:
    rows, after = page(desk, who, place=place, order=order, limit=limit, **how)
    found = [*rows]
    while after is not None:
        assert len(rows) == limit
        rows, after = page(desk, who, place=place, order=order, limit=limit, after=after, **how)
        found += rows
    return found


@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=12),
    st.integers(1, 5),
    st.sampled_from(["newest", "oldest"]),
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_once_and_in_order(
    cast: Cast, clock: Clock, steps: list[int], limit: int, order: Order
) -> None:
    """Several conversations of one millisecond stand at the edges of pages."""
    for seconds in steps:
        clock.passes(seconds=seconds)
        cast.stranger().asks("Hello")
    whole, _ = page(cast.desk, cast.maja, order=order, limit=10_000)
    keys = [(row.last_at, row.id) for row in whole]
    assert keys == sorted(keys, reverse=order == "newest")
    assert len(set(keys)) == cast.maja.counts()["unassigned"]
    assert walk(cast.desk, cast.maja, "unassigned", order, limit) == whole


def test_the_newest_words_move_a_row_up(cast: Cast, clock: Clock) -> None:
    asked = []
    for _ in range(3):
        clock.passes(seconds=1)
        asked.append(cast.stranger().asks("Hello").conversation)
    clock.passes(seconds=1)
    cast.desk.write_now(lambda tx: None)
    customer = next(one for one in (cast.stranger(),))
    customer.asks("Newest")
    assert cast.oskar.sees("unassigned")[1:] == [one.id for one in reversed(asked)]


def test_grey_lines_and_marks_move_nothing(cast: Cast, clock: Clock) -> None:
    first = cast.ines.asks("First")
    clock.passes(seconds=1)
    second = cast.lead.asks("Second")
    for talk in (first, second):
        cast.oskar.answers(talk, "Hello")
    before = cast.oskar.sees()
    clock.passes(seconds=1)
    cast.oskar.closes(first)
    cast.oskar.reopens(first)
    cast.ines.sees(first)
    cast.oskar.reads(first)
    assert cast.oskar.sees() == before


def test_a_row_that_moves_while_paging_is_not_lost_to_the_rest(cast: Cast, clock: Clock) -> None:
    asked = []
    for _ in range(6):
        clock.passes(seconds=1)
        asked.append(one := cast.stranger())
        one.asks("Hello")
    first, after = page(cast.desk, cast.maja, limit=3)
    clock.passes(seconds=1)
    asked[0].writes("Me again")
    rest, end = page(cast.desk, cast.maja, limit=3, after=after)
    assert end is None
    assert len({row.id for row in [*first, *rest]}) == 5
    assert len(first) + len(rest) == 5
    assert page(cast.desk, cast.maja, limit=1)[0][0].customer.id == asked[0].id


def test_open_and_closed_are_apart(cast: Cast) -> None:
    kept, closed = cast.ines.asks("Open"), cast.lead.asks("Closed")
    for talk in (kept, closed):
        cast.oskar.answers(talk, "Hello")
    cast.oskar.closes(closed)
    cast.stranger().asks("Closed unanswered")
    loose = cast.stranger().asks("Nobody's")
    cast.maja.closes(loose)
    assert cast.oskar.sees() == [kept.conversation.id]
    assert cast.oskar.sees(closed=True) == [closed.conversation.id]
    assert cast.leila.sees("unassigned", closed=True) == [loose.conversation.id]
    assert cast.leila.sees() == []


def test_counts_are_of_open_ones(cast: Cast) -> None:
    for number in range(5):
        asked = cast.stranger().asks("Hello")
        if number % 2:
            cast.oskar.answers(asked, "Hello")
    cast.oskar.closes(cast.oskar.sees()[0])
    cast.maja.closes(cast.maja.sees("unassigned")[0])
    assert cast.oskar.counts() == {"mine": 1, "unassigned": 2}
    assert cast.maja.counts() == {"mine": 0, "unassigned": 2}
    assert_adds_up(cast.desk)


def test_each_reader_has_their_own_marks_in_the_list(cast: Cast) -> None:
    asked = cast.ines.asks("Hello")
    cast.oskar.reads(asked)
    (oskars,), _ = page(cast.desk, cast.oskar)
    (leilas,), _ = page(cast.desk, cast.leila)
    assert (oskars.read_position, leilas.read_position) == (1, 0)
    assert cast.oskar.row(asked) == oskars


@pytest.mark.parametrize(
    "after",
    [
        "",
        "x",
        "1",
        "1.x",
        ".0",
        f"-1.{'0' * 26}",
        f"{'9' * 16}.{'0' * 26}",
        f"1.{'0' * 26} ",
        f"1.{'0' * 27}",
    ],
)
def test_what_is_no_cursor(cast: Cast, after: str) -> None:
    with pytest.raises(Invalid):
        page(cast.desk, cast.maja, after=after)


def test_an_empty_list_is_one(cast: Cast) -> None:
    assert page(cast.desk, cast.maja, place="mine") == ([], None)
    assert page(cast.desk, cast.maja, after=f"0.{'0' * 26}") == ([], None)
