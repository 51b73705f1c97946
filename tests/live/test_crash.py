"""Whatever dies, nothing acknowledged is lost and nothing is doubled."""

import logging
import os
import random
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from tests.databases import Cluster, Database
from tests.live.chatter import Chatter, acknowledged, chatting, finish
from tests.serving import Process, as_process

logger = logging.getLogger(__name__)

KILLS = 15
_STORED = "SELECT client_id, id, conversation_id, position, text FROM message"


@pytest.fixture(autouse=True)
def _no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRONTDESK_RATE_SCALE", "10000")


def _stored(database: Database) -> list[tuple[str, str, str, int, str]]:
    if database.url:
        with psycopg.connect(database.url) as connection:
            return connection.execute(_STORED).fetchall()
    with sqlite3.connect(database.folder / "frontdesk.db") as file:
        return file.execute(_STORED).fetchall()


def _is_whole(database: Database, kept: dict[str, str]) -> None:
    """Each acknowledged message is there once, under the id that was told; each visitor's in order."""
    rows = _stored(database)
    assert len({row[0] for row in rows}) == len(rows), "doubled"
    there = {row[0]: row[1] for row in rows}
    assert {id: there.get(id) for id in kept} == kept, "lost"
    conversations: dict[str, list[tuple[int, int]]] = {}
    for _, _, conversation, position, text in rows:
        conversations.setdefault(conversation, []).append((position, int(text)))
    for said in conversations.values():
        said.sort()
        assert [position for position, _ in said] == list(range(1, len(said) + 1))
        assert [number for _, number in said] == list(range(len(said)))


def _until(chatters: list[Chatter], more: int, seconds: float = 30) -> None:
    wanted, ends = acknowledged(chatters) + more, time.monotonic() + seconds
    while acknowledged(chatters) < wanted:
        assert time.monotonic() < ends, "nothing is acknowledged any more"
        time.sleep(0.01)


def test_killed_at_random_moments(sqlite: Database) -> None:
    chance = random.Random(7)
    with as_process(sqlite) as server:
        chatters = chatting(server.url, 20, each_per_second=12)
        waits, begun = [], time.monotonic()
        for _ in range(KILLS):
            _until(chatters, chance.randint(20, 160))
            server.kill()
            waits.append(server.start())
        _until(chatters, 40)
        time.monotonic() - begun - sum(waits)
        kept = finish(chatters)
        server.kill()
    with sqlite3.connect(sqlite.folder / "frontdesk.db") as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    _is_whole(sqlite, kept)


@pytest.fixture
def fragile(shared: Path) -> Iterator[Cluster]:
    """A PostgreSQL server of the test's own, with fsync, to be killed."""
    cluster = Cluster(shared / f"fragile-{uuid4().hex}", durable=True)
    cluster.create()
    cluster.make_template()
    yield cluster
    cluster.stop()


def test_postgresql_killed_under_load(fragile: Cluster, tmp_path: Path) -> None:
    with fragile.database(tmp_path) as database, as_process(database) as server:
        chatters = chatting(server.url, 20, each_per_second=10)
        for _ in range(3):
            _until(chatters, 100)
            fragile.stop()
            time.sleep(0.5)
            fragile.start()
            time.monotonic()
            _until(chatters, 20)
        kept = finish(chatters)
        assert server.running is not None
        assert server.running.poll() is None, "the desk's own process had to live on"
        assert {status for chatter in chatters for status in chatter.refusals} <= {503}
        _is_whole(database, kept)


def test_asked_to_stop_under_load(sqlite: Database) -> None:
    with as_process(sqlite) as server:
        chatters = chatting(server.url, 20, each_per_second=12)
        for _ in range(2):
            _until(chatters, 60)
            begun = time.monotonic()
            assert server.stop() in (0, -15, 143)
            assert time.monotonic() - begun < 10
            server.start()
        _until(chatters, 20)
        kept = finish(chatters)
    _is_whole(sqlite, kept)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a small disk can only be made by root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_disk_full(sqlite: Database, small_disk: Path) -> None:
    """Refused with 507 while there is no room, and works again as soon as there is; nothing is lost."""
    (small_disk / "frontdesk.db").write_bytes((sqlite.folder / "frontdesk.db").read_bytes())
    database = Database(small_disk)
    log = sqlite.folder / "server.log"
    log.touch()
    (small_disk / "server.log").symlink_to(log)
    ballast = small_disk / "ballast"
    with as_process(database) as server:
        chatters = chatting(server.url, 5, each_per_second=20)
        _until(chatters, 30)
        _fill(ballast)
        _wait_for_refusal(server, chatters)
        assert server.client().get("/healthz").status_code in (200, 503)
        ballast.unlink()
        _until(chatters, 30)
        kept = finish(chatters)
        assert {status for chatter in chatters for status in chatter.refusals} == {507}
        assert server.stop() in (0, -15, 143)
    _is_whole(database, kept)
    with sqlite3.connect(small_disk / "frontdesk.db") as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def _fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file:
        for size in (64 * 1024, 4096, 256):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue


def _wait_for_refusal(server: Process, chatters: list[Chatter]) -> None:
    ends = time.monotonic() + 20
    while not any(chatter.refusals for chatter in chatters):
        assert time.monotonic() < ends, "a full disk was not noticed"
        assert server.running is not None
        assert server.running.poll() is None
        time.sleep(0.02)
