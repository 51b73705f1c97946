"""Guessing is slow, says nothing, and leaves nothing that could be guessed from."""

import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from tests import serving
from tests.cast import PASSWORD, Cast
from tests.databases import Database
from tests.security.world import unlimited
from tests.serving import InThread, command

from frontdesk.base.desk import Desk
from frontdesk.base.ids import new_token
from frontdesk.people import agents, passwords
from frontdesk.people.tables import agent

GUESSES, TRIED_AT_MOST = 200, 10


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were really compared."""
    found: list[str] = []
    compare = passwords.matches

    def counted(stored: str | None, password: str) -> bool:
        found.append(password)
        return compare(stored, password)

    monkeypatch.setattr(passwords, "matches", counted)
    return found


def guess(ask: Callable[[int], httpx.Response]) -> Counter[int]:
    """All at once; which statuses came how often."""
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(ask, range(GUESSES)))
    for answer in answers:
        if answer.status_code == 429:
            assert int(answer.headers["retry-after"]) > 0
    return Counter(answer.status_code for answer in answers)


def sign_in(client: httpx.Client, email: str, password: str, **headers: str) -> httpx.Response:
    return client.post("/api/sign-in", json={"email": email, "password": password}, headers=headers)


def test_one_password_is_guessed_ten_times(server: InThread, cast: Cast, tried: list[str]) -> None:
    client = server.client()
    found = guess(lambda n: sign_in(client, cast.maja.email, f"guess number {n}"))
    assert found == {401: TRIED_AT_MOST, 429: GUESSES - TRIED_AT_MOST}
    assert len(tried) == TRIED_AT_MOST
    assert sign_in(client, cast.maja.email, PASSWORD).status_code == 429


def test_one_address_guesses_ten_times_whomever(server: InThread, cast: Cast, tried: list[str]) -> None:
    client = server.client()
    guess(lambda n: sign_in(client, f"agent{n}@kvarn.example", PASSWORD))
    assert len(tried) == TRIED_AT_MOST


def test_an_address_made_up_in_a_header_is_not_another_one(
    server: InThread, cast: Cast, tried: list[str]
) -> None:
    client = server.client()
    names = ("x-forwarded-for", "x-real-ip", "cf-connecting-ip", "forwarded", "true-client-ip")
    guess(
        lambda n: sign_in(
            client, cast.maja.email, "wrong", **dict.fromkeys(names, f"10.1.{n // 250}.{n % 250}")
        )
    )
    assert len(tried) == TRIED_AT_MOST


@pytest.fixture
def behind(database: Database, desk: Desk, cast: Cast) -> Iterator[InThread]:
    settings = database.settings(port=serving.free_port(), trusted_proxies=("127.0.0.1",))
    with serving.in_thread(desk, settings) as one:
        yield one


def test_many_addresses_guess_one_password_ten_times(behind: InThread, cast: Cast, tried: list[str]) -> None:
    client = behind.client()
    guess(
        lambda n: sign_in(
            client, cast.maja.email, "wrong", **{"x-forwarded-for": f"10.1.{n // 250}.{n % 250}"}
        )
    )
    assert len(tried) == TRIED_AT_MOST


def test_other_addresses_are_not_locked_out(behind: InThread, cast: Cast) -> None:
    client = behind.client()
    guess(lambda n: sign_in(client, f"agent{n}@kvarn.example", "wrong", **{"x-forwarded-for": "10.1.1.1"}))
    assert sign_in(client, cast.maja.email, PASSWORD, **{"x-forwarded-for": "10.1.1.2"}).is_success


def test_the_old_password_is_guessed_ten_times(server: InThread, cast: Cast, tried: list[str]) -> None:
    client = server.agent(cast.maja)
    body = {"new": "a long new password"}
    guess(lambda n: client.post("/api/me/password", json=command(old=f"guess {n}", **body)))
    assert len(tried) == TRIED_AT_MOST


@pytest.mark.parametrize("place", ["/api/sign-in-link", "/api/invitation/look", "/api/invitation/accept"])
def test_tokens_are_guessed_ten_times(server: InThread, place: str) -> None:
    client = server.client()
    newcomer = command(name="N", password="a long new password") if place.endswith("accept") else {}
    found = guess(lambda _: client.post(place, json={**newcomer, "token": new_token()}))
    assert found == {404: TRIED_AT_MOST, 429: GUESSES - TRIED_AT_MOST}


def kinds_of_nobody(cast: Cast) -> dict[str, tuple[str, str]]:
    """Everybody who is not let in, for whatever reason."""
    gone = cast.hires("Gone Away")
    cast.desk.write_now(agents.disable, cast.maja.actor, gone.id)
    cast.desk.write_now(agents.add, email="new@kvarn.example", name="New", role="agent", password=None)
    return {
        "wrong password": (cast.maja.email, "wrong password"),
        "nobody": ("nobody@kvarn.example", PASSWORD),
        "no address": ("'; --", PASSWORD),
        "disabled": (gone.email, PASSWORD),
        "no password yet": ("new@kvarn.example", PASSWORD),
        "password and more": (cast.maja.email, PASSWORD + "x" * 700),
        "empty": (cast.maja.email, ""),
    }


def test_every_refusal_is_the_same(server: InThread, cast: Cast) -> None:
    unlimited(server)
    client = server.client()
    told = {}
    for kind, (email, password) in kinds_of_nobody(cast).items():
        answer = sign_in(client, email, password)
        headers = {name: value for name, value in answer.headers.items() if name != "date"}
        told[kind] = (answer.status_code, answer.content, headers)
    assert told["nobody"][0] == 401
    assert {kind for kind, answer in told.items() if answer != told["nobody"]} == set()


def test_every_refusal_takes_as_much_work(server: InThread, cast: Cast) -> None:
    """Counted in this process's own time, the quickest of several: other programs do not add to it."""
    unlimited(server)
    client, kinds = server.client(), kinds_of_nobody(cast)
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(5):
        for kind, (email, password) in kinds.items():
            begun = time.process_time()
            sign_in(client, email, password)
            times[kind].append(time.process_time() - begun)
    took = {kind: min(each) for kind, each in times.items()}
    usual = statistics.median(took.values())
    assert {kind: one for kind, one in took.items() if abs(one - usual) > max(0.010, usual / 2)} == {}


def test_passwords_are_kept_as_argon2id(server: InThread, cast: Cast) -> None:
    client = server.agent(cast.leila)
    client.post("/api/me/password", json=command(old=PASSWORD, new="a long new password"))
    kept: list[Any] = [row[0] for row in cast.desk.read_now(lambda view: view.all(select(agent.c.password)))]
    assert len(set(kept)) == 2, "the cast shares one; hers has a salt of its own"
    for one in kept:
        _, kind, _, costs, _, _ = one.split("$")
        numbers = dict(part.split("=") for part in costs.split(","))
        assert kind == "argon2id"
        assert int(numbers["m"]) >= 19_456
        assert int(numbers["t"]) >= 2


def test_weak_passwords_are_refused(server: InThread, cast: Cast) -> None:
    unlimited(server)
    client = server.agent(cast.leila)
    for new in ("", "short", "123456789", "x" * 201):
        assert client.post("/api/me/password", json=command(old=PASSWORD, new=new)).status_code == 422
    assert client.post("/api/me/password", json=command(old=PASSWORD, new="ten chars!")).is_success
