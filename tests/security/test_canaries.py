"""Secrets with names, looked for in everything that either side receives, in the files and in the logs."""

import logging
import time
from pathlib import Path

import httpx
import jwt
import orjson
import pytest
from tests.api.calls import CALLS
from tests.cast import PASSWORD, Cast
from tests.security.test_hearing import CANARY, everything_happens
from tests.security.world import VISITORS, World, unlimited
from tests.serving import InThread, Live, command

from frontdesk.base.clock import now_ms
from frontdesk.base.ids import digest, new_id, new_token
from frontdesk.people import read
from frontdesk.talk import messages

TEAM = ("agent", "other agent", "admin")


class Ears:
    """Everything that one side has received."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def answer(self, answer: httpx.Response) -> None:
        answer.read()
        headers = str([(name, value) for name, value in answer.headers.items() if name != "set-cookie"])
        self.heard.append(headers + answer.text)

    def socket(self, live: Live) -> None:
        live.say(do="ping")
        while (frame := live.next())["is"] != "pong":
            self.heard.append(orjson.dumps(frame).decode())

    def holding(self, secret: str) -> list[str]:
        return [text[:300] for text in self.heard if secret.lower() in text.lower()]


def everything_received(world: World) -> dict[str, Ears]:
    """Each call by each role, on everything, with a story under way and sockets open. By side, and by role
    within the team.
    """
    ears = {"team": Ears(), "visitors": Ears(), "nobody": Ears(), **{role: Ears() for role in TEAM}}
    sides = {**dict.fromkeys(TEAM, "team"), **dict.fromkeys(VISITORS, "visitors"), "nobody": "nobody"}
    live = {role: world.live(role) for role in sides if role != "nobody"}
    everything_happens(world)
    for call in CALLS:
        for role, side in sides.items():
            kind = "conversation" if "conversation_id" in (call.body or {}) else call.object
            for id in (world.objects.get(kind or "") or {"": ""}).values():
                if call.place not in ("/api/me/password", "/api/sign-out"):
                    ears[side].answer(world.call(role, call, id))
                    own_ears(ears, role).heard.append(ears[side].heard[-1])
    for role, one in live.items():
        had = len(ears[sides[role]].heard)
        ears[sides[role]].socket(one)
        own_ears(ears, role).heard += ears[sides[role]].heard[had:]
    for side in sides:
        assert ears[sides[side]].heard
    return ears


def own_ears(ears: dict[str, Ears], role: str) -> Ears:
    return ears.get(role) or Ears()


def test_nobody_receives_what_is_not_for_them(world: World) -> None:
    received = everything_received(world)
    tokens = {who: world.customer(who).token for who in VISITORS}
    sessions = [world.headers(role)["cookie"].partition("=")[2] for role in TEAM]
    secret = [*tokens.values(), *sessions, *map(digest, tokens.values()), *map(digest, sessions)]
    for side, ears in received.items():
        assert [
            ears.holding(one) for one in [*secret, PASSWORD, "$argon2", "digest"] if ears.holding(one)
        ] == [], side
    emails = [one.email for one in world.cast.agents]
    for side in ("visitors", "nobody"):
        for private in [
            *emails,
            "@kvarn.example",
            "read_position",
            "owner_id",
            "asked_position",
            "customer_unread",
        ]:
            assert received[side].holding(private) == [], (side, private)
    # Not a byte of what the team says among itself; the world's own notes and thread say these.
    for side in ("visitors", "nobody"):
        for private in (CANARY, "She is away.", "Ask @[agent", '"Orders"', "team_id", "mention", "snoozed"):
            assert received[side].holding(private) == [], (side, private)
    assert received["team"].holding(CANARY)
    assert received["team"].holding("She is away.")
    # Own labels and own ready replies are their owner's alone, in every answer and on every socket.
    for role in TEAM:
        assert received[role].holding(f'"Of {role}"')
        for colleague in set(TEAM) - {role}:
            assert received[role].holding(f'"Of {colleague}"') == [], (role, colleague)
            assert received[role].holding(f'"Also of {colleague}"') == [], (role, colleague)
    # The team sees what a visitor writes, so the ears do hear.
    assert received["team"].holding("secret of the lead")
    assert received["team"].holding(emails[0])
    assert received["visitors"].holding("answer to the secret of Ines")
    assert received["nobody"].holding("secret of") == []


def used_secrets(server: InThread, cast: Cast) -> dict[str, str]:
    """Every secret there is, made and used over HTTP and sockets as browsers do."""
    unlimited(server)
    maja, credentials = server.client(), {"email": cast.maja.email, "password": PASSWORD}
    found = {"password": PASSWORD}
    found["session"] = maja.post("/api/sign-in", json=credentials).cookies["frontdesk"]
    invited = maja.post("/api/invitations", json=command(email="nina@kvarn.example", role="agent")).json()
    found["invitation"] = invited["link"].partition("#invitation=")[2]
    newcomer = {"name": "Nina", "password": "nina's own long password"}
    nina = server.client().post("/api/invitation/accept", json=command(token=found["invitation"], **newcomer))
    found["new session"], found["new password"] = nina.cookies["frontdesk"], newcomer["password"]
    key = maja.post("/api/settings/identity-key", json=command()).json()["key"]
    found |= visitor_secrets(server, key)
    server.live(maja).until(**{"is": "welcome"})
    return found


def visitor_secrets(server: InThread, key: str) -> dict[str, str]:
    first, second, now = new_token(), new_token(), now_ms() // 1000
    visitor = server.visitor(first)
    message = command(start=new_id(), text="Hello?", files=[])
    assert visitor.post("/widget/api/messages", json=message).is_success
    live = server.live(visitor)
    voucher = jwt.encode({"sub": "7", "aud": "frontdesk", "iat": now, "exp": now + 60, "name": "Kim"}, key)
    body = command(identity=voucher, next=second)
    assert visitor.post("/widget/api/identify", json=body).is_success
    assert live.until(**{"is": "bye"})["why"] == "signed_out"
    # What goes wrong is told to the log; not what it was told with.
    assert visitor.post("/widget/api/identify", json=command(identity=voucher + "x", next=second)).is_error
    assert server.visitor(second).post("/widget/api/messages", content=b"{" + second.encode()).is_error
    return {"visitor": first, "proven visitor": second, "voucher": voucher}


def test_the_files_hold_only_hashes_of_secrets(server: InThread, cast: Cast, tmp_path: Path) -> None:
    secrets = used_secrets(server, cast)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"Hello?" in kept, "the write-ahead log is read too"
    assert digest(secrets["session"]).encode() in kept
    assert [name for name, secret in secrets.items() if secret.encode() in kept] == []


def test_the_logs_hold_no_secrets(
    server: InThread, cast: Cast, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    for own in ("httpx", "httpcore", "websockets.client"):
        caplog.set_level(logging.WARNING, own)  # the tests' own browser tells what it sends
    secrets = used_secrets(server, cast)
    for name in ("find_secret", "find_session"):
        monkeypatch.setattr(read, name, broken)
    server.context.believed.clear()
    monkeypatch.setattr(messages, "receive", broken)
    credentials = {"email": cast.maja.email, "password": PASSWORD}
    said = command(start=new_id(), text="Hello?", files=[])
    answers = [
        server.client().post("/api/sign-in", json=credentials),
        server.client().get("/api/state", headers={"cookie": f"frontdesk={secrets['session']}"}),
        server.visitor(secrets["proven visitor"]).post("/widget/api/messages", json=said),
    ]
    assert [answer.status_code for answer in answers] == [500, 500, 500]
    ends = time.monotonic() + 5
    while caplog.text.count("RuntimeError: broken on purpose") < 3 and time.monotonic() < ends:
        time.sleep(0.01)  # it is written down after the answer has left
    told = caplog.text + "".join(capfd.readouterr())
    assert told.count("RuntimeError: broken on purpose") >= 3
    assert [name for name, secret in secrets.items() if secret in told] == []


def broken(*_: object, **__: object) -> None:
    raise RuntimeError("broken on purpose")
