"""What this machine can do by itself at this moment: the measure for every other figure."""

import asyncio
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import uvloop

from bench.figures import percentile
from bench.wire import WebSocket, open_socket

_PARTNERS = 20
_WORDS = b"x" * 200
Figures = dict[str, Any]


def raw(seconds: float = 1.0) -> Figures:
    """WebSocket echoes of 200 bytes and single-row commits, each flushed to the disk, per second."""
    return {"echoes_per_s": _echoes(seconds), **_commits(seconds)}


def between(before: Figures, after: Figures) -> Figures:
    """The mean of both: what else runs on the machine changes while a bench runs."""
    return {name: round((before[name] + after[name]) / 2, 2) for name in before}


def around(measure: Callable[[], Figures], seconds: float = 1.0) -> tuple[Figures, Figures]:
    """What `measure` found, and the machine's own figures from before and after it."""
    before = raw(seconds)
    found = measure()
    return found, between(before, raw(seconds))


def _commits(seconds: float) -> Figures:
    took: list[float] = []
    with TemporaryDirectory(prefix="frontdesk-bench-") as folder:
        connection = sqlite3.connect(Path(folder) / "raw.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, text TEXT)")
        begun = perf_counter()
        while perf_counter() - begun < seconds:
            at = perf_counter()
            connection.execute("INSERT INTO line (text) VALUES (?)", (_WORDS.decode(),))
            took.append((perf_counter() - at) * 1000)
        connection.close()
    return {"commits_per_s": round(len(took) / seconds), "commit_p99_ms": percentile(took, 99)}


def _echoes(seconds: float) -> int:
    server = subprocess.Popen([sys.executable, "-m", "bench.echo"], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        port = json.loads(server.stdout.readline())["port"]
        return round(uvloop.run(_converse(port, seconds)) / seconds)
    finally:
        server.terminate()
        server.wait(10)


async def _converse(port: int, seconds: float) -> int:
    partners = [_Partner() for _ in range(_PARTNERS)]
    for one in partners:
        one.socket = await open_socket(port, "/", one.heard)
    for one in partners:
        one.socket.say(_WORDS)
    await asyncio.sleep(seconds)
    for one in partners:
        one.socket.close()
    return sum(one.echoes for one in partners)


class _Partner:
    """Says the next word as soon as the last one came back."""

    socket: WebSocket

    def __init__(self) -> None:
        self.echoes = 0

    def heard(self, _: bytes, __: float) -> None:
        self.echoes += 1
        if not self.socket.closed:
            self.socket.say(_WORDS)
