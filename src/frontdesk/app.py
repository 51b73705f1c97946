"""Wiring: the rooms put together into one running desk."""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

import uvicorn
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.requests import HTTPConnection
from starlette.routing import WebSocketRoute

from frontdesk import __version__
from frontdesk.api import (
    companies,
    conversations,
    customer_events,
    customer_list,
    customer_sheets,
    customers,
    door,
    entry,
    errors,
    evaluation,
    files,
    handing,
    health,
    history,
    keeping,
    knowledge,
    labels,
    lists,
    me,
    merging,
    notes,
    notices,
    own_fields,
    pages,
    privacy,
    ready,
    search,
    site,
    suggestions,
    team,
    teams,
)
from frontdesk.api.direct import Direct
from frontdesk.api.door import Context
from frontdesk.api.shield import Shield
from frontdesk.base import db, schema
from frontdesk.base.clock import now_ms
from frontdesk.base.db import Tx
from frontdesk.base.desk import Desk
from frontdesk.base.errors import DeskError, Missing, Unknown
from frontdesk.base.feed import Feed
from frontdesk.base.files import Files
from frontdesk.base.first_use import OnFirstUse
from frontdesk.base.ids import digest, is_token
from frontdesk.base.jobs import Worker
from frontdesk.base.log import Fact
from frontdesk.base.settings import Settings
from frontdesk.base.sqlite import Sqlite
from frontdesk.channels.widget import door as widget_door
from frontdesk.channels.widget import routes as widget
from frontdesk.channels.widget import visitors
from frontdesk.channels.widget.rules import Rules
from frontdesk.errands import doing
from frontdesk.handover import Counter
from frontdesk.know import identifiers
from frontdesk.know.blanks import Blanker
from frontdesk.know.encoders import Encoders
from frontdesk.know.everyday import Everyday
from frontdesk.know.learn import LANES, Learning
from frontdesk.know.lesson import Lesson
from frontdesk.know.public import Public
from frontdesk.live.hub import Hub
from frontdesk.live.socket import Entered, Socket
from frontdesk.people import read as people
from frontdesk.people import refreshing
from frontdesk.people.model import Actor
from frontdesk.people.places import FOLDER, Places
from frontdesk.people.refreshing import Refreshing
from frontdesk.presence.board import REPEAT_EVERY
from frontdesk.presence.gathering import Gathering
from frontdesk.privacy import tombstones
from frontdesk.reactions import SLOW, WITH_JOBS, handlers, next_sweep, react
from frontdesk.search import index
from frontdesk.suggest.anew import LANE, Anew
from frontdesk.suggest.draft import Model
from frontdesk.suggest.engine import Engine
from frontdesk.suggest.proposer import Proposer
from frontdesk.talk import read as talk

postgres = OnFirstUse("frontdesk.base.postgres")

_NOTED, _NOTE_SOON, _NOTE_EVERY, _NOTE_REST = 20, 0.05, 0.25, 10
_NOT_DONE: dict[int | str, Any] = {
    "4XX": {"description": "Not done. docs/wire.md tells how an answer says why."}
}
BUILT = Path(__file__).parent / "built"
_TALKING = (conversations, labels, lists, ready, notes, handing, notices, history, merging)
_KNOWING = (customer_list, customer_sheets, customers, companies, own_fields, customer_events, site, keeping)
_ALL_ELSE = (entry, suggestions, knowledge, evaluation, search, files, me, team, teams, health, privacy)


