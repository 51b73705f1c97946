"""Sockets: who may say and hear what, how much of it, and what ends them."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from tests.cast import AgentPlayer, Cast, CustomerPlayer
from tests.databases import Database
from tests.live.clients import Socket, running
from tests.serving import eventually

from frontdesk.base.desk import Desk
from frontdesk.live import connection, socket
from frontdesk.people import agents, blocks


@pytest.fixture
async def app(desk: Desk, database: Database, cast: Cast) -> AsyncIterator[Any]:
    async with running(desk, database.settings()) as one:
        yield one


async def agent(app: Any, who: AgentPlayer) -> Socket:
    one = Socket(app, "/api/live", f"frontdesk={who.signs_in()}")
    one.say(do="hello", seq=who.desk.read_now(lambda view: view.head()))
    await one.has(**{"is": "welcome"})
    return one


async def visitor(app: Any, who: CustomerPlayer) -> Socket:
    one = Socket(app, "/widget/live")
    one.say(do="hello", seq=who.desk.read_now(lambda view: view.head()), token=who.token)
    await one.has(**{"is": "welcome"})
    return one


@pytest.mark.parametrize(
    "text",
    ["", "no json", "[]", '"hello"', '{"do":"hello"', '{"do":"unknown"}', '{"do":["ping"]}', "{}",
     '{"do":"ping","x":"' + "x" * 65_536 + '"}'],
    ids=range(9),
)  # fmt: skip
async def test_nonsense_ends_a_socket(app: Any, cast: Cast, text: str) -> None:
    one = await agent(app, cast.maja)
    one.say_text(text)
    assert await one.ended() == 4001
    assert one.frames[-1] == {"is": "bye", "why": "refused"}


async def test_twenty_frames_a_second(app: Any, cast: Cast) -> None:
    one = await agent(app, cast.maja)
    for _ in range(20):
        one.say(do="ping")
    await one.has(20, **{"is": "pong"})
    for _ in range(20):
        one.say(do="ping")
    assert await one.ended() == 4001


async def test_who_says_no_hello_is_sent_away(app: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "_HELLO_WITHIN", 0.05)
    assert await Socket(app, "/api/live", f"frontdesk={cast.maja.signs_in()}").ended() == 4001


async def test_nobody_listens_without_being_known(app: Any, cast: Cast) -> None:
    for path, cookie in (("/api/live", ""), ("/api/live", "frontdesk=" + "a" * 43), ("/widget/live", "")):
        one = Socket(app, path, cookie)
        one.say(do="hello", seq=0)
        assert await one.ended() == 4001
        assert one.frames == [{"is": "bye", "why": "signed_out"}]
    foreign = Socket(app, "/api/live", f"frontdesk={cast.maja.signs_in()}", origin="https://evil.example")
    assert await foreign.ended() == 4003
    assert foreign.frames == []


async def test_a_disabled_agents_sockets_end(app: Any, cast: Cast) -> None:
    ends, stays = await agent(app, cast.oskar), await agent(app, cast.leila)
    cast.desk.write_now(agents.disable, cast.maja.actor, cast.oskar.id)
    assert await ends.ended() == 4001
    assert ends.frames[-1] == {"is": "bye", "why": "signed_out"}
    await stays.settled()
    assert not stays.task.done()
    await stays.leave()


async def test_a_customer_hears_only_what_is_theirs(app: Any, cast: Cast) -> None:
    ines, lead = await visitor(app, cast.ines), await visitor(app, cast.lead)
    asked = cast.ines.asks("canary-ines")
    cast.oskar.answers(asked, "canary-answer")
    cast.leila.answers(asked, "canary-new", as_new=True)
    cast.oskar.reads(asked)
    cast.oskar.closes(asked)
    cast.hires("Canary Agent")
    await ines.has(kind="ConversationClosed")
    await lead.settled()
    assert "canary" not in str(lead.frames)
    assert not [frame for frame in lead.frames if frame["is"] == "fact"]
    told = {frame["kind"] for frame in ines.frames if frame["is"] == "fact"}
    assert told == {
        "ConversationStarted", "CustomerWrote", "ConversationTaken", "AgentReplied", "AgentSaw",
        "ConversationClosed",
    }  # fmt: skip
    assert "customer_unread" not in str(ines.frames)
    assert "owner_id" not in str(ines.frames)
    for one in (ines, lead):
        await one.leave()


async def test_of_who_is_blocked_the_team_sees_nothing(app: Any, cast: Cast) -> None:
    asked, other = cast.ines.asks("Hello").conversation.id, cast.lead.asks("Hello").conversation.id
    maja = await agent(app, cast.maja)
    ines, lead = await visitor(app, cast.ines), await visitor(app, cast.lead)
    await maja.has(kind="visiting", customer_id=cast.ines.id, on=True)
    ines.say(do="typing", conversation_id=asked, on=True)
    await maja.has(kind="typing", conversation_id=asked, on=True)
    blocked = {"customer_id": cast.ines.id, "until": None, "network": False}
    cast.desk.write_now(blocks.block, cast.maja.actor, **blocked)
    # What stood there goes, and nothing comes; others are seen as before.
    await maja.has(kind="typing", conversation_id=asked, on=False)
    await maja.has(kind="visiting", customer_id=cast.ines.id, on=False)
    ines.say(do="typing", conversation_id=asked, on=True)
    await ines.settled()
    again = await visitor(app, cast.ines)
    lead.say(do="typing", conversation_id=other, on=True)
    await maja.has(kind="typing", conversation_id=other, on=True)
    of_ines = [one for one in maja.all(**{"is": "whisper"}) if asked in str(one) or cast.ines.id in str(one)]
    assert [one["on"] for one in of_ines] == [True, True, False, False]
    cast.oskar.answers(asked, "You may read this")
    await ines.has(kind="AgentReplied")

    cast.desk.write_now(blocks.unblock, cast.maja.actor, customer_id=cast.ines.id)
    await maja.has(2, kind="visiting", customer_id=cast.ines.id, on=True)
    ines.say(do="typing", conversation_id=asked, on=True)
    await maja.has(2, kind="typing", conversation_id=asked, on=True)
    for one in (maja, ines, lead, again):
        await one.leave()


async def test_whispers_reach_whom_they_concern(app: Any, cast: Cast) -> None:
    asked = cast.ines.asks("Hello").conversation.id
    maja, oskar = await agent(app, cast.maja), await agent(app, cast.oskar)
    ines, lead = await visitor(app, cast.ines), await visitor(app, cast.lead)
    oskar.say(do="looking", conversation_id=asked)
    oskar.say(do="typing", conversation_id=asked, on=True)
    ines.say(do="typing", conversation_id=asked, on=True)
    await maja.has(kind="looking", agent_id=cast.oskar.id, on=True)
    await maja.has(kind="typing", agent_id=None, on=True)
    await ines.has(kind="typing", agent_id=cast.oskar.id, on=True)
    await oskar.leave()
    await maja.has(kind="looking", agent_id=cast.oskar.id, on=False)
    await ines.has(kind="typing", agent_id=cast.oskar.id, on=False)
    await lead.settled()
    assert {frame.get("kind") for frame in lead.frames} <= {None, "here"}
    assert not ines.all(kind="looking")
    assert [frame["agent_id"] for frame in ines.all(kind="typing")] == [cast.oskar.id] * 2
    for one in (maja, ines, lead):
        await one.leave()


@pytest.mark.parametrize("conversation_id", ["0" * 26, "\0", None, 7, ["a"], {"a": 1}, "x" * 60_000])
async def test_a_whisper_about_nothing_is_forgotten(app: Any, cast: Cast, conversation_id: object) -> None:
    one = await agent(app, cast.maja)
    one.say(do="typing", conversation_id=conversation_id, on=True)
    one.say(do="looking", conversation_id=conversation_id)
    await one.settled()
    assert not one.task.done()
    assert not one.all(kind="typing")
    assert not one.all(kind="looking")
    await one.leave()


async def test_a_customer_types_in_their_own_only(app: Any, cast: Cast) -> None:
    other = cast.lead.asks("Mine").conversation.id
    maja, ines = await agent(app, cast.maja), await visitor(app, cast.ines)
    ines.say(do="typing", conversation_id=other, on=True)
    await ines.settled()
    await maja.settled()
    assert not maja.all(kind="typing")
    ines.say(do="looking", conversation_id=other)
    assert await ines.ended() == 4001
    await maja.leave()


async def test_who_does_not_read_holds_up_nobody(
    app: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_MOST_WAITING", 20)
    slow, quick = await agent(app, cast.oskar), await agent(app, cast.leila)
    slow.blocked.clear()
    for number in range(30):
        cast.ines.writes(f"Message {number}")
        await quick.has(number + 1, kind="CustomerWrote")
    await quick.has(30, kind="CustomerWrote")
    await eventually(lambda: slow.task.done(), 10)
    assert len(app.app.state.context.hub) == 1
    assert not slow.all(kind="CustomerWrote")[1:]
    await quick.leave()
