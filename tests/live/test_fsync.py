"""What the machine is asked for: what was written is on the disk before anybody is told that it was sent."""

import contextlib
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.databases import Database
from tests.live.test_crash import set_up
from tests.serving import Process, as_process

from frontdesk.base.ids import new_id

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace, which listens to system calls, is not installed"
)

SENT, AT_ONCE = 200, 10
_CALLS = "trace=fsync,fdatasync,write,writev,sendto,sendmsg"
_SYNC = re.compile(r"\b(?:fsync|fdatasync)\b.*= 0$")
_ANSWER = re.compile(r"HTTP/1\.1 201 ")


@contextlib.contextmanager
def overheard(server: Process, folder: Path) -> Iterator[list[str]]:
    """The calls of all its threads, in their order; complete when it ends."""
    assert server.running is not None
    told, calls = folder / "calls", list[str]()
    pid = str(server.running.pid)
    command = ["strace", "-f", "-tt", "-s", "16", "-e", _CALLS, "-o", str(told), "-p", pid]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as listening:
        assert listening.stderr is not None
        first = listening.stderr.readline()
        if "attached" not in first:
            pytest.skip(f"strace may not listen here: {first.strip()}")
        try:
            yield calls
            time.sleep(0.5)
        finally:
            listening.send_signal(signal.SIGINT)
            listening.communicate()
    calls += _whole(told.read_text().splitlines())


def _whole(lines: list[str]) -> list[str]:
    """A call stands where it began to answer people, and where it was done with the disk."""
    return [line for line in lines if "<unfinished" not in line or "HTTP" in line]


def send(server: Process, count: int) -> None:
    visitor, start = server.visitor(), new_id()
    for number in range(count):
        body = {"client_id": new_id(), "start": start, "text": str(number)}
        assert visitor.post("/widget/api/messages", json=body).status_code == 201


def marks(calls: list[str]) -> str:
    """`s` for each time the disk was made to keep it, `a` for each answer."""
    found = ("s" if _SYNC.search(call) else "a" if _ANSWER.search(call) else "" for call in calls)
    return "".join(found)


def test_one_by_one_each_is_on_the_disk_before_its_answer(sqlite: Database, tmp_path: Path) -> None:
    set_up(sqlite)
    with as_process(sqlite) as server:
        send(server, 3)
        with overheard(server, tmp_path) as calls:
            send(server, SENT)
    found = marks(calls)
    assert found.count("a") == SENT
    assert "aa" not in found, "an answer left without anything having been kept for it"
    # Sometimes the log is folded into the file, and what is noted afterwards is kept too.
    assert found.startswith("s")
    assert SENT <= found.count("s") < 4 * SENT


def test_a_group_is_kept_at_once(sqlite: Database, tmp_path: Path) -> None:
    set_up(sqlite)
    with as_process(sqlite) as server:
        send(server, 3)
        with overheard(server, tmp_path) as calls, ThreadPoolExecutor(AT_ONCE) as visitors:
            list(visitors.map(lambda _: send(server, SENT // AT_ONCE), range(AT_ONCE)))
    found = marks(calls)
    assert found.count("a") == SENT
    assert found.startswith("s")
    longest = max(map(len, re.findall("a+", found)))
    assert longest <= AT_ONCE, "more answers than were waiting left with one sync"