def open_desk(settings: Settings) -> Desk:
    """Opens the database, and brings it to this version's shape."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine: db.Engine = (
        postgres.Postgres(settings.database_url)
        if settings.database_url
        else Sqlite(settings.data / "frontdesk.db")
    )
    engine.claim()
    schema.prepare(engine)
    desk = Desk(engine, react, index.follow)
    tombstones.apply(desk, settings.data)
    return desk


def reading_desk(settings: Settings) -> Desk:
    """A desk that is only read, also while it is open. Raises Missing where there is none."""
    if settings.database_url:
        return Desk(postgres.Postgres(settings.database_url))
    path = settings.data / "frontdesk.db"
    if not path.is_file():
        raise Missing(f"There is no desk in {settings.data}.")
    return Desk(Sqlite(path))


def create(settings: Settings, desk: Desk) -> Shield:
    """The whole desk as an ASGI app. Closing the desk is the caller's."""
    hub, stored = Hub(), Files(settings.data / "files")
    app = FastAPI(
        title="Frontdesk",
        version=__version__,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        exception_handlers=errors.HANDLERS,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.settings = settings
    encoders = Encoders(settings.data / "models")
    proposer = Proposer(desk, lambda name, state: Engine(encoders.open(name), state), _model(settings))
    blanker = Blanker(Everyday(), Public())
    app.state.context = Context(
        desk, stored, hub, settings, BUILT, proposer, blanker, encoders, Places(settings.data / FOLDER)
    )
    app.state.widget = _widget(app.state.context)
    app.state.feed = Feed(desk)
    work = handlers(stored, proposer, blanker, settings.data) | Anew(encoders).handlers()
    work |= Learning(stored, settings.crawl_private).handlers()
    app.state.refreshing = Refreshing(
        settings.data / FOLDER, settings.places_registry, app.state.context.places.look_again
    )
    work |= app.state.refreshing.handlers()
    app.state.worker = Worker(desk, work, (*SLOW, *LANES, LANE, frozenset({refreshing.JOB})))
    app.state.counter = Counter(
        settings.data, doing(desk, partial(_watched, settings, desk, stored), settings.data)
    )
    # Routes are tried in turn, so what is asked for most stands first.
    app.router.routes.extend(route for route, _ in widget.PLAIN)
    sockets = _sockets(app.state.context, app.state.widget.rules)
    app.router.routes.extend(sockets)
    for room in (*_TALKING, *_KNOWING, *_ALL_ELSE):
        _add(app, room.router)
    _add(app, widget.router)
    _add(app, pages.router)
    hot = {path: Direct(call, app) for path, call in widget.HOT.items()}
    return Shield(app, settings, hot, {route.path: route.app for route in sockets})


def _widget(here: Context) -> widget.Widget:
    desk, hub, rules = here.desk, here.hub, Rules(here.desk)
    gathering = Gathering(desk, rules.blocks, hub.came_by, hub.site_moved)
    return widget.Widget(
        desk, here.files, hub.board, here.settings, BUILT, lambda: hub.agents, here.places, rules, gathering
    )


def _add(app: FastAPI, router: APIRouter) -> None:
    """As they are: FastAPI's own way makes every route once more when the first question comes."""
    for route in router.routes:
        if isinstance(route, APIRoute):
            route.responses = {**_NOT_DONE, **route.responses}
    app.router.routes.extend(router.routes)


def _watched(settings: Settings, desk: Desk, stored: Files, show: Callable[[str, bool], None]) -> Lesson:
    return Lesson(desk, stored, settings.crawl_private, show, reads=False)


def _model(settings: Settings) -> Model | None:
    if settings.llm_url is None:
        return None
    return Model(settings.llm_url, settings.llm_model, settings.llm_key)


def server(settings: Settings, desk: Desk) -> uvicorn.Server:
    """One process, quiet, on the quickest parts; proxies are believed only when they were named."""
    shield = create(settings, desk)
    _collect_seldom()
    config = uvicorn.Config(
        shield,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=64 * 1024,
        ws_ping_interval=25,
        ws_ping_timeout=20,
        access_log=False,
        log_level="warning",
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        server_header=False,
        timeout_graceful_shutdown=5,
        timeout_keep_alive=30,
        backlog=4096,
    )
    return uvicorn.Server(config)


def _collect_seldom() -> None:
    """Looking for garbage stops everybody, and takes the longer the more sockets are open. What is here
    now stays for good, and the rest is mostly freed without looking.
    """
    gc.freeze()
    gc.set_threshold(5_000, 5, 5)


def _sockets(here: Context, rules: Rules) -> list[WebSocketRoute]:
    async def agent(scope: Any, _: dict[str, Any]) -> Entered:
        one = HTTPConnection(scope)
        base = here.settings.base_url
        secure = base.startswith("https") if base else scope["scheme"] == "wss"
        known = await door.still_signed_in(here, one.cookies.get(door.cookie_name(secure), ""))
        return Entered(known.actor, known.digest)

    async def visitor(scope: Any, hello: dict[str, Any]) -> Entered:
        token = hello.get("token")
        if not is_token(token):
            raise Unknown("This conversation is not known here.")
        key = digest(str(token))
        actor, page = await here.desk.read(visitors.entered, key)
        return Entered(actor, key, page, widget_door.address_of(scope))

    async def customer_of(actor: Actor, conversation_id: str) -> str:
        found = await here.desk.read(talk.get_conversation, actor, conversation_id)
        return found.customer.id

    async def is_blocked(customer_id: str, address: str) -> bool:
        held, now = await rules.blocks(), now_ms()
        return held.customer(customer_id, now) or held.address(address, now)

    return [
        WebSocketRoute("/api/live", Socket(here.desk, here.hub, agent, customer_of)),
        WebSocketRoute("/widget/live", Socket(here.desk, here.hub, visitor, customer_of, is_blocked)),
    ]


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    here: Context = app.state.context
    feed: Feed = app.state.feed
    worker: Worker = app.state.worker
    here.hub.know(await here.desk.read(people.agents))
    on_site: widget.Widget = app.state.widget
    feed.listeners += [
        here.hub.hear,
        here.proposer.hear,
        on_site.rules.hear,
        lambda facts: _wake(worker, facts),
    ]
    await feed.start()
    await here.desk.write(_first_sweep)
    await here.desk.write(app.state.refreshing.begin)
    worker.start()
    await here.proposer.start()
    on_site.gathering.start()
    unplug = _wire(here, feed)
    counter: Counter | None = app.state.counter if here.settings.database_url is None else None
    if counter is not None:
        counter.open()
    noting = asyncio.Event()
    feed.listeners.append(lambda _: noting.set())
    ticking = [
        asyncio.create_task(_tick(here.hub, here.places)),
        asyncio.create_task(_note(here.desk, noting)),
    ]
    try:
        yield
    finally:
        for connection in here.hub.everyone():
            connection.kick("restart")
        for task in ticking:
            task.cancel()
        if unplug is not None:
            unplug()
        if counter is not None:
            await counter.close()
        await on_site.gathering.stop()
        await here.proposer.stop()
        await worker.stop()
        await feed.stop()


def _first_sweep(tx: Tx) -> None:
    tx.enqueue(next_sweep())


def _wake(worker: Worker, facts: list[Fact]) -> None:
    if any(fact.kind in WITH_JOBS for fact in facts):
        worker.wake()


def _wire(here: Context, feed: Feed) -> Callable[[], None] | None:
    """With PostgreSQL other processes may serve the same desk."""
    if here.settings.database_url is None:
        return None
    loop = asyncio.get_running_loop()

    def whispered(told: dict[str, object]) -> None:
        loop.call_soon_threadsafe(here.hub.board.overhear, told)

    wire = postgres.Wire(here.settings.database_url, feed.wake, whispered)
    here.hub.board.tell = wire.whisper
    stop: Callable[[], None] = wire.stop
    return stop


async def _note(desk: Desk, wake: asyncio.Event) -> None:
    """Whose e-mail address, number, name is whose: a little at a time, and the rarer the busier the desk is,
    so that messages never wait.
    """
    wake.set()
    while True:
        await wake.wait()
        wake.clear()
        more, began = False, monotonic()
        try:
            more = await desk.write(identifiers.note, _NOTED)
        except DeskError:
            wake.set()
        if more:
            wake.set()
        took = monotonic() - began
        await asyncio.sleep(max(_NOTE_SOON if more else _NOTE_EVERY, _NOTE_REST * took))


async def _tick(hub: Hub, places: Places) -> None:
    ticks = 0
    while True:
        await asyncio.sleep(0.5)
        ticks += 1
        hub.board.expire()
        if ticks * 500 % REPEAT_EVERY == 0:
            hub.board.repeat()
            # The command line, or another process, may have fetched a newer one.
            places.look_again()
