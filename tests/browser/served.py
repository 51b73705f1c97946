"""Desks as people run them, each with a shop on an origin of its own."""

import contextlib
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import uvicorn
from tests import cast as casting
from tests.databases import Database
from tests.serving import Process, as_process, free_port, opened

from frontdesk.app import open_desk
from frontdesk.base.desk import Desk
from frontdesk.base.ids import new_token
from frontdesk.base.settings import Settings
from frontdesk.base.sql import Prepared
from frontdesk.base.tables import job
from frontdesk.demo.seed import seed
from frontdesk.demo.serve import site
from frontdesk.people import agents, company, read, sessions
from frontdesk.people.model import SYSTEM, Actor
from frontdesk.suggest import report

_PATIENCE = 120
_NO_GRADES = Prepared(job.delete().where(job.c.kind == report.JOB))
_STILL = (
    "SELECT count(*) FROM job WHERE kind LIKE 'learn_past' OR kind LIKE 'learn_conv%' OR kind LIKE 'read_%'",
    "SELECT count(*) FROM passage WHERE id NOT IN (SELECT passage_id FROM vector)",
)
SPARE = ("Nils Ek", "Petra Holm", "Signe Dahl", "Tove Falk", "Ulf Strand", "Vera Sand", "Yngve Alm")


@dataclass
class House:
    """`desk` and `shop` are addresses; `tokens` are sessions, by an agent's first name in lower case."""

    desk: str
    shop: str
    tokens: dict[str, str] = field(default_factory=dict)
    sign_in_link: str = ""
    process: Process | None = None

    @property
    def running(self) -> Process:
        assert self.process is not None
        return self.process


@contextlib.contextmanager
def demo(folder: Path) -> Iterator[House]:
    """`frontdesk demo`, furnished beforehand so that agents who are signed in stand ready."""
    port = free_port(together=2)
    house = House(f"http://localhost:{port}", f"http://localhost:{port + 1}")
    house.tokens = _furnish(folder, port, house.shop)
    told = folder / "demo.log"
    words = ["demo", "--no-browser", "--port", str(port), "--data", str(folder)]
    with told.open("wb") as log:
        running = subprocess.Popen([sys.executable, "-m", "frontdesk", *words], stdout=log, stderr=log)
    try:
        _wait_for(f"{house.desk}/healthz", running, told)
        _wait_for(house.shop, running, told)
        _wait_until_learnt(folder)
        house.sign_in_link = re.findall(r"Sign in with\s+(\S+)", told.read_text())[0]
        yield house
    finally:
        running.terminate()
        running.wait(_PATIENCE)


def _furnish(folder: Path, port: int, shop: str) -> dict[str, str]:
    desk = open_desk(Settings(data=folder, port=port))
    try:
        seed(desk, shop)
        for name in SPARE:
            email = f"{name.split()[0].lower()}@kvarnochkanna.example"
            desk.write_now(
                agents.add, email=email, name=name, role="agent", password=casting.hashed_password()
            )
        # It would grade itself in the midst of some test; the one that looks at the grades asks for them.
        desk.write_now(lambda tx: tx.run(_NO_GRADES))
        everybody = desk.read_now(read.agents)
        for one in everybody:
            # What a test's visitor asks stands on top, however much others left behind.
            newest = {"order": {"unassigned": "newest"}}
            desk.write_now(agents.change_profile, Actor("agent", one.id, one.role), preferences=newest)
        return {one.name.split()[0].lower(): _signed_in(desk, one.id) for one in everybody}
    finally:
        desk.close()


def _signed_in(desk: Desk, agent_id: str) -> str:
    token = new_token()
    desk.write_now(sessions.begin, agent_id, token, address="127.0.0.1", device="Tests")
    return token


@contextlib.contextmanager
def house(database: Database, furnish: Callable[[casting.Cast], None] = lambda _: None) -> Iterator[House]:
    """`frontdesk serve` with the cast, on a database of its own; it can be killed."""
    port = free_port()
    shop = f"http://localhost:{port}"
    desk = opened(database)
    try:
        cast = casting.play(desk)
        desk.write_now(company.change, SYSTEM, allowed_sites=[shop])
        furnish(cast)
        tokens = {one.name.split()[0].lower(): one.signs_in() for one in cast.agents}
    finally:
        desk.close()
    with as_process(database) as process:
        # The same site as the shop's: in a private window, browsers shut the storage of other sites' frames.
        address = process.url.replace("127.0.0.1", "localhost")
        with serving_shop(address, port):
            yield House(address, shop, tokens, process=process)


@contextlib.contextmanager
def serving_shop(desk: str, port: int) -> Iterator[None]:
    config = uvicorn.Config(site(desk), host="127.0.0.1", port=port, log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True, name="shop")
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield
    finally:
        server.should_exit = True
        thread.join(_PATIENCE)


def _wait_until_learnt(folder: Path) -> None:
    """What reads the shop and embeds it would take the processor from the first tests. On a slow machine
    they begin all the same: those that need it wait for what they need.
    """
    ends = time.monotonic() + _PATIENCE
    with contextlib.closing(Database(folder).engine().reader()) as view:
        while any(view.execute(sql).fetchone()[0] for sql in _STILL) and time.monotonic() < ends:
            time.sleep(0.2)


def _wait_for(url: str, running: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + _PATIENCE
    while time.monotonic() < ends:
        assert running.poll() is None, log.read_text()
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(url, timeout=2).status_code == 200:
                return
        time.sleep(0.05)
    raise TimeoutError(f"{url} does not answer: {log.read_text()}")
