"""A site vouches for its visitors. What is not such a word, exactly, merges nothing and shows nothing."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import httpx
import jwt
import pytest
from tests.api.rows import differing, rows
from tests.cast import Cast
from tests.serving import InThread, command

from frontdesk.base.clock import now_ms
from frontdesk.base.ids import new_id, new_token
from frontdesk.base.rates import Rate
from frontdesk.people import company

KEY = "k" * 43
OTHER_KEY = "o" * 43


def claims(**changes: Any) -> dict[str, Any]:
    """What the site says; a change to None leaves the claim out."""
    now = now_ms() // 1000
    said = {
        "sub": "ines",
        "aud": "frontdesk",
        "iat": now,
        "exp": now + 300,
        "name": "Ines Oliveira",
        **changes,
    }
    return {name: value for name, value in said.items() if value is not None}


def part(value: object) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def signed(said: object, key: str = KEY, **header: Any) -> str:
    """By hand, because a library refuses to make most of these."""
    body = f"{part({'alg': 'HS256', 'typ': 'JWT', **header})}.{part(said)}"
    return f"{body}.{part(hmac.digest(key.encode(), body.encode(), hashlib.sha256))}"


def voucher(**changes: Any) -> str:
    return signed(claims(**changes))


def parts(**changes: Any) -> list[str]:
    return voucher(**changes).split(".")


def now(seconds: float = 0) -> int:
    return int(now_ms() // 1000 + seconds)


HOUR = 3600
BAD: dict[str, Callable[[], object]] = {
    "absent": lambda: None,
    "empty": lambda: "",
    "a space": lambda: " ",
    "a random word": lambda: new_token(),
    "dots": lambda: "..",
    "three words": lambda: "a.b.c",
    "an object": lambda: claims(),
    "a list": lambda: [voucher()],
    "a number": lambda: 1,
    "true": lambda: True,
    "too long": lambda: voucher(name="x" * 9_000),
    "other letters": lambda: voucher() + "é",
    "a null": lambda: voucher() + "\0",
    "without a signature": lambda: ".".join(parts()[:2]) + ".",
    "two parts": lambda: ".".join(parts()[:2]),
    "four parts": lambda: voucher() + ".x",
    "another's signature": lambda: ".".join([*parts()[:2], parts(sub="other")[2]]),
    "other claims under the signature": lambda: ".".join([parts()[0], part(claims(sub="other")), parts()[2]]),
    "half a signature": lambda: voucher()[:-20],
    "alg none": lambda: f"{part({'alg': 'none'})}.{part(claims())}.",
    "alg None": lambda: f"{part({'alg': 'None'})}.{part(claims())}.{parts()[2]}",
    "alg none, signed": lambda: signed(claims(), alg="none"),
    "alg HS512": lambda: jwt.encode(claims(), KEY * 2, algorithm="HS512"),
    "alg HS384": lambda: signed(claims(), alg="HS384"),
    "alg RS256": lambda: signed(claims(), alg="RS256"),
    "no alg": lambda: signed(claims(), alg=None),
    "alg in a list": lambda: signed(claims(), alg=["HS256"]),
    "unknown things that are critical": lambda: signed(claims(), crit=["x"], x=1),
    "another key": lambda: signed(claims(), OTHER_KEY),
    "an empty key": lambda: signed(claims(), ""),
    "half the key": lambda: signed(claims(), KEY[:20]),
    "the key's name": lambda: signed(claims(), "identity_keys"),
    "another key, pointed at": lambda: signed(
        claims(), OTHER_KEY, kid="../../dev/null", jku="https://evil.example"
    ),
    "another key, brought along": lambda: signed(
        claims(), OTHER_KEY, jwk={"kty": "oct", "k": part(b"o" * 43)}
    ),
    "expired": lambda: voucher(iat=now(-HOUR), exp=now(-31)),
    "expired long ago": lambda: voucher(iat=0, exp=1),
    "no end": lambda: voucher(exp=None),
    "no beginning": lambda: voucher(iat=None),
    "from the future": lambda: voucher(iat=now(120), exp=now(180)),
    "not yet": lambda: voucher(nbf=now(120)),
    "for too long": lambda: voucher(exp=now(HOUR + 1)),
    "for years": lambda: voucher(exp=now(10**9)),
    "long before, short after": lambda: voucher(iat=now(-HOUR), exp=now(60)),
    "the end in words": lambda: voucher(exp="tomorrow"),
    "the end in a text": lambda: voucher(exp=str(now(60))),
    "the beginning in a text": lambda: voucher(iat=str(now())),
    "the end in a list": lambda: voucher(exp=[now(60)]),
    "the end is true": lambda: voucher(exp=True),
    "the end is endless": lambda: voucher(exp=float("inf")),
    "the end is no number": lambda: voucher(exp=float("nan")),
    "the beginning is endless": lambda: voucher(iat=float("-inf")),
    "no audience": lambda: voucher(aud=None),
    "another audience": lambda: voucher(aud="else"),
    "several audiences": lambda: voucher(aud=["frontdesk", "else"]),
    "an audience in a list": lambda: voucher(aud=["frontdesk"]),
    "an audience in capitals": lambda: voucher(aud="Frontdesk"),
    "nobody": lambda: voucher(sub=None),
    "an empty name for them": lambda: voucher(sub=""),
    "spaces for them": lambda: voucher(sub="   "),
    "a number for them": lambda: voucher(sub=7),
    "a list for them": lambda: voucher(sub=["ines"]),
    "an object for them": lambda: voucher(sub={"$gt": ""}),
    "a null in them": lambda: voucher(sub="in\0es"),
    "too long for them": lambda: voucher(sub="x" * 201),
    "only an e-mail": lambda: voucher(sub=None, email="ines@kvarn.example"),
    "only a phone": lambda: voucher(sub=None, phone="+46 70 000 00 00"),
    "claims that are a list": lambda: signed([claims()]),
    "claims that are a word": lambda: signed("ines"),
    "claims that are not JSON": lambda: signed(b"{"),
}


@pytest.fixture
def site(server: InThread, cast: Cast) -> InThread:
    """The company's site knows a key; one Ines was here before, with something to hide."""
    server.desk.write_now(company.renew_identity_key, cast.maja.actor, KEY)
    for name in ("by_address", "glances", "messages"):
        setattr(server.widget, name, Rate(10**6, 1))
    cast.ines.asks("My card ends in 4711")
    return server


