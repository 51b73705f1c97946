"""Who is on the site, what they do there, and the first word an agent says to them. On both databases."""

import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from tests.cast import Cast
from tests.presence.seeing import sees
from tests.serving import InThread, command

from frontdesk.base.clock import HOUR, MINUTE, now_ms
from frontdesk.base.ids import new_id
from frontdesk.base.rates import Rate
from frontdesk.people.model import Place, Sight
from frontdesk.presence import invites
from frontdesk.presence.model import HERE_FOR

BROWSER = "b" * 20
STOCKHOLM = Sight(Place("Stockholm", "SE", "Europe/Stockholm"), "Firefox 140 on Linux", "sv")


@pytest.fixture
def shop(server: InThread) -> httpx.Client:
    server.widget.visits = Rate(10**6, 1)
    return server.client(origin="https://kvarn.example")


def eventually(true: Callable[[], bool]) -> None:
    ends = time.monotonic() + 5
    while not true():
        assert time.monotonic() < ends, "it did not become true"
        time.sleep(0.02)


def report(shop: httpx.Client, browser: str = BROWSER, **more: Any) -> dict[str, int]:
    body = {"browser": browser, "url": "https://kvarn.example/k2", "title": "Grinder", **more}
    answer: dict[str, int] = shop.post("/widget/api/visits", json=body).json()
    return answer


def writes(visitor: httpx.Client, text: str = "Hello", browser: str = BROWSER) -> httpx.Response:
    return visitor.post(
        "/widget/api/messages", json=command(start=new_id(), text=text, files=[], browser=browser)
    )


def invite(agent: httpx.Client, browser: str = BROWSER, text: str = "May I help?") -> httpx.Response:
    return agent.post(f"/api/visitors/{browser}/invite", json=command(text=text))


def test_who_is_on_the_site(server: InThread, cast: Cast) -> None:
    agent, now = server.agent(cast.maja), now_ms()
    sees(server.desk, BROWSER, at=now - 5 * MINUTE, sight=STOCKHOLM, title="First")
    sees(server.desk, BROWSER, at=now - 1_000, sight=STOCKHOLM, title="<b>Basket</b>")
    sees(server.desk, "g" * 20, at=now - HERE_FOR - 1_000)
    answer = agent.get("/api/visitors").json()
    one = answer["visitors"][0]
    assert (answer["count"], len(answer["visitors"])) == (1, 1)
    assert one == {
        "browser": BROWSER,
        "customer": None,
        "called": "Stockholm lead",
        "city": "Stockholm",
        "country": "SE",
        "page": {"title": "<b>Basket</b>", "url": "https://kvarn.example/"},
        "since": now - 5 * MINUTE,
        "pages": 2,
        "device": "Firefox 140 on Linux",
        "invited": False,
        "talking": None,
    }
    said = writes(server.visitor()).json()
    known = agent.get("/api/visitors").json()["visitors"][0]
    assert known["customer"]["called"] == known["called"]
    assert known["talking"] == said["conversation"]["id"]


def test_a_first_word_becomes_a_conversation_of_its_agent(
    server: InThread, cast: Cast, shop: httpx.Client
) -> None:
    agent, visitor = server.agent(cast.oskar), server.visitor()
    assert report(shop) == {"invited": 0}
    eventually(lambda: agent.get("/api/visitors").json()["count"] == 1)
    assert invite(agent, text="Do you look for a grinder?").is_success
    eventually(lambda: report(shop, kind="here") == {"invited": 1})
    assert agent.get("/api/visitors").json()["visitors"][0]["invited"]

    hello = visitor.post("/widget/api/hello", json={"browser": BROWSER}).json()
    assert hello["company"]["greeting"] == "Do you look for a grinder?"
    assert [one["name"] for one in hello["agents"]] == [cast.oskar.name]
    eventually(lambda: report(shop, kind="here") == {"invited": 0})
    again = visitor.post("/widget/api/hello", json={"browser": BROWSER}).json()
    assert again["company"]["greeting"] == "Do you look for a grinder?"

    said = writes(visitor, "Yes, please").json()
    assert said["conversation"]["agent"]["id"] == cast.oskar.id
    path = f"/api/conversations/{said['conversation']['id']}"
    items = agent.get(f"{path}/timeline").json()["items"]
    assert [(one["by"], one["agent_id"], one["text"]) for one in items] == [
        ("agent", cast.oskar.id, "Do you look for a grinder?"),
        ("customer", None, "Yes, please"),
    ]
    assert agent.get(path).json()["conversation"]["owner_id"] == cast.oskar.id
    greeting = visitor.post("/widget/api/hello", json={"browser": BROWSER}).json()["company"]["greeting"]
    assert greeting != "Do you look for a grinder?"


