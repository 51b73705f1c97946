"""What the desk sees of a visitor before they say a word: city, device, language; and how much it keeps."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from tests import serving
from tests.cast import Cast
from tests.conftest import Clock
from tests.databases import Database
from tests.people import mmdb
from tests.presence.seeing import sees
from tests.serving import InThread, command

from frontdesk import reactions
from frontdesk.base.desk import Desk
from frontdesk.base.ids import digest, new_id, new_token
from frontdesk.people import customers, retention
from frontdesk.people.devices import device_of
from frontdesk.people.model import Place, Sight
from frontdesk.people.places import FOLDER, IPV4, IPV6
from frontdesk.people.tables import customer
from frontdesk.talk import read as talk

C = customer.c
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)
STOCKHOLM, DENVER = Place("Stockholm", "SE", "Europe/Stockholm"), Place("Denver", "US", "America/Denver")


@pytest.fixture(params=[(), ("127.0.0.1",)], ids=["alone", "behind a proxy"])
def server(request: pytest.FixtureRequest, database: Database, desk: Desk, cast: Cast) -> Iterator[InThread]:
    proxies: tuple[str, ...] = request.param
    settings = database.settings(port=serving.free_port(), trusted_proxies=proxies)
    folder = settings.data / FOLDER
    folder.mkdir(parents=True)
    (folder / IPV4).write_bytes(mmdb.written(4, mmdb.V4))
    (folder / IPV6).write_bytes(mmdb.written(6, mmdb.V6))
    with serving.in_thread(desk, settings) as one:
        yield one


def is_trusted(server: InThread) -> bool:
    return bool(server.context.settings.trusted_proxies)


def writes(visitor: httpx.Client, **more: Any) -> httpx.Response:
    return visitor.post("/widget/api/messages", json=command(start=new_id(), text="Hello", files=[], **more))


def kept(server: InThread, visitor: httpx.Client) -> tuple[Any, ...]:
    id = visitor.post("/widget/api/hello", json={}).json()["customer"]["id"]
    query = select(C.city, C.country, C.zone, C.device, C.language, C.address).where(C.id == id)
    row = server.desk.read_now(lambda view: view.first(query))
    assert row is not None
    return row


def test_the_first_word_tells_where_it_comes_from(server: InThread, cast: Cast) -> None:
    """A header that anybody can write is believed of a trusted proxy alone."""
    forwarded = {"x-forwarded-for": "8.8.8.8, 81.230.1.77", "user-agent": IPHONE}
    visitor = server.visitor(**forwarded)
    assert writes(visitor, language="sv-SE").is_success
    place = (
        ("Stockholm", "SE", "Europe/Stockholm") if is_trusted(server) else ("Lund", "SE", "Europe/Stockholm")
    )
    address = "81.230.1.77" if is_trusted(server) else "127.0.0.1"
    assert kept(server, visitor) == (*place, "Safari 18 on iPhone", "sv-SE", address)
    rows = server.agent(cast.maja).get("/api/conversations", params={"place": "unassigned"}).json()["rows"]
    assert rows[0]["customer"]["called"] == f"{place[0]} lead"


@pytest.mark.parametrize(("how", "address"), [("shortened", "127.0.0.0"), ("none", None)])
def test_so_much_of_an_address_is_kept(server: InThread, cast: Cast, how: str, address: str | None) -> None:
    before = server.visitor()
    assert writes(before).is_success
    assert kept(server, before)[5] == "127.0.0.1"
    answer = server.agent(cast.maja).post("/api/retention", json=command(addresses=how))
    assert answer.is_success
    after = server.visitor()
    assert writes(after).is_success
    assert kept(server, after)[5] == address
    eventually(lambda: kept(server, before)[5] == address)


def eventually(true: Any) -> None:
    for _ in range(500):
        if true():
            return
        serving.time.sleep(0.02)
    raise AssertionError("it did not become true")


def lead(cast: Cast, sight: Sight, browser: str = "b" * 20) -> tuple[str, Any]:
    token = digest(new_token())
    return token, cast.desk.write_now(customers.recognised, token, browser=browser, sight=sight)


def row_of(cast: Cast, id: str) -> Any:
    query = select(C.city, C.zone, C.device, C.language, C.seen_at).where(C.id == id)
    return cast.desk.read_now(lambda view: view.first(query))


def test_who_travels_keeps_the_name_they_have(cast: Cast, clock: Clock) -> None:
    token, one = lead(cast, Sight(STOCKHOLM, "Firefox 140 on Linux", "sv"))
    assert one.called == "Stockholm lead"
    clock.passes(minutes=5)
    again = cast.desk.write_now(customers.recognised, token, sight=Sight(DENVER, "Safari 18 on iPhone"))
    assert again == one
    assert row_of(cast, one.id) == ("Denver", "America/Denver", "Safari 18 on iPhone", "sv", clock.at)
    clock.passes(seconds=10)
    cast.desk.write_now(customers.recognised, token)
    assert row_of(cast, one.id)[:4] == ("Denver", "America/Denver", "Safari 18 on iPhone", "sv")


def test_who_is_seen_on_the_site_was_seen(cast: Cast, clock: Clock) -> None:
    _, one = lead(cast, Sight())
    began = clock.at
    clock.passes(seconds=30)
    sees(cast.desk, "b" * 20)
    assert row_of(cast, one.id)[4] == began
    clock.passes(minutes=2)
    sees(cast.desk, "b" * 20, is_new=False, sight=Sight(DENVER))
    assert row_of(cast, one.id)[4] == clock.at
    assert row_of(cast, one.id)[0] == "Denver"
    assert cast.desk.read_now(customers.known, cast.ines.digest) == cast.ines.brief()


def test_an_unknown_visitor_is_called_the_same_once_they_write(cast: Cast) -> None:
    _, one = lead(cast, Sight(), "c" * 20)
    assert one.called == f"Visitor {customers.word_for('c' * 20)}"


def test_old_addresses_are_forgotten(cast: Cast, clock: Clock) -> None:
    _, one = lead(cast, Sight(address="81.230.1.77"))
    _, other = lead(cast, Sight(address="81.230.1.78"), "c" * 20)
    clock.passes(days=31)
    sees(cast.desk, "c" * 20, sight=Sight(address="81.230.1.79"))
    assert cast.desk.write_now(retention.sweep_addresses) is False
    query = select(C.id, C.address).where(C.address.is_not(None))
    assert cast.desk.read_now(lambda view: view.all(query)) == [(other.id, "81.230.1.79")]
    assert one.id != other.id


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, "Firefox 140 on Linux"),
        (IPHONE, "Safari 18 on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
         "Safari/537.36", "Chrome 142 on Windows"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
         "Safari/537.36 Edg/142.0.0.0", "Edge 142 on Windows"),
        ("Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) "
         "SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36", "Samsung Internet 26 on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "Version/17.6 Safari/605.1.15", "Safari 17 on Mac"),
        ("curl/8.5.0", None),
        ("", None),
        ("Chrome/<script>alert(1)</script>", None),
        ("x" * 100_000 + "Firefox/1", None),
    ],
)  # fmt: skip
def test_a_device_in_a_few_words(agent: str, device: str | None) -> None:
    assert device_of(agent) == device


async def test_conversations_that_are_over_are_kept_as_long_as_the_company_says(
    cast: Cast, clock: Clock
) -> None:
    over, open_one = cast.ines.asks("Old question"), cast.lead.asks("Still open")
    cast.maja.answers(over, "An answer")
    cast.maja.closes(over)
    cast.desk.write_now(retention.change, cast.maja.actor, closed_days=30)
    clock.passes(days=29)
    await reactions.sweep(cast.desk, {})
    assert there(cast, over.conversation.id)
    clock.passes(days=2)
    await reactions.sweep(cast.desk, {})
    assert not there(cast, over.conversation.id)
    assert there(cast, open_one.conversation.id)


def there(cast: Cast, conversation_id: str) -> bool:
    return cast.desk.read_now(talk.find_conversation, conversation_id) is not None