def identify(client: httpx.Client, identity: object, token: str = "") -> httpx.Response:
    body = command(next=token or new_token(), **({} if identity is None else {"identity": identity}))
    return client.post("/widget/api/identify", json=body)


def hello(server: InThread, token: str) -> dict[str, Any]:
    found: dict[str, Any] = server.visitor(token).post("/widget/api/hello", json={}).json()
    return found


def test_there_are_enough_of_them() -> None:
    assert len(BAD) >= 30


def test_what_is_no_word_of_the_site_shows_and_merges_nothing(site: InThread, cast: Cast) -> None:
    stranger = cast.stranger()
    stranger.asks("I am nobody yet")
    client, before, wrong = site.visitor(stranger.token), rows(site.desk), []
    for kind, made in BAD.items():
        token = new_token()
        answer = identify(client, made(), token)
        seen = hello(site, token)
        if answer.status_code not in (403, 422) or seen["customer"] or seen["conversations"]:
            wrong.append(f"{kind}: {answer.status_code} {answer.text} {seen['customer']}")
    assert wrong == []
    assert differing(before, rows(site.desk)) == []
    assert len(hello(site, stranger.token)["conversations"]) == 1
    assert not cast.maja.row(stranger.conversations()[0]).customer.proven


def test_every_refusal_is_the_same(site: InThread) -> None:
    client = site.visitor()
    refusals = {
        identify(client, made()).content
        for kind, made in BAD.items()
        if isinstance(made(), str) and kind not in ("too long",)
    }
    assert len(refusals) == 1


