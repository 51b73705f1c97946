"""Being signed in ends at once, everywhere, and nothing that only looks like a token lets anybody in."""

import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from tests.cast import PASSWORD, Cast
from tests.conftest import Clock
from tests.security.world import World
from tests.serving import InThread, Live, command
from websockets.exceptions import ConnectionClosed

from frontdesk.base.desk import Desk
from frontdesk.base.ids import digest, new_id, new_token
from frontdesk.people import sessions

SOON = 2.0
Browser = tuple[httpx.Client, Live]


@pytest.fixture
def browsers(server: InThread) -> Callable[..., Browser]:
    """Somebody's browser with its socket open."""

    def open_one(who: Any) -> Browser:
        client = server.agent(who)
        live = server.live(client)
        live.until(**{"is": "welcome"})
        return client, live

    return open_one


def assert_ended(browser: Browser) -> None:
    """The socket is closed with a word, and nothing is answered any more."""
    client, live = browser
    begun = time.monotonic()
    assert live.until(SOON, **{"is": "bye"})["why"] == "signed_out"
    with pytest.raises(ConnectionClosed):
        live.next(SOON)
    while client.get("/api/state").status_code != 401:
        assert time.monotonic() - begun < SOON
        time.sleep(0.02)


def assert_goes_on(browser: Browser) -> None:
    client, live = browser
    live.say(do="ping")
    live.until(**{"is": "pong"})
    assert client.get("/api/state").is_success


def done(answer: httpx.Response) -> None:
    assert answer.is_success, answer.text


def test_disabling_ends_everything_of_theirs(server: InThread, cast: Cast, browsers: Any) -> None:
    maja, first, second = browsers(cast.maja), browsers(cast.oskar), browsers(cast.oskar)
    link = new_token()
    cast.desk.write_now(sessions.sign_in_link, cast.oskar.id, link)
    done(maja[0].post(f"/api/agents/{cast.oskar.id}/disable", json=command()))
    assert_ended(first)
    assert_ended(second)
    assert_goes_on(maja)
    client = server.client()
    credentials = {"email": cast.oskar.email, "password": PASSWORD}
    assert client.post("/api/sign-in", json=credentials).status_code == 401
    assert client.post("/api/sign-in-link", json={"token": link}).status_code == 404
    done(maja[0].post(f"/api/agents/{cast.oskar.id}/enable", json=command()))
    assert first[0].get("/api/state").status_code == 401
    done(client.post("/api/sign-in", json=credentials))


def test_an_ended_session_is_the_only_one_that_ends(cast: Cast, browsers: Any) -> None:
    here, there = browsers(cast.oskar), browsers(cast.oskar)
    other = next(one for one in here[0].get("/api/me/sessions").json()["sessions"] if not one["current"])
    done(here[0].post(f"/api/me/sessions/{other['id']}/end", json=command()))
    assert_ended(there)
    assert_goes_on(here)


def test_a_new_password_ends_all_other_sessions(cast: Cast, browsers: Any) -> None:
    here, there, leila = browsers(cast.oskar), browsers(cast.oskar), browsers(cast.leila)
    done(here[0].post("/api/me/password", json=command(old=PASSWORD, new="a long new password")))
    assert_ended(there)
    assert_goes_on(here)
    assert_goes_on(leila)


def test_signing_out_ends_the_socket_too(cast: Cast, browsers: Any) -> None:
    here, there = browsers(cast.oskar), browsers(cast.oskar)
    token = here[0].cookies["frontdesk"]
    done(here[0].post("/api/sign-out", json={}))
    here[0].cookies.set("frontdesk", token)
    assert_ended(here)
    assert_goes_on(there)


def test_a_role_counts_from_the_moment_it_is_given(cast: Cast, browsers: Any) -> None:
    maja, leila = browsers(cast.maja), browsers(cast.leila)
    for role, status in (("admin", 200), ("agent", 403)):
        done(maja[0].post(f"/api/agents/{cast.leila.id}/role", json=command(role=role)))
        begun = time.monotonic()
        while leila[0].get("/api/invitations").status_code != status:
            assert time.monotonic() - begun < SOON
    assert_goes_on(leila)


def test_an_ended_session_opens_no_socket_although_it_was_just_believed(server: InThread, cast: Cast) -> None:
    """HTTP may believe a session for a moment after its end; a socket would stay for hours."""
    client = server.agent(cast.oskar)
    done(client.get("/api/state"))
    cast.desk.write_now(sessions.end, cast.oskar.id, digest(client.cookies["frontdesk"]))
    assert server.live(client).next() == {"is": "bye", "why": "signed_out"}


