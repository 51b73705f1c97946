"""Agents and visitors on the whole app's sockets, spoken to as a server does, without one."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import orjson
from sqlalchemy import select
from tests.cast import AgentPlayer, CustomerPlayer
from tests.live import kept, profiled, reducer
from tests.live.reducer import Frame, State
from tests.serving import eventually

from frontdesk.api import conversations as api
from frontdesk.app import create
from frontdesk.base.db import Reading
from frontdesk.base.desk import Desk
from frontdesk.base.settings import Settings
from frontdesk.channels.widget import visitors as widget
from frontdesk.people import companies, erasing, read_profiles
from frontdesk.people import read as people
from frontdesk.people.model import Actor
from frontdesk.people.tables import customer, customer_company
from frontdesk.suggest import read as suggest
from frontdesk.talk import labelling, read, read_notes

HOST = "desk.test"


@contextlib.asynccontextmanager
async def running(desk: Desk, settings: Settings) -> AsyncIterator[Any]:
    """The app as `create` makes it, from its start to its end."""
    shield = create(settings, desk)
    async with shield.app.router.lifespan_context(shield.app):
        yield shield


class Socket:
    """One connection: what arrives is in `frames`; `code` is how it ended."""

    def __init__(self, app: Any, path: str, cookie: str = "", origin: str = f"http://{HOST}") -> None:
        self.frames: list[Frame] = []
        self.code: int | None = None
        self.blocked = asyncio.Event()
        self.blocked.set()
        self._said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._said.put_nowait({"type": "websocket.connect"})
        headers = [(b"host", HOST.encode()), (b"origin", origin.encode()), (b"cookie", cookie.encode())]
        scope = {
            "type": "websocket", "path": path, "raw_path": path.encode(), "query_string": b"",
            "headers": headers, "scheme": "ws", "client": ("127.0.0.1", 1), "server": (HOST, 80),
            "subprotocols": [], "root_path": "", "asgi": {"version": "3.0"}, "state": {},
        }  # fmt: skip
        self.task = asyncio.create_task(app(scope, self._said.get, self._send))

    async def _send(self, message: dict[str, Any]) -> None:
        await self.blocked.wait()
        if message["type"] == "websocket.send":
            self.frames.append(orjson.loads(message["text"]))
        elif message["type"] == "websocket.close":
            self.code = message.get("code", 1000)

    def say(self, **frame: Any) -> None:
        self.say_text(orjson.dumps(frame).decode())

    def say_text(self, text: str) -> None:
        self._said.put_nowait({"type": "websocket.receive", "text": text})

    async def leave(self) -> None:
        self._said.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await asyncio.wait_for(self.task, 5)

    async def has(self, count: int = 1, **wanted: Any) -> Frame:
        """The last of `count` frames with these values, once they are there."""
        await eventually(lambda: len(self.all(**wanted)) >= count)
        return self.all(**wanted)[count - 1]

    def all(self, **wanted: Any) -> list[Frame]:
        return [
            frame for frame in self.frames if all(frame.get(name) == value for name, value in wanted.items())
        ]

    async def ended(self) -> int | None:
        await asyncio.wait_for(asyncio.shield(self.task), 15)
        return self.code

    async def settled(self) -> None:
        """Everything pushed so far has arrived."""
        pongs = len(self.all(**{"is": "pong"}))
        self.say(do="ping")
        await eventually(lambda: len(self.all(**{"is": "pong"})) > pongs or self.task.done())


class Client:
    """Somebody's browser: a state that is fetched once and then changed by facts alone."""

    def __init__(self, app: Any, who: AgentPlayer | CustomerPlayer) -> None:
        self.app, self.who = app, who
        self.state: State = {}
        self.socket: Socket | None = None
        self.heard: list[Frame] = []
        self.resyncs = 0
        # Who this was, when everything was fetched.
        self.was = ""
        self._read = 0

    @property
    def is_agent(self) -> bool:
        return isinstance(self.who, AgentPlayer)

    def fetch(self) -> State:
        """What a fresh start would fetch, on one view."""
        self.was = self.who.id
        return self.who.desk.read_now(
            snapshot if isinstance(self.who, AgentPlayer) else visitors_snapshot,
            self.who.actor,
        )

    def connect(self) -> Socket:
        if isinstance(self.who, AgentPlayer):
            self.socket = Socket(self.app, "/api/live", f"frontdesk={self.who.signs_in()}")
            token = {}
        else:
            if not self.who.desk.read_now(erasing.is_here, self.was):
                # Erased while they were away: their page is opened anew.
                self.state = self.fetch()
            self.socket, token = Socket(self.app, "/widget/live"), {"token": self.who.token}
        self._read = 0
        self.socket.say(do="hello", seq=self.state["seq"], **token)
        return self.socket

    async def disconnect(self) -> None:
        socket, self.socket = self.socket, None
        if socket is not None:
            self._take(socket)
            if not socket.task.done():
                await socket.leave()

    async def settle(self) -> None:
        if self.socket is not None:
            await self.socket.settled()
            self._take(self.socket)

    def _take(self, socket: Socket) -> None:
        fresh, self._read = socket.frames[self._read :], len(socket.frames)
        for frame in fresh:
            if frame["is"] == "resync":
                self.resyncs += 1
                self.state = self.fetch()
            elif frame.get("why") == "signed_out" and not self.is_agent:
                # Their token is nobody's any more: they greet anew, as strangers.
                self.state = self.fetch()
            elif frame["is"] == "fact":
                self.heard.append(frame)
                self.state = (reducer.apply if self.is_agent else reducer.apply_visitors)(self.state, frame)