def test_the_sites_word_opens_the_history_under_a_new_token(site: InThread) -> None:
    first, second = new_token(), new_token()
    anonymous = site.visitor(first)
    answer = identify(anonymous, voucher(), second)
    assert answer.json()["customer"]["name"] == "Ines Oliveira"
    assert hello(site, second)["conversations"][0]["last"]["text"] == "My card ends in 4711"
    assert hello(site, first)["conversations"] == []


def test_who_was_anonymous_becomes_known_and_the_old_token_ends(site: InThread, cast: Cast) -> None:
    stranger, token = cast.stranger(), new_token()
    asked = stranger.asks("Hello?")
    live = site.live(site.visitor(stranger.token))
    live.until(**{"is": "welcome"})
    assert identify(site.visitor(stranger.token), voucher(sub="new", name="New Here"), token).is_success
    assert live.until(2, **{"is": "bye"})["why"] == "signed_out"
    brief = cast.maja.row(asked).customer
    assert (brief.called, brief.proven) == ("New Here", True)
    place = f"/widget/api/conversations/{asked.conversation.id}/timeline"
    assert site.visitor(stranger.token).get(place).status_code == 401
    assert site.visitor(token).get(place).is_success


def test_two_people_at_one_browser_stay_two(site: InThread, cast: Cast) -> None:
    shared, first, second = cast.stranger(), new_token(), new_token()
    shared.asks("Before anybody signed in")
    identify(site.visitor(shared.token), voucher(sub="a", name="A"), first)
    identify(site.visitor(first), voucher(sub="b", name="B"), second)
    assert hello(site, second)["conversations"] == []
    assert hello(site, first)["customer"] is None
    third = new_token()
    identify(site.visitor(), voucher(sub="a", name="A"), third)
    assert len(hello(site, third)["conversations"]) == 1


def test_what_somebody_known_wrote_before_signing_in_comes_along(site: InThread, cast: Cast) -> None:
    """Ines, in a browser where she has not signed in yet; an agent can undo it where it was not her."""
    before, token = cast.stranger(), new_token()
    asked = before.asks("Written before I signed in")
    identify(site.visitor(before.token), voucher(), token)
    shown = {one["last"]["text"] for one in hello(site, token)["conversations"]}
    assert shown == {"My card ends in 4711", "Written before I signed in"}
    assert cast.maja.row(asked).customer.proven
    assert hello(site, before.token)["customer"] is None


def test_what_else_is_signed_is_not_kept(site: InThread) -> None:
    said = voucher(password="canary", admin="canary", customer_id=f"canary{new_id()}"[:26])
    assert identify(site.visitor(), said).is_success
    assert "canary" not in str(rows(site.desk))


def test_a_token_that_is_in_use_is_not_taken_over(site: InThread, cast: Cast) -> None:
    victim = cast.stranger()
    victim.asks("Mine")
    assert identify(site.visitor(), voucher(sub="thief"), victim.token).status_code == 409
    assert len(hello(site, victim.token)["conversations"]) == 1
    for bad in ("", "short", "x" * 44, "é" * 43, victim.token + " "):
        assert identify(site.visitor(), voucher(), bad or " ").status_code == 422


def test_keys_change_in_two_steps(site: InThread, cast: Cast) -> None:
    def renew(key: str) -> None:
        site.desk.write_now(company.renew_identity_key, cast.maja.actor, key)

    def works(key: str) -> bool:
        return identify(site.visitor(), signed(claims(), key)).is_success

    renew(OTHER_KEY)
    assert (works(KEY), works(OTHER_KEY)) == (True, True)
    renew("third" * 9)
    assert (works(KEY), works(OTHER_KEY), works("third" * 9)) == (False, True, True)


def test_without_a_key_nobody_is_vouched_for(server: InThread) -> None:
    for key in ("", "null", "None", "[]", KEY):
        assert identify(server.visitor(), signed(claims(), key)).status_code == 403


def test_a_repeated_word_gets_its_first_answer(site: InThread) -> None:
    body = command(identity=voucher(), next=new_token())
    first, again = (site.visitor().post("/widget/api/identify", json=body) for _ in "ab")
    assert first.is_success
    assert first.content == again.content
