"""The company is set up once, and decided about by its admins."""

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast
from tests.databases import Database
from tests.talk.counting import facts

from frontdesk.base.desk import Desk
from frontdesk.base.errors import Invalid, Missing, Refused
from frontdesk.people import company, read
from frontdesk.people.company import contrast, on, origin, readable

FIRST = {"company": "Kvarn & Kanna", "website": "kvarn.example", "name": "Maja", "password": "hash"}


def test_the_first_agent_is_its_admin(desk: Desk) -> None:
    assert desk.read_now(company.find) is None
    with pytest.raises(Missing):
        desk.read_now(company.get)
    maja = desk.write_now(company.set_up, email="maja@kvarn.example", **FIRST)
    house = desk.read_now(company.get)
    assert (maja.role, house.name, house.website) == ("admin", "Kvarn & Kanna", "https://kvarn.example")
    assert house.allowed_sites == ("https://kvarn.example", "https://www.kvarn.example")


async def test_it_is_set_up_once_however_many_try(database: Database, open_desk: Callable[[], Desk]) -> None:
    desks = [open_desk() for _ in range(1 if database.url is None else 2)]
    tried = await asyncio.gather(
        *(
            desks[n % len(desks)].write(company.set_up, email=f"first{n}@kvarn.example", **FIRST)
            for n in range(20)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(one, Missing) for one in tried) == 19
    assert len(desks[0].read_now(read.agents)) == 1


@pytest.mark.parametrize("wrong", [{"name": ""}, {"email": "nobody"}, {"website": "javascript:alert(1)"}])
def test_a_set_up_that_fails_can_be_tried_again(desk: Desk, wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        desk.write_now(company.set_up, **{"email": "maja@kvarn.example", **FIRST, **wrong})
    assert desk.read_now(company.find) is None
    assert desk.read_now(read.agents) == []
    desk.write_now(company.set_up, email="maja@kvarn.example", **FIRST)


def test_admins_change_it_and_the_team_hears(cast: Cast) -> None:
    changed = cast.desk.write_now(
        company.change,
        cast.maja.actor,
        name="Kvarn",
        colour="#9C4426",
        allowed_sites=["shop.example:8443/x", " "],
    )["company"]
    assert (changed.name, changed.colour, changed.website) == ("Kvarn", "#9c4426", "https://kvarn.example")
    assert changed.allowed_sites == ("https://shop.example:8443",)
    assert cast.desk.read_now(company.get) == changed
    assert [one.audience for one in facts(cast.desk, "CompanyChanged")] == ["team"]


def test_agents_do_not_change_it(cast: Cast) -> None:
    for verb, given_ in ((company.change, {"name": "Mine"}), (company.renew_identity_key, {"key": "k"})):
        with pytest.raises(Refused):
            cast.desk.write_now(verb, cast.oskar.actor, **given_)
    assert facts(cast.desk, "CompanyChanged") == []


def test_a_greeting_is_never_empty(cast: Cast) -> None:
    changed = cast.desk.write_now(company.change, cast.maja.actor, greeting=" \n ")["company"]
    assert changed.greeting == company.GREETING


def test_two_keys_stay_valid_and_are_told_to_nobody(cast: Cast) -> None:
    for key in ("first-key", "second-key", "third-key"):
        cast.desk.write_now(company.renew_identity_key, cast.maja.actor, key)
    assert cast.desk.read_now(company.identity_keys) == ["third-key", "second-key"]
    assert not any(b"-key" in one.data for one in facts(cast.desk))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("kvarn.example", "https://kvarn.example"),
        (" HTTPS://Kvarn.Example/path?q#f ", "https://kvarn.example"),
        ("http://user:password@kvarn.example:8080", "http://kvarn.example:8080"),
        ("https://[2001:db8::1]:8443/", "https://[2001:db8::1]:8443"),
        ("xn--kvrn-0qa.example", "https://xn--kvrn-0qa.example"),
        ("http://localhost:5173", "http://localhost:5173"),
    ],
)
def test_an_origin_of_whatever_was_typed(typed: str, kept: str) -> None:
    assert origin(typed, "website") == kept
    assert origin(kept, "website") == kept


WRONG = [
    "",
    "ftp://a.example",
    "javascript:alert(1)",
    "https://",
    "a b",
    "https://a.example:99999",
    "https://a'b",
    "*",
    "https://*.a",
]


@pytest.mark.parametrize("typed", [*WRONG, "https://a.example; script-src *", "https://[::1", "data:,x"])
def test_what_is_no_origin(typed: str) -> None:
    with pytest.raises(Invalid):
        origin(typed, "website")


@given(st.text(st.sampled_from("ab.:/@[];,' *\n\"1-?#%") | st.characters(), max_size=40))
def test_an_origin_adds_nothing_to_a_header(typed: str) -> None:
    try:
        kept = origin(typed, "website")
    except Invalid:
        return
    assert not set(kept) & set(" ;,'\"\n\r*@?#")
    assert kept.isascii()
    assert origin(kept, "website") == kept


@pytest.mark.parametrize("colour", ["", "red", "#12", "#1269zz", "#12695c;", "url(x)"])
def test_what_is_no_colour(colour: str) -> None:
    with pytest.raises(Invalid):
        readable(colour)


@given(st.integers(0, 0xFFFFFF))
def test_some_text_can_be_read_on_every_colour_that_is_kept(number: int) -> None:
    try:
        colour = readable(f"#{number:06x}")
    except Invalid:
        return
    assert contrast(on(colour), colour) >= 4.5


def test_contrast_is_what_wcag_says() -> None:
    assert round(contrast("#ffffff", "#000000"), 1) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
    assert contrast("#12695c", "#12695c") == 1.0