def _plain(value: Any) -> Any:
    return orjson.loads(orjson.dumps(value))


def snapshot(view: Reading, actor: Actor) -> State:
    """Everything there is, as an agent would fetch it."""
    state = _plain(api._state(view, actor))
    ids = [row[0] for row in view.all(read._selected().order_by(read.C.id))]
    rows = {id: reducer.documented(_plain(read.get_row(view, actor, id))) for id in ids}
    timelines = {id: _plain(read.timeline(view, actor, id, limit=10_000)[0]) for id in ids}
    agents = sorted(state["agents"], key=lambda one: str(one["id"]))
    laid = {id: _plain(suggest.proposal(view, actor, id)) for id in ids}
    proposals = {id: one for id, one in laid.items() if one["suggestions"]}
    notes = [item["id"] for items in timelines.values() for item in items if "mentions" in item]
    answers = {id: _plain(read_notes.answers(view, actor, id)) for id in notes}
    places = {id: read_notes.read_place(view, actor, id) for id in notes}
    labelled = {id: _plain(labelling.of_conversation(view, actor, id)) for id in ids}
    return {
        **state,
        "agents": agents,
        "labels": kept.by_id(state["labels"]),
        "labelled": {id: kept.sorted_worn(worn) for id, worn in labelled.items()},
        "conversations": rows,
        "timelines": timelines,
        "proposals": proposals,
        **_known(view, actor),
        "threads": {id: found for id, found in answers.items() if found},
        "thread_read": {id: place for id, place in places.items() if place},
    }


def _known(view: Reading, actor: Actor) -> State:
    """What is written of customers and of their companies."""
    ids = [id for (id,) in view.all(select(customer.c.id).where(customer.c.merged_into.is_(None)))]
    profiles = [_plain(one) for one in read_profiles.those(view, ids)]
    firms = [id for (id,) in view.all(select(customer_company.c.id))]
    return {
        "profiles": {id: one for whole in profiles for id, one in profiled.written(whole).items()},
        "companies": {id: profiled.company(_plain(companies.get(view, actor, id))) for id in firms},
    }


def visitors_snapshot(view: Reading, actor: Actor) -> State:
    own = read.of_customer(view, actor)
    briefs = people.agents(view)
    shown = [_plain(widget.shown(one, people.briefs(briefs))) for one in own]
    timelines = {one.id: _plain(read.timeline(view, actor, one.id, limit=10_000)[0]) for one in own}
    return {
        "seq": view.head(),
        "conversations": {one["id"]: reducer.visitors(one) for one in shown},
        "timelines": timelines,
    }


def differences(held: Any, fresh: Any, path: str = "") -> list[str]:
    """Where two states differ, in words; their numbers of the log may."""
    if isinstance(held, dict) and isinstance(fresh, dict):
        names = sorted((held.keys() | fresh.keys()) - {"seq"} if not path else held.keys() | fresh.keys())
        nothing = object()
        pairs = ((name, held.get(name, nothing), fresh.get(name, nothing)) for name in names)
        return [told for name, one, other in pairs for told in differences(one, other, f"{path}/{name}")]
    if isinstance(held, list) and isinstance(fresh, list) and len(held) == len(fresh):
        places = enumerate(zip(held, fresh, strict=True))
        return [told for n, (one, other) in places for told in differences(one, other, f"{path}/{n}")]
    return [] if held == fresh else [f"{path}: held {held!r}, fetched {fresh!r}"]
