"""What the screens ask: timelines in pages, how long an answer takes, and who may see what."""

import itertools
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast
from tests.conftest import Clock

from frontdesk.base.access import ALLOWED, HIDDEN, Allowed, Denied, require
from frontdesk.base.errors import Missing, Refused
from frontdesk.people import access as people_access
from frontdesk.people.model import NOBODY, SYSTEM, Actor
from frontdesk.talk import access, read
from frontdesk.talk.model import Happening, Message, What, excerpt

MAJA, OSKAR = Actor("agent", "maja", "admin"), Actor("agent", "oskar", "agent")
INES, LEAD = Actor("customer", "ines"), Actor("customer", "lead")
EVERYBODY = (MAJA, OSKAR, INES, LEAD, NOBODY, Actor("customer", ""), Actor("customer", "maja"))


def told(cast: Cast, lines: int) -> str:
    asked = cast.ines.asks("1")
    for number in range(2, lines + 1):
        cast.ines.writes(str(number), asked)
    return asked.conversation.id


def positions(items: list[Message | Happening]) -> list[int]:
    return [item.position for item in items]


@given(st.integers(1, 12), st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_timeline_is_whole_in_pages_of_any_size(cast: Cast, limit: int, data: st.DataObject) -> None:
    lines = data.draw(st.integers(1, 15))
    id = told(cast, lines)

    def page(**where: int) -> tuple[list[int], bool]:
        items, more = cast.desk.read_now(read.timeline, cast.oskar.actor, id, limit=limit, **where)
        return positions(items), more

    back, more = page()
    while more:
        older, more = page(before=back[0])
        assert len(older) == limit or not more
        back = older + back
    on, more = page(after=0)
    while more:
        newer, more = page(after=on[-1])
        on += newer
    assert back == on == list(range(1, lines + 1))


@pytest.mark.parametrize("where", [{"before": 1}, {"before": 0}, {"after": 3}, {"after": 2**31 - 1}])
def test_beyond_its_ends_there_is_nothing(cast: Cast, where: dict[str, int]) -> None:
    id = told(cast, 3)
    assert cast.desk.read_now(read.timeline, cast.oskar.actor, id, **where) == ([], False)


def test_a_customers_timeline_has_gaps_where_the_team_talks(cast: Cast) -> None:
    asked = cast.ines.asks("Hello")
    cast.oskar.answers(asked, "Hello")
    assert positions(cast.ines.timeline(asked)) == [1, 3]
    assert positions(cast.oskar.timeline(asked)) == [1, 2, 3]


def test_how_long_an_answer_takes(cast: Cast, clock: Clock) -> None:
    assert cast.desk.read_now(read.answers_in) is None
    for minutes in (1, 2, 3, 60):
        asked = cast.stranger().asks("Hello")
        clock.passes(minutes=minutes)
        cast.oskar.answers(asked, "Hello")
        cast.oskar.answers(asked, "Hello again")
    assert cast.desk.read_now(read.answers_in) is None
    asked = cast.stranger().asks("Hello")
    clock.passes(minutes=4)
    cast.oskar.answers(asked, "Hello")
    assert cast.desk.read_now(read.answers_in) == 3
    clock.passes(days=31)
    assert cast.desk.read_now(read.answers_in) is None


def test_quick_is_a_minute(cast: Cast, clock: Clock) -> None:
    for _ in range(5):
        asked = cast.stranger().asks("Hello")
        clock.passes(seconds=2)
        cast.oskar.answers(asked, "Hello")
    assert cast.desk.read_now(read.answers_in) == 1


def test_a_conversation_started_by_an_answer_says_nothing_of_waiting(cast: Cast, clock: Clock) -> None:
    for _ in range(5):
        asked = cast.stranger().asks("Hello")
        clock.passes(minutes=10)
        cast.oskar.answers(asked, "Hello")
        clock.passes(minutes=10)
        for _ in range(3):
            cast.leila.answers(asked, "Me too", as_new=True)
    assert cast.desk.read_now(read.answers_in) == 10


@pytest.mark.parametrize(
    ("actor", "customer", "sees"),
    [
        (MAJA, "ines", True),
        (SYSTEM, "ines", True),
        (INES, "ines", True),
        (LEAD, "ines", False),
        (NOBODY, "", False),
    ],
)
def test_who_reads(actor: Actor, customer: str, *, sees: bool) -> None:
    assert access.may_read(actor, customer) == (ALLOWED if sees else HIDDEN)


def test_an_id_of_another_kind_opens_nothing() -> None:
    assert access.may_read(Actor("customer", "maja"), "oskar") == HIDDEN
    assert access.may_open_file(Actor("customer", "maja"), MAJA.key, None) == HIDDEN
    assert not access.may_hear(Actor("customer", "maja"), "agent:maja")
    assert access.may_read(Actor("nobody", "ines"), "ines") == HIDDEN


@pytest.mark.parametrize("owner", [None, "maja", "oskar"])
@pytest.mark.parametrize("actor", EVERYBODY)
def test_who_replies(actor: Actor, owner: str | None) -> None:
    decision = access.may_reply(actor, owner)
    if actor.kind != "agent":
        assert decision == HIDDEN
    else:
        assert isinstance(decision, Allowed) is (owner in (None, actor.id))


@pytest.mark.parametrize(
    ("actor", "audience"),
    list(itertools.product(EVERYBODY, ("team", "nobody", "agent:maja", "agent:", "customer:ines", ""))),
)
def test_who_hears(actor: Actor, audience: str) -> None:
    expected = actor.kind == "agent" and audience in ("team", f"agent:{actor.id}")
    assert access.may_hear(actor, audience) is expected


@pytest.mark.parametrize("actor", EVERYBODY)
def test_who_manages(actor: Actor) -> None:
    assert isinstance(people_access.may_manage(actor), Allowed) is (actor == MAJA)
    assert isinstance(people_access.may_disable(actor, "leila"), Allowed) is (actor == MAJA)
    assert isinstance(access.may_close(actor), Allowed) is (actor.kind == "agent")


def test_an_agent_without_a_role_manages_nothing() -> None:
    assert isinstance(people_access.may_manage(Actor("agent", "x")), Denied)
    assert isinstance(people_access.may_manage(Actor("customer", "x", "admin")), Denied)


def test_hidden_looks_like_not_there() -> None:
    with pytest.raises(Missing):
        require(HIDDEN)
    with pytest.raises(Refused, match="Only an admin"):
        require(Denied("Only an admin can do this."))
    require(ALLOWED)


def test_customers_read_of_what_happened_only_what_is_theirs() -> None:
    assert set(access.HAPPENINGS_FOR_CUSTOMERS) == {"closed", "reopened"}
    assert set(access.HAPPENINGS_FOR_CUSTOMERS) < set(get_args(What))


@given(st.text(max_size=700))
def test_an_excerpt_is_one_short_line(text: str) -> None:
    line = excerpt(text)
    assert len(line) <= 140
    assert line == " ".join(line.split())
