"""What one visitor, one address and everybody together may do; a flood never reaches the agents."""

import contextlib
import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from sqlalchemy import func, select
from tests.cast import Cast
from tests.serving import InThread, command

from frontdesk.base.errors import TooMany
from frontdesk.base.ids import new_id, new_token
from frontdesk.base.rates import Rate
from frontdesk.talk.tables import conversation

FLOOD = 2_000


def asks(server: InThread, client: httpx.Client, token: str = "") -> int:
    """A new visitor's first message."""
    headers = {"authorization": f"Bearer {token or new_token()}"}
    body = command(start=new_id(), text="Hello?", files=[])
    answer = client.post("/widget/api/messages", headers=headers, json=body)
    if answer.status_code == 429:
        assert int(answer.headers["retry-after"]) > 0
    return answer.status_code


def conversations(server: InThread) -> int:
    count = select(func.count()).select_from(conversation)
    return int(server.desk.read_now(lambda view: view.value(count)))


def test_a_flood_of_newcomers_is_stopped_and_agents_are_served(server: InThread, cast: Cast) -> None:
    asked = cast.lead.asks("Is anybody there?")
    maja, flooding, took = server.agent(cast.maja), server.client(), []
    with ThreadPoolExecutor(4) as pool:
        flood = [pool.submit(asks, server, flooding) for _ in range(FLOOD)]
        while not all(one.done() for one in flood):
            begun = time.monotonic()
            body = command(text="Yes.", files=[])
            assert maja.post(f"/api/conversations/{asked.conversation.id}/messages", json=body).is_success
            took.append(time.monotonic() - begun)
            time.sleep(0.02)
        statuses = Counter(one.result() for one in flood)
    newcomers = 120
    assert statuses[201] <= newcomers + 2, "a little flows back while the flood lasts"
    assert statuses == {201: statuses[201], 429: FLOOD - statuses[201]}
    assert conversations(server) == statuses[201] + 1
    assert len(took) > 5
    assert statistics.quantiles(took, n=20)[-1] < 1.0


def test_a_flood_at_one_address_leaves_other_addresses_alone(server: InThread) -> None:
    with contextlib.suppress(TooMany):
        while True:
            server.widget.newcomers.spend("10.0.0.9")
    assert asks(server, server.client()) == 201


def test_a_visitor_who_is_here_already_goes_on(server: InThread) -> None:
    """New conversations are what is short at a crowded address; those under way are not."""
    visitor = server.visitor()
    started = visitor.post(
        "/widget/api/messages", json=command(start=new_id(), text="Hello?", files=[])
    ).json()
    server.widget.newcomers = Rate(1, 10**6)
    assert asks(server, server.client()) == 201
    assert asks(server, server.client()) == 429
    more = command(conversation_id=started["conversation"]["id"], text="And this", files=[])
    assert visitor.post("/widget/api/messages", json=more).status_code == 201


@pytest.mark.parametrize(
    ("path", "burst"),
    [("timeline", 240), ("seen", 240), ("files", 20), ("messages", 60)],
)
def test_one_visitor_does_only_so_much(server: InThread, path: str, burst: int) -> None:
    visitor = server.visitor()
    body = command(start=new_id(), text="Hello?", files=[])
    own = visitor.post("/widget/api/messages", json=body).json()["conversation"]["id"]
    server.widget.messages = Rate(60, 60)

    def once(_: int) -> int:
        if path == "timeline":
            return visitor.get(f"/widget/api/conversations/{own}/timeline").status_code
        if path == "seen":
            place = f"/widget/api/conversations/{own}/seen"
            return visitor.post(place, json=command(position=1)).status_code
        if path == "files":
            return visitor.post("/widget/api/files", data=command(), files={"file": ("a", b"x")}).status_code
        said = command(conversation_id=own, text="Again", files=[])
        return visitor.post("/widget/api/messages", json=said).status_code

    statuses = Counter(map(once, range(burst + 40)))
    done = sum(count for status, count in statuses.items() if status < 300)
    assert set(statuses) - {200, 201} == {429}
    assert burst <= done <= burst + 20, "a little flows back meanwhile"


def test_uploads_have_a_daily_end_whoever_sends_them(server: InThread) -> None:
    server.widget.daily_uploads = Rate(3, 86_400)
    statuses = [
        server.visitor().post("/widget/api/files", data=command(), files={"file": ("a", b"x")}).status_code
        for _ in range(5)
    ]
    assert statuses == [201, 201, 201, 429, 429]


def test_visits_are_counted_by_address(server: InThread) -> None:
    body = {"browser": "b" * 20, "kind": "page", "url": "https://kvarn.example/"}
    shop = server.client(origin="https://kvarn.example")
    statuses = Counter(shop.post("/widget/api/visits", json=body).status_code for _ in range(60))
    assert statuses[429] >= 25


def test_an_address_made_up_in_a_header_is_not_another_one(server: InThread) -> None:
    server.widget.newcomers = Rate(1, 10**6)
    statuses = [asks(server, server.client(**{"x-forwarded-for": f"10.0.0.{n}"})) for n in range(4)]
    assert statuses == [201, 429, 429, 429]


def test_agents_have_a_rate_of_their_own(server: InThread, cast: Cast) -> None:
    server.context.writes = Rate(5, 10**6)
    maja, oskar = server.agent(cast.maja), server.agent(cast.oskar)
    statuses = [maja.post("/api/me/profile", json=command()).status_code for _ in range(8)]
    assert statuses == [200] * 5 + [429] * 3
    assert oskar.post("/api/me/profile", json=command()).status_code == 200
    assert maja.get("/api/state").is_success