def test_a_session_that_ends_while_its_socket_opens_ends_it(
    server: InThread, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, ended = server.agent(cast.oskar), digest
    read = Desk.read

    async def slow_read(desk: Desk, query: Any, *args: Any, **kwargs: Any) -> Any:
        found = await read(desk, query, *args, **kwargs)
        if query.__name__ == "find_session":
            monkeypatch.setattr(Desk, "read", read)
            await desk.write(sessions.end, cast.oskar.id, ended(client.cookies["frontdesk"]))
        return found

    monkeypatch.setattr(Desk, "read", slow_read)
    assert server.live(client).next() == {"is": "bye", "why": "signed_out"}


def test_sessions_end_by_themselves_when_nobody_uses_them(server: InThread, cast: Cast, clock: Clock) -> None:
    used, idle = server.agent(cast.oskar), server.agent(cast.oskar)
    for _ in range(3):
        clock.passes(days=14)
        done(used.get("/api/state"))
    assert idle.get("/api/state").status_code == 401


def test_every_sign_in_gets_a_session_of_its_own(server: InThread, cast: Cast) -> None:
    fixed, credentials = new_token(), {"email": cast.oskar.email, "password": PASSWORD}
    headers, client = {"cookie": f"frontdesk={fixed}"}, server.client()
    tokens = {
        client.post("/api/sign-in", json=credentials, headers=headers).cookies["frontdesk"] for _ in "ab"
    }
    assert len(tokens) == 2
    assert fixed not in tokens
    assert all(len(token) == 43 for token in tokens)
    assert server.client().get("/api/state", headers=headers).status_code == 401


def bent(token: str) -> list[Any]:
    """What is nearly this token, and what is none at all."""
    return [
        "", " ", None, [], {}, 0, True, {"$gt": ""}, [token], token.swapcase(), token + " ", " " + token,
        token[:-1], token + "A", token[::-1], token + "\0", token + "\n", f'"{token}"', digest(token),
        "%" * 43, "_" * 43, "null", "undefined", "*", "' OR '1'='1", "é" * 43, "A" * 200_000,
    ]  # fmt: skip


def test_bent_links_and_invitations_let_nobody_in(world: World) -> None:
    link, invitation = new_token(), new_token()
    desk, oskar = world.server.desk, world.agent("agent")
    desk.write_now(sessions.sign_in_link, oskar.id, link)
    invite = {"email": "nina@kvarn.example", "role": "agent"}
    desk.write_now(sessions.invite, world.cast.maja.actor, new_id(), invitation, **invite)
    before = world.rows()
    newcomer = {"name": "Nina Ek", "password": "a long new password"}
    doors: list[tuple[str, str, str, dict[str, Any]]] = [
        ("/api/sign-in-link", link, invitation, {}),
        ("/api/invitation/look", invitation, link, {}),
        ("/api/invitation/accept", invitation, link, command(**newcomer)),
    ]
    for place, token, other, rest in doors:
        # A token opens only the door that it was made for.
        for bad in [*bent(token), other]:
            answer = world.client.post(place, json={**rest, "token": bad})
            assert answer.status_code in (404, 413, 422), (place, bad)
            assert "set-cookie" not in answer.headers
    assert world.rows() == before


def test_bent_session_tokens_let_nobody_in(world: World) -> None:
    token = world.agent("agent").signs_in()
    # A cookie's own rules take spaces and quotes off, and leave out what no header can carry.
    bad = {one.strip(' "')[:20_000] for one in bent(token) if isinstance(one, str) and one.isascii()} - {
        token
    }
    for one in bad:
        if one.isprintable():
            answer = world.client.get("/api/state", headers={"cookie": f"frontdesk={one}"})
            assert answer.status_code == 401, one[:60]


def test_links_work_once_and_not_for_ever(server: InThread, cast: Cast, clock: Clock) -> None:
    links = [new_token(), new_token()]
    for link in links:
        cast.desk.write_now(sessions.sign_in_link, cast.oskar.id, link)
    client = server.client()
    done(client.post("/api/sign-in-link", json={"token": links[0]}))
    assert client.post("/api/sign-in-link", json={"token": links[0]}).status_code == 404
    clock.passes(minutes=61)
    assert client.post("/api/sign-in-link", json={"token": links[1]}).status_code == 404


def test_invitations_work_once_for_three_days_and_in_their_own_role(
    server: InThread, cast: Cast, clock: Clock
) -> None:
    tokens = [new_token(), new_token()]
    for n, token in enumerate(tokens):
        invite = {"email": f"nina{n}@kvarn.example", "role": "agent"}
        cast.desk.write_now(sessions.invite, cast.maja.actor, new_id(), token, **invite)
    newcomer, client = {"name": "Nina Ek", "password": "a long new password"}, server.client()
    accepted = client.post("/api/invitation/accept", json=command(token=tokens[0], **newcomer))
    assert (accepted.status_code, accepted.json()["me"]["role"]) == (201, "agent")
    assert client.post("/api/invitation/accept", json=command(token=tokens[0], **newcomer)).status_code == 404
    clock.passes(hours=72.1)
    assert client.post("/api/invitation/look", json={"token": tokens[1]}).status_code == 404
    assert client.post("/api/invitation/accept", json=command(token=tokens[1], **newcomer)).status_code == 404
