"""Only the desk's own pages change anything; reading changes nothing at all."""

from collections.abc import Iterator

import httpx
import pytest
from tests import serving
from tests.api.calls import CALLS, Call, writes
from tests.api.rows import differing
from tests.cast import PASSWORD, Cast
from tests.databases import Database
from tests.security.world import MISSING, World
from tests.serving import InThread

from frontdesk.base.desk import Desk

ROLE_OF = {"agent": "agent", "admin": "admin", "visitor": "visitor", "anyone": "nobody"}


def foreign(url: str) -> list[str | None]:
    return [
        None, "", "null", "*", "file://", "about:blank", "https://evil.example", "https://kvarn.example",
        "http://127.0.0.1", "http://localhost", f"{url}.evil.example", f"{url}@evil.example", f"{url}0",
        f"{url}/", f"{url} https://evil.example", f"evil.example/{url}", "chrome-extension://abcdef",
    ]  # fmt: skip


def ids(world: World, call: Call) -> str:
    """Something of theirs, so that nothing but the origin is wrong."""
    known = world.objects.get(call.object or "conversation", {})
    role = ROLE_OF[call.policy]
    return known.get(role) or known.get("admin") or known.get("agent") or known.get(MISSING, "")


def sent_from(world: World, call: Call, origin: str | None) -> httpx.Response:
    """A browser leaves the origin out where it is absent; so does this."""
    headers = world.headers(ROLE_OF[call.policy])
    place = call.place.replace(f"{{{call.object}}}", ids(world, call))
    body = call.fresh()
    if "conversation_id" in body:
        body["conversation_id"] = ids(world, call)
    request = world.client.build_request(call.method, place, headers=headers, json=body)
    del request.headers["origin"]
    if origin is not None:
        request.headers["origin"] = origin
    world.client.cookies.clear()
    return world.client.send(request)


def test_nothing_is_changed_from_elsewhere(world: World) -> None:
    before, wrong = world.rows(), []
    for call in writes():
        for origin in foreign(world.server.url):
            if call.place == "/widget/api/visits" and origin == "https://kvarn.example":
                continue  # visits come from there, and from there alone
            answer = sent_from(world, call, origin)
            if answer.status_code != 403:
                wrong.append(f"{call.place} from {origin}: {answer.status_code}")
    assert wrong == []
    assert differing(before, world.rows()) == []


def test_nobody_is_signed_in_or_out_from_elsewhere(world: World) -> None:
    credentials = {"email": "maja@kvarn.example", "password": PASSWORD}
    for origin in ("https://evil.example", "null"):
        entering = world.client.post("/api/sign-in", json=credentials, headers={"origin": origin})
        assert (entering.status_code, "set-cookie" in entering.headers) == (403, False)
        cookie = world.headers("agent")
        assert (
            world.client.post("/api/sign-out", json={}, headers={**cookie, "origin": origin}).status_code
            == 403
        )
        assert world.client.get("/api/state", headers=cookie).is_success
    assert world.client.post("/api/sign-in", json=credentials).is_success


def test_visits_come_from_the_companys_sites_alone(world: World) -> None:
    call = next(call for call in CALLS if call.place == "/widget/api/visits")
    assert sent_from(world, call, world.server.url).status_code == 403
    for origin in ("https://kvarn.example", "https://www.kvarn.example"):
        assert sent_from(world, call, origin).is_success
    for origin in (
        "http://kvarn.example",
        "https://kvarn.example:8443",
        "https://kvarn.example.evil.example",
    ):
        assert sent_from(world, call, origin).status_code == 403


def test_reading_changes_nothing(world: World) -> None:
    before = world.rows()
    for call in CALLS:
        if call.method != "GET":
            continue
        for role in ("nobody", "visitor", "agent", "admin"):
            headers = world.headers(role)
            before["session"] = world.rows()["session"]
            for id in (world.objects.get(call.object or "") or {"": ""}).values():
                place = call.place.replace(f"{{{call.object}}}", id)
                for method in ("GET", "HEAD", "OPTIONS"):
                    for origin in (world.server.url, "https://evil.example"):
                        world.client.request(method, place, headers={**headers, "origin": origin})
    assert differing(before, world.rows()) == []


def test_other_methods_are_no_way_in(world: World) -> None:
    before, wrong = world.rows(), []
    for call in CALLS:
        headers = world.headers("admin")
        before["session"] = world.rows()["session"]
        place = call.place.replace(f"{{{call.object}}}", ids(world, call))
        for method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "FOO"} - {call.method}:
            answer = world.client.request(method, place, headers=headers, json=call.fresh())
            is_elsewhere = any(one.key == (method, call.place) for one in CALLS) or method == "HEAD"
            if answer.is_success and not is_elsewhere:
                wrong.append(f"{method} {call.place}: {answer.status_code}")
    assert wrong == []


@pytest.fixture
def behind(database: Database, desk: Desk, cast: Cast) -> Iterator[InThread]:
    """Behind a proxy, at an address of its own."""
    settings = database.settings(port=serving.free_port(), base_url="https://desk.example")
    with serving.in_thread(desk, settings) as one:
        yield one


def test_with_an_address_of_its_own_only_that_counts(behind: InThread, cast: Cast) -> None:
    credentials = {"email": cast.maja.email, "password": PASSWORD}
    client = behind.client()
    others = [behind.url, "http://desk.example", "https://desk.example:443"]
    for origin in [*foreign("https://desk.example"), *others]:
        headers = {"host": "evil.example"} | ({"origin": origin} if origin is not None else {})
        request = client.build_request("POST", "/api/sign-in", json=credentials, headers=headers)
        if origin is None:
            del request.headers["origin"]
        assert client.send(request).status_code == 403, origin
    assert client.post(
        "/api/sign-in", json=credentials, headers={"origin": "https://desk.example"}
    ).is_success
