"""Visits come from the company's pages, are made harmless, and are shown to the team alone."""

import time

import httpx
import orjson
import pytest
from sqlalchemy import select
from tests.cast import Cast
from tests.serving import InThread, command

from frontdesk.base.ids import new_id
from frontdesk.base.rates import Rate
from frontdesk.presence.tables import visit

BROWSER = "b" * 20
V = visit.c


@pytest.fixture
def shop(server: InThread) -> httpx.Client:
    server.widget.visits = Rate(10**6, 1)
    return server.client(origin="https://kvarn.example")


def page(url: str = "https://kvarn.example/k2", **more: object) -> dict[str, object]:
    return {
        "browser": BROWSER,
        "kind": "page",
        "url": url,
        "title": "Hand grinder K2",
        "referrer": "",
        **more,
    }


def whose(visitor: httpx.Client) -> str:
    return str(visitor.post("/widget/api/hello", json={}).json()["customer"]["id"])


def kept(server: InThread) -> list[tuple[str, ...]]:
    """What is written, once nothing waits any more."""
    while server.widget.gathering.waits:
        time.sleep(0.01)
    query = select(V.url, V.title, V.referrer, V.name).order_by(V.id)
    return [tuple(row) for row in server.desk.read_now(lambda view: view.all(query))]


def test_they_come_as_plain_text_without_asking_first(server: InThread, shop: httpx.Client) -> None:
    """As `sendBeacon` sends them: no preflight, no cookie, no answer to be read."""
    headers = {"content-type": "text/plain;charset=UTF-8"}
    answer = shop.post("/widget/api/visits", content=orjson.dumps(page()), headers=headers)
    assert answer.json() == {"invited": 0}
    assert answer.headers["access-control-allow-origin"] == "https://kvarn.example"
    assert kept(server) == [("https://kvarn.example/k2", "Hand grinder K2", "", None)]


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://user:secret@kvarn.example/k2#secret", "https://kvarn.example/k2"),
        (
            "https://kvarn.example/k2?token=secret&utm_source=mail&id=7",
            "https://kvarn.example/k2?utm_source=mail",
        ),
        ("https://kvarn.example/?utm_source=a%0Ab", "https://kvarn.example/?utm_source=a%0Ab"),
        ("javascript:canary()", ""),
        ("data:text/html,<script>canary()</script>", ""),
        ("file:///etc/passwd", ""),
        ("//kvarn.example/", ""),
        ("https://", ""),
        ("https://[::1", ""),
        ("https://kvarn.example:99999/", ""),
        (" https://kvarn.example/ ", "https://kvarn.example/"),
    ],
)
def test_addresses_lose_what_may_be_secret(
    server: InThread, shop: httpx.Client, url: str, clean: str
) -> None:
    assert shop.post("/widget/api/visits", json=page(url, referrer=url)).is_success
    assert [(row[0], row[2]) for row in kept(server)] == [(clean, clean[:200])]


def test_titles_and_names_lose_what_disguises(server: InThread, shop: httpx.Client) -> None:
    strange = "Basket\u202e\u0000\r\n\u2066\ufeff  <b>"
    assert shop.post("/widget/api/visits", json=page(title=strange, kind="event", name=strange)).is_success
    assert [(row[1], row[3]) for row in kept(server)] == [("Basket <b>", "Basket <b>")]


@pytest.mark.parametrize(
    "bad",
    [
        {"browser": "short"}, {"browser": "b" * 65}, {"browser": "b b" * 10}, {"browser": "../" * 8},
        {"kind": "else"}, {"kind": "event"}, {"kind": "event", "name": " "}, {"url": "x" * 9_000}, {"more": 1},  # noqa: E501
        {"kind": "event", "name": "a", "data": {"a": {"b": 1}}}, {"kind": "event", "name": "a", "data": [1]},
        {"kind": "event", "name": "a", "data": {"a": "x" * 3_000}}, {"title": None}, {"title": {"$gt": ""}},
    ],
)  # fmt: skip
def test_what_is_no_visit_is_refused(server: InThread, shop: httpx.Client, bad: dict[str, object]) -> None:
    assert shop.post("/widget/api/visits", json=page(**bad)).status_code == 422
    assert kept(server) == []


def test_a_browsers_id_opens_nothing(server: InThread, shop: httpx.Client, cast: Cast) -> None:
    """Whoever knows it may at most claim to have seen a page."""
    visitor = server.visitor()
    body = command(start=new_id(), text="My order?", files=[], browser=BROWSER)
    assert visitor.post("/widget/api/messages", json=body).is_success
    other = server.visitor()
    hello = other.post("/widget/api/hello", json={"browser": BROWSER}).json()
    assert (hello["customer"], hello["conversations"]) == (None, [])
    more = command(start=new_id(), text="Me again", files=[], browser=BROWSER)
    assert other.post("/widget/api/messages", json=more).is_success
    assert len(other.post("/widget/api/hello", json={"browser": BROWSER}).json()["conversations"]) == 1


def test_the_team_sees_where_a_visitor_is_and_visitors_do_not(
    server: InThread, shop: httpx.Client, cast: Cast
) -> None:
    visitor = server.visitor()
    body = command(start=new_id(), text="My order?", files=[], browser=BROWSER)
    assert visitor.post("/widget/api/messages", json=body).is_success
    agent, own, other = (
        server.live(server.agent(cast.maja)),
        server.live(visitor),
        server.live(server.visitor()),
    )
    for live in (agent, own, other):
        live.until(**{"is": "welcome"})
    agent.say(do="looking", conversation_id=None, customer_id=whose(visitor))
    assert shop.post("/widget/api/visits", json=page(title="Basket")).is_success
    seen = agent.until(kind="visiting", page={"title": "Basket", "url": "https://kvarn.example/k2"})
    assert seen["on"]
    for live in (own, other):
        live.say(do="ping")
        heard = []
        while (frame := live.next())["is"] != "pong":
            heard.append(frame)
        assert "Basket" not in str(heard)
        assert "visiting" not in str(heard)
