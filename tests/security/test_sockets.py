"""What may be said on a socket, by whom, how much of it, and how it ends."""

import json
from itertools import cycle
from typing import Any

import orjson
import pytest
from tests.security.world import ROLES, VISITORS, World
from tests.serving import Live
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from frontdesk.live.socket import POLICY

TEAM = ("agent", "other agent", "admin")
KINDS = {**dict.fromkeys(TEAM, "agent"), **dict.fromkeys(VISITORS, "customer"), "unknown visitor": "nobody"}
NOT_COMMANDS: list[Any] = [
    {}, {"do": "hello", "seq": 0}, {"do": ""}, {"do": None}, {"do": 1}, {"do": ["ping"]}, {"do": {"$ne": 1}},
    {"do": "send", "text": "x"}, {"do": "__class__"}, {"do": "fact", "data": {}}, {"do": "Ping"},
    {"do": "ping "}, [], None, 1, "ping", [{"do": "ping"}],
]  # fmt: skip
NOT_TOKENS: list[Any] = [
    None, "", " ", 1, True, [], {}, {"$gt": ""}, "x" * 42, "x" * 44, "x" * 43 + " ", "x" * 42 + "\n",
    "é" * 43, "x" * 60_000,
]  # fmt: skip
NOT_JSON = ["", "{", "nonsense", b"\x00\x01", b'{"do":"ping"}', '{"do":"ping"} trailing', "[" * 5_000]
NOT_ORIGINS = [
    None,
    "null",
    "",
    "https://evil.example",
    "https://kvarn.example",
    "file://",
    "http://127.0.0.1",
]


def bye(live: Live) -> str:
    """Why the desk hangs up; what came before is skipped."""
    why = live.until(**{"is": "bye"})["why"]
    with pytest.raises(ConnectionClosed):
        live.next()
    return str(why)


def is_open(live: Live) -> bool:
    live.say(do="ping")
    return live.until(**{"is": "pong"}) == {"is": "pong"}


def opened(world: World, path: str, cookie: str = "") -> Live:
    """Hello is not said yet."""
    headers = {"cookie": cookie} if cookie else None
    socket = connect(url(world, path), origin=world.server.url, additional_headers=headers)  # type: ignore[arg-type]
    return Live(world.server.clients.enter_context(socket))


def test_only_known_people_are_let_in(world: World) -> None:
    for role in ROLES:
        for path in ("/api/live", "/widget/live"):
            headers = world.headers(role)
            token = headers.get("authorization", "").removeprefix("Bearer ")
            live = opened(world, path, headers.get("cookie", ""))
            live.say(do="hello", seq=0, **({"token": token} if token else {}))
            wanted = KINDS.get(role) if (path == "/api/live") == (role in TEAM) else None
            assert (is_open(live) if wanted else bye(live)) == (True if wanted else "signed_out"), (
                role,
                path,
            )
            live.close()


def test_what_is_no_token_lets_nobody_in(world: World) -> None:
    for token in NOT_TOKENS:
        live = opened(world, "/widget/live")
        live.say(do="hello", seq=0, token=token)
        assert bye(live) == "signed_out", token


def test_each_says_only_what_is_theirs(world: World) -> None:
    for role, kind in KINDS.items():
        for do, allowed in POLICY.items():
            live = world.live(role)
            conversation = world.objects["conversation"].get(role, world.objects["conversation"]["visitor"])
            live.say(do=do, conversation_id=conversation, on=True)
            assert (is_open(live) if kind in allowed else bye(live)) in (True, "refused"), (role, do)
            live.close()


def test_what_is_no_command_ends_the_socket(world: World) -> None:
    for frame, role in zip(NOT_COMMANDS, cycle(("agent", "visitor", "unknown visitor")), strict=False):
        live = world.live(role)
        live.connection.send(orjson.dumps(frame).decode())
        assert bye(live) == "refused", (role, frame)