def test_a_first_word_is_seldom(server: InThread, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    agent, later = server.agent(cast.maja), now_ms() + HOUR
    monkeypatch.setattr(invites, "MOST_AN_HOUR", 3)
    for number in range(5):
        sees(server.desk, f"{number}" * 20, at=later)
    assert invite(agent, "x" * 20).status_code == 404
    assert invite(agent, "0" * 20, " ").status_code == 422
    assert invite(agent, "0" * 20, "x" * 501).status_code == 422
    assert invite(agent, "0" * 20).is_success
    answer = invite(server.agent(cast.oskar), "0" * 20)
    assert (answer.status_code, answer.json()["error"]["data"]["reason"]) == (409, "invited")
    talking = writes(server.visitor(), browser="1" * 20).json()["conversation"]["id"]
    answer = invite(agent, "1" * 20)
    assert answer.json()["error"]["data"] == {"reason": "talking", "conversation_id": talking}
    assert [invite(agent, f"{n}" * 20).status_code for n in (2, 3, 4)] == [200, 200, 429]


def test_who_has_the_site_before_them_hears_that_somebody_moved(
    server: InThread, cast: Cast, shop: httpx.Client
) -> None:
    watching, other = (server.live(server.agent(one)) for one in (cast.maja, cast.oskar))
    watching.say(do="looking", conversation_id=None, site=True)
    for one in (watching, other):
        one.say(do="ping")
        one.until(**{"is": "pong"})
    report(shop)
    watching.until(2, kind="site")
    assert server.agent(cast.maja).get("/api/visitors").json()["count"] == 1
    report(shop, url="https://kvarn.example/basket")
    watching.until(2.5, kind="site")
    # Still there is no news; and who looks elsewhere is not disturbed.
    report(shop, kind="here")
    eventually(lambda: not server.widget.gathering.waits)
    watching.say(do="looking", conversation_id=None)
    report(shop, url="https://kvarn.example/faq")
    eventually(lambda: not server.widget.gathering.waits)
    for one in (watching, other):
        one.say(do="ping")
        while (frame := one.next())["is"] != "pong":
            assert frame.get("kind") != "site"


def test_a_customers_own_page_hears_what_they_do(server: InThread, cast: Cast, shop: httpx.Client) -> None:
    visitor = server.visitor()
    writes(visitor)
    customer = visitor.post("/widget/api/hello", json={}).json()["customer"]["id"]
    looking, other = (server.live(server.agent(one)) for one in (cast.maja, cast.oskar))
    looking.say(do="looking", conversation_id=None, customer_id=customer)
    for one in (looking, other):
        one.say(do="ping")
        one.until(**{"is": "pong"})
    report(shop, title="Grinder")
    event = looking.until(kind="visiting", customer_id=customer, on=True)["event"]
    assert (event["kind"], event["title"]) == ("page", "Grinder")
    report(shop, kind="event", name="Added to basket", data={"pieces": 2})
    event = looking.until(kind="visiting", customer_id=customer, on=True)["event"]
    assert (event["name"], event["data"]) == ("Added to basket", {"pieces": 2})
    # Others hear that they came, and nothing of what they do.
    other.say(do="ping")
    told = []
    while (frame := other.next())["is"] != "pong":
        told.append(frame)
    assert [one.get("kind") for one in told if one.get("customer_id") == customer] == ["visiting"]


def test_a_day_of_a_customer(server: InThread, cast: Cast) -> None:
    agent, now = server.agent(cast.maja), now_ms()
    visitor = server.visitor()
    sees(server.desk, BROWSER, at=now - 100_000, title="Home")
    sees(server.desk, BROWSER, at=now - 70_000, title="K2", referrer="https://kvarn.example/?x=1")
    sees(server.desk, BROWSER, "event", at=now - 60_000, name="Added", data={"price": 7})
    said = writes(visitor).json()
    customer = visitor.post("/widget/api/hello", json={}).json()["customer"]["id"]
    talk = said["conversation"]["id"]
    for what in ("close", "reopen"):
        assert agent.post(f"/api/conversations/{talk}/{what}", json=command()).is_success
    sees(server.desk, BROWSER, at=now + HOUR, title="Back")
    path = f"/api/customers/{customer}/events"
    whole = agent.get(path).json()
    assert [one["kind"] for one in whole["events"]] == [
        "page", "reopened", "closed", "started", "event", "page", "page",
    ]  # fmt: skip
    assert whole["next"] is None
    back, event, k2, home = (whole["events"][n] for n in (0, 4, 5, 6))
    assert (home["seconds"], k2["seconds"], back["seconds"]) == (30, None, None)
    assert home["visit"] == k2["visit"] == event["visit"] != back["visit"]
    assert (event["name"], event["data"]) == ("Added", {"price": 7})
    assert whole["events"][1]["agent_id"] == cast.maja.id
    found, after = [], ""
    while after is not None:
        page = agent.get(path, params={"limit": 2, **({"before": after} if after else {})}).json()
        found += page["events"]
        after = page["next"]
    assert found == whole["events"]
    assert agent.get(path, params={"before": "1-a-'; drop"}).status_code == 422
    assert agent.get(f"/api/customers/{new_id()}/events").status_code == 404


def test_who_is_blocked_cannot_write(server: InThread, cast: Cast, shop: httpx.Client) -> None:
    agent, visitor = server.agent(cast.maja), server.visitor()
    talk = writes(visitor).json()["conversation"]["id"]
    customer = visitor.post("/widget/api/hello", json={}).json()["customer"]["id"]
    path = f"/api/customers/{customer}"
    for one in (BROWSER, "d" * 20):
        sees(server.desk, one, at=now_ms())
    assert agent.get("/api/visitors").json()["count"] == 2
    assert agent.post(f"{path}/block", json=command(until=now_ms() - 1, network=False)).status_code == 422
    blocked = agent.post(f"{path}/block", json=command(until=None, network=True))
    assert blocked.json() == {"blocked_until": 0}
    # Of who is blocked the team sees nothing more, at once.
    there = agent.get("/api/visitors").json()
    assert (there["count"], [one["browser"] for one in there["visitors"]]) == (1, ["d" * 20])
    assert agent.get(path).json()["page"] is None
    more = command(conversation_id=talk, text="Again", files=[])
    refused = visitor.post("/widget/api/messages", json=more)
    assert refused.status_code == 403
    assert refused.json()["error"]["message"] == "You cannot write to us here any more."
    file = {"file": ("note.txt", b"Hello", "text/plain")}
    assert visitor.post("/widget/api/files", data=command(), files=file).status_code == 403
    # A new token does not help in the same browser, nor from the same network.
    assert writes(server.visitor()).status_code == 403
    assert writes(server.visitor(), browser="c" * 20).status_code == 403
    listed = agent.get("/api/blocks").json()["blocks"]
    assert [(one["customer"]["id"], one["network"], one["until"]) for one in listed] == [
        (customer, "127.0.0.0/24", 0)
    ]
    assert agent.post(f"{path}/unblock", json=command()).json() == {"blocked_until": None}
    assert visitor.post("/widget/api/messages", json={**more, "client_id": new_id()}).is_success
    assert agent.get("/api/blocks").json() == {"blocks": []}
    assert agent.get("/api/visitors").json()["count"] == 2


def test_what_is_kept_is_an_admins_to_say(server: InThread, cast: Cast) -> None:
    admin, agent = server.agent(cast.maja), server.agent(cast.oskar)
    first = {"events_days": 90, "addresses": "whole", "addresses_days": 30, "closed_days": None}
    assert agent.get("/api/retention").json() == {"retention": first}
    assert agent.post("/api/retention", json=command(events_days=7)).status_code == 403
    for wrong in ({"events_days": 0}, {"addresses": "some"}, {"closed_days": -1}, {"addresses_days": "1"}):
        assert admin.post("/api/retention", json=command(**wrong)).status_code == 422
    after = admin.post("/api/retention", json=command(events_days=7, addresses="shortened", closed_days=400))
    assert after.json()["retention"] == {
        **first,
        "events_days": 7,
        "addresses": "shortened",
        "closed_days": 400,
    }
    whole = admin.post("/api/retention", json=command(closed_days=0)).json()["retention"]
    assert (whole["closed_days"], whole["events_days"]) == (None, 7)
