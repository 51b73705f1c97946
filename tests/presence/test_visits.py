"""Visits tell where somebody is, and nothing that could be a secret."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import bindparam, func, select
from tests.cast import Cast
from tests.conftest import Clock
from tests.presence.seeing import PAGE, sees

from frontdesk.base.errors import Invalid
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared
from frontdesk.people import customers
from frontdesk.presence import visits
from frontdesk.presence.model import as_visit, cleaned, is_browser_id
from frontdesk.presence.tables import visit

_COUNT = Prepared(select(func.count()).select_from(visit).where(visit.c.browser == bindparam("browser")))

scraps = st.sampled_from(
    ["utm_source=mail", "token=canary", "reset=canary", "q=a b", "utm_x", "&", "=", "%", "%zz", "+", ";"]
)
hosts = st.sampled_from(
    ["kvarn.example", "KVARN.example", "[2001:db8::1]", "kvarn.example:8443", "192.0.2.1", "a@b", "xn--a.b"]
)
addresses = st.builds(
    lambda scheme, user, host, path, query, fragment: (
        f"{scheme}://{user}{host}/{path}?{'&'.join(query)}#{fragment}"
    ),
    st.sampled_from(["http", "https", "HTTPS"]),
    st.sampled_from(["", "user@", "user:canary@", "canary:canary@"]),
    hosts,
    st.text(st.sampled_from("ab/.%;:@ é") | st.characters(codec=None), max_size=20),
    st.lists(scraps | st.text(max_size=8), max_size=4),
    st.sampled_from(["", "canary", "access_token=canary"]),
)


@given(addresses | st.text(st.characters(codec=None), max_size=60))
def test_an_address_keeps_no_secret(url: str) -> None:
    kept = cleaned(url)
    assert len(kept) <= 500
    if not kept:
        return
    parts = urlsplit(kept)
    assert parts.scheme in ("http", "https")
    assert parts.hostname
    assert "@" not in parts.netloc
    assert parts.fragment == ""
    assert all(key.startswith("utm_") for key, _ in parse_qsl(parts.query, keep_blank_values=True))
    kept.encode()


@given(addresses)
def test_cleaning_what_is_clean_changes_nothing(url: str) -> None:
    kept = cleaned(url)
    assert len(kept) == 500 or cleaned(kept) == kept.rstrip()


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        (
            "https://kvarn.example/grinders?id=7&utm_source=mail#top",
            "https://kvarn.example/grinders?utm_source=mail",
        ),
        ("https://maja:geheim@kvarn.example:8443/", "https://kvarn.example:8443/"),
        ("https://[2001:db8::1]:8443/a", "https://[2001:db8::1]:8443/a"),
        ("http://[::1]/", "http://[::1]/"),
        ("https://kvarn.example/bryggå", "https://kvarn.example/bryggå"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("//kvarn.example/", ""),
        ("https://", ""),
        ("https://a:b:c/", ""),
        ("https://[::1/", ""),
        ("", ""),
    ],
)
def test_what_is_kept(url: str, kept: str) -> None:
    assert cleaned(url) == kept


def test_titles_and_names_are_one_short_line() -> None:
    seen = as_visit("event", url="x", title="A\n\u202eb" + "c" * 300, referrer="", name="Add\ned" + "x" * 100)
    assert seen.title.startswith("A bcc")
    assert (len(seen.title), len(seen.name or ""), seen.url) == (200, 80, "")


@pytest.mark.parametrize(
    "wrong", [{"name": None}, {"name": " \u200b"}, {"name": "Big", "data": {"a": "x" * 2_000}}]
)
def test_an_event_has_a_name_and_a_size(wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        as_visit("event", **PAGE, **wrong)


@pytest.mark.parametrize("wrong", ["", "short", "x" * 65, "with space with space", None, 7, "å" * 20])
def test_what_is_no_browser(wrong: object) -> None:
    assert not is_browser_id(wrong)


def record(cast: Cast, browser: str, title: str = "Grinders", kind: Any = "page") -> str | None:
    """Whose it was."""
    sees(cast.desk, browser, kind, title=title, name="Bought")
    return cast.desk.read_now(visits.known, [browser])[browser].customer_id


def stored(cast: Cast, browser: str) -> int:
    return int(cast.desk.read_now(lambda view: view.value(_COUNT, browser=browser)))


def test_a_browser_keeps_five_hundred(cast: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    assert visits.KEPT == 500
    monkeypatch.setattr(visits, "KEPT", 20)
    for number in range(30):
        clock.passes(seconds=1)
        record(cast, "a" * 16, f"Page {number}")
        record(cast, "b" * 16) if number < 3 else None
    assert (stored(cast, "a" * 16), stored(cast, "b" * 16)) == (20, 3)
    titles = cast.desk.read_now(lambda view: view.all(Prepared(select(visit.c.title).order_by(visit.c.id))))
    assert ("Page 10",) in titles
    assert ("Page 9",) not in titles


def test_a_visit_belongs_to_who_wrote_from_this_browser(cast: Cast, clock: Clock) -> None:
    browser = "a" * 16
    assert record(cast, browser, "Before") is None
    one = cast.stranger()
    brief = cast.desk.write_now(customers.recognised, one.digest, browser=browser)
    clock.passes(seconds=1)
    assert record(cast, browser, "After") == brief.id
    clock.passes(seconds=1)
    record(cast, browser, "Bought", "event")
    page = cast.desk.read_now(visits.current_page, brief.id)
    assert page == {"title": "After", "url": "https://kvarn.example/"}
    assert cast.desk.read_now(visits.current_page, cast.ines.id) is None


def test_a_browser_stays_whose_it_was_first(cast: Cast) -> None:
    browser = "a" * 16
    first = cast.desk.write_now(customers.recognised, cast.stranger().digest, browser=browser)
    cast.desk.write_now(customers.recognised, cast.stranger().digest, browser=browser)
    assert record(cast, browser) == first.id


def test_old_visits_are_forgotten(cast: Cast, clock: Clock) -> None:
    record(cast, "a" * 16)
    clock.passes(days=80)
    record(cast, "a" * 16)
    clock.passes(days=11)
    cast.desk.write_now(visits.sweep, 90)
    assert stored(cast, "a" * 16) == 1


def test_a_visit_is_no_fact(cast: Cast) -> None:
    before = cast.desk.read_now(lambda view: view.head())
    record(cast, new_id())
    assert cast.desk.read_now(lambda view: view.head()) == before
