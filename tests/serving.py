"""The real app under uvicorn, and people who use it over HTTP and sockets."""

import asyncio
import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
import orjson
import uvicorn
from tests.cast import AgentPlayer
from tests.databases import Database
from websockets.sync.client import ClientConnection, connect

from frontdesk.app import open_desk, server
from frontdesk.base.desk import Desk
from frontdesk.base.ids import new_id, new_token
from frontdesk.base.settings import Settings

_PATIENCE = 20
# A process that starts needs seconds of a processor's time, and others may want it too.
_PATIENCE_TO_START = 60
# Below those from which connections going out are given theirs: a port that waits for its server to come
# back shall not be taken by a client meanwhile.
_PORTS = range(20_000, 32_000)


def free_port(together: int = 1) -> int:
    """The first of so many."""
    while True:
        first = random.choice(_PORTS)
        with contextlib.suppress(OSError), contextlib.ExitStack() as probes:
            for port in range(first, first + together):
                probes.enter_context(socket.socket()).bind(("127.0.0.1", port))
            return first


@dataclass
class Serving:
    """A desk that can be asked over HTTP at `url`."""

    url: str
    clients: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def client(self, **headers: str) -> httpx.Client:
        """A browser on the desk's own pages; nobody in particular."""
        named = {"origin": self.url, **headers}
        # Reading the machine's certificates takes longer than all else, and nothing is encrypted here.
        one = httpx.Client(base_url=self.url, headers=named, timeout=_PATIENCE, verify=False)  # noqa: S501
        return self.clients.enter_context(one)

    def agent(self, who: AgentPlayer) -> httpx.Client:
        """Somebody who is signed in."""
        one = self.client()
        one.cookies.set("frontdesk", who.signs_in(), domain=urlsplit(self.url).hostname or "")
        return one

    def visitor(self, token: str | None = None, **headers: str) -> httpx.Client:
        return self.client(authorization=f"Bearer {token or new_token()}", **headers)

    def live(self, client: httpx.Client, *, seq: int = 0) -> "Live":
        """The socket of an agent or a visitor whom `agent` or `visitor` made; hello is said."""
        scheme, _, token = client.headers.get("authorization", "").partition(" ")
        path = "/widget/live" if scheme else "/api/live"
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        opening = connect(
            self.url.replace("http", "ws", 1) + path,
            origin=self.url,  # type: ignore[arg-type]
            additional_headers={"cookie": cookie} if cookie else None,
            open_timeout=_PATIENCE,
            close_timeout=1,
            # Who waits long with reading does not hear the pong either.
            ping_interval=None,
            compression=None,
        )
        live = Live(self.clients.enter_context(opening))
        live.say(do="hello", seq=seq, **({"token": token} if token else {}))
        return live

    def is_up(self) -> bool:
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(f"{self.url}/healthz", timeout=5, verify=False).status_code == 200  # noqa: S501
        return False

    def wait_until_up(self, seconds: float = _PATIENCE) -> float:
        """How long it took."""
        begun = time.monotonic()
        while not self.is_up():
            if time.monotonic() - begun > seconds:
                raise TimeoutError(f"{self.url} does not answer after {seconds} s")
            time.sleep(0.02)
        return time.monotonic() - begun


class Live:
    """A socket, read frame by frame."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    def say(self, **frame: Any) -> None:
        self.connection.send(orjson.dumps(frame).decode())

    def next(self, timeout: float = 5) -> dict[str, Any]:
        frame: dict[str, Any] = orjson.loads(self.connection.recv(timeout))
        return frame

    def until(self, timeout: float = 5, **wanted: Any) -> dict[str, Any]:
        """The next frame that has these values."""
        ends = time.monotonic() + timeout
        while True:
            frame = self.next(max(0.01, ends - time.monotonic()))
            if all(frame.get(name) == value for name, value in wanted.items()):
                return frame

    def close(self) -> None:
        self.connection.close()


@dataclass
class InThread(Serving):
    """A server within the tests' own process: quick to start, and open to be looked into."""

    desk: Desk = None  # type: ignore[assignment]
    app: Any = None

    @property
    def context(self) -> Any:
        return self.app.state.context

    @property
    def widget(self) -> Any:
        return self.app.state.widget


@contextlib.contextmanager
def in_thread(desk: Desk, settings: Settings) -> Iterator[InThread]:
    running = server(settings, desk)
    app: Any = running.config.app
    thread = threading.Thread(target=running.run, daemon=True, name="test-server")
    thread.start()
    with contextlib.ExitStack() as clients:
        try:
            _wait_for(running, thread)
            yield InThread(f"http://127.0.0.1:{settings.port}", clients, desk, app.app)
        finally:
            clients.close()
            running.should_exit = True
            thread.join(_PATIENCE)
            assert not thread.is_alive(), "the server did not stop"


def _wait_for(running: uvicorn.Server, thread: threading.Thread) -> None:
    begun = time.monotonic()
    while not running.started:
        assert thread.is_alive(), "the server did not start"
        assert time.monotonic() - begun < _PATIENCE, "the server takes too long"
        time.sleep(0.005)


@dataclass
class Process(Serving):
    """`frontdesk serve` as anybody runs it: it can be killed."""

    database: Database = None  # type: ignore[assignment]
    arguments: tuple[str, ...] = ()
    running: subprocess.Popen[bytes] | None = None
    first_took: float = 0.0

    def start(self) -> float:
        """Seconds until it answered."""
        place = ["--data", str(self.database.folder), "--port", self.url.rsplit(":", 1)[1]]
        if self.database.url:
            place += ["--database-url", self.database.url]
        log = self.database.folder / "server.log"
        with log.open("ab") as told:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "frontdesk", "serve", *place, *self.arguments],
                stdout=told,
                stderr=told,
                env={**os.environ, "PYTHONWARNINGS": "", "FRONTDESK_RATE_SCALE": "10000"},
            )
        return self.wait_until_up(_PATIENCE_TO_START)

    def kill(self) -> None:
        """As if the machine's power had gone, for this process."""
        assert self.running is not None
        self.running.send_signal(signal.SIGKILL)
        self.running.wait()

    def stop(self) -> int:
        assert self.running is not None
        self.running.send_signal(signal.SIGTERM)
        return self.running.wait(_PATIENCE)

    def log(self) -> str:
        return (self.database.folder / "server.log").read_text()


@contextlib.contextmanager
def as_process(database: Database, *arguments: str) -> Iterator[Process]:
    with contextlib.ExitStack() as clients:
        one = Process(f"http://127.0.0.1:{free_port()}", clients, database, arguments)
        try:
            one.first_took = one.start()
            yield one
        finally:
            if one.running is not None and one.running.poll() is None:
                one.kill()


def opened(database: Database) -> Desk:
    """The desk as a process opens it."""
    return open_desk(database.settings())


async def eventually(true: Any, seconds: float = 5) -> None:
    """Waits until the call says yes."""
    ends = time.monotonic() + seconds
    while not true():
        if time.monotonic() > ends:
            raise TimeoutError("it did not become true")
        await asyncio.sleep(0.005)


def command(**body: Any) -> dict[str, Any]:
    """A body with a fresh id."""
    return {"client_id": new_id(), **body}