def test_what_is_no_json_ends_the_socket(world: World) -> None:
    for raw in NOT_JSON:
        for live in (world.live("visitor"), opened(world, "/widget/live")):
            live.connection.send(raw)
            assert bye(live) == "refused", raw


def test_a_frame_of_more_than_64_kib_ends_the_socket(world: World) -> None:
    for live in (world.live("visitor"), opened(world, "/api/live")):
        live.connection.send(orjson.dumps({"do": "ping", "more": "x" * 70_000}).decode())
        with pytest.raises(ConnectionClosed):
            live.until(**{"is": "pong"})


def test_more_than_20_frames_a_second_end_the_socket(world: World) -> None:
    for role in ("agent", "visitor"):
        live = world.live(role)
        for _ in range(30):
            live.say(do="ping")
        assert bye(live) == "refused"


def test_a_strange_number_starts_from_the_beginning_or_afresh(world: World) -> None:
    """A client that cannot say where it stood is never left with a gap."""
    for seq in (-1, 2**62, 2**70, 1e300, "1", None, True, 1.5, [], {}):
        live = opened(world, "/widget/live")
        hello = {"do": "hello", "seq": seq, "token": world.customer("visitor").token}
        live.connection.send(json.dumps(hello))
        welcome, following = live.next(), live.next()
        assert welcome["is"] == "welcome"
        assert following["is"] == "resync" or following["seq"] < welcome["seq"], (seq, following)


def test_nobody_types_into_what_is_not_theirs(world: World) -> None:
    listener = world.live("agent")
    assert is_open(listener)
    for role in ("visitor", "other visitor"):
        foreign = world.objects["conversation"]["other visitor" if role == "visitor" else "visitor"]
        for target in (foreign, "nothing", None, {"$gt": ""}, ["x"], 1):
            live = world.live(role)
            live.say(do="typing", conversation_id=target, on=True)
            assert is_open(live)
    assert [frame for frame in whispers(listener) if frame["kind"] == "typing"] == []


def test_typing_reaches_the_other_side_of_that_conversation_alone(world: World) -> None:
    listening = {role: world.live(role) for role in ("agent", *VISITORS, "unknown visitor")}
    for live in listening.values():
        assert is_open(live)
    typist = world.live("other agent")
    typist.say(do="typing", conversation_id=world.objects["conversation"]["visitor"], on=True)
    assert is_open(typist)
    heard = {
        role: [frame["agent_id"] for frame in whispers(live) if frame["kind"] == "typing"]
        for role, live in listening.items()
    }
    leila = world.agent("other agent").id
    assert heard == {"agent": [leila], "visitor": [leila], "other visitor": [], "unknown visitor": []}


def test_customers_are_not_told_who_looks_or_visits(world: World) -> None:
    listening = [world.live(role) for role in (*VISITORS, "unknown visitor")]
    agent = world.live("agent")
    agent.say(do="looking", conversation_id=world.objects["conversation"]["visitor"])
    assert is_open(agent)
    heard = {frame["kind"] for live in listening for frame in whispers(live)}
    assert heard == {"here"}


def whispers(live: Live) -> list[dict[str, Any]]:
    live.say(do="ping")
    found = []
    while (frame := live.next())["is"] != "pong":
        found.append(frame)
    return [frame for frame in found if frame["is"] == "whisper"]


def test_sockets_are_opened_from_the_desks_own_pages_only(world: World) -> None:
    headers = {"cookie": world.headers("agent")["cookie"]}
    for path in ("/api/live", "/widget/live"):
        for origin in NOT_ORIGINS:
            with pytest.raises(InvalidStatus) as refused:
                connect(url(world, path), origin=origin, additional_headers=headers)  # type: ignore[arg-type]
            assert refused.value.response.status_code == 403, (path, origin)


def url(world: World, path: str) -> str:
    return world.server.url.replace("http", "ws", 1) + path
