"""A full disk refuses, loses nothing, and is forgotten as soon as there is room."""

import os
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.databases import Database
from tests.live.chatter import Chatter, acknowledged, chatting, finish
from tests.serving import Process, as_process

_STORED = "SELECT client_id, id FROM message"


@pytest.fixture(autouse=True)
def _no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRONTDESK_RATE_SCALE", "10000")


def _until(chatters: list[Chatter], more: int, seconds: float = 30) -> None:
    wanted, ends = acknowledged(chatters) + more, time.monotonic() + seconds
    while acknowledged(chatters) < wanted:
        assert time.monotonic() < ends, "nothing is acknowledged any more"
        time.sleep(0.01)


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
    with sqlite3.connect(small_disk / "frontdesk.db") as file:
        rows = file.execute(_STORED).fetchall()
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    there = dict(rows)
    assert len(there) == len(rows), "doubled"
    assert {id: there.get(id) for id in kept} == kept, "lost"


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
