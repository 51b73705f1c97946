"""A copy that is made while people write, as docs/running.md says, is a whole desk."""

import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.databases import Database
from tests.live.chatter import acknowledged, chatting, finish
from tests.live.test_crash import set_up
from tests.serving import as_process, opened
from tests.talk.counting import assert_adds_up, facts

ROOT = Path(__file__).resolve().parents[2]
COPIES, VISITORS = 5, 20


def documented(desk: Path, backup: Path) -> list[str]:
    """The command of the page, for these folders."""
    page = (ROOT / "docs/running.md").read_text()
    (code,) = re.findall(r'^python3 -c "(import sqlite3; .*)"$', page, re.MULTILINE)
    assert "/srv/frontdesk/" in code
    assert "/backup/" in code
    return [sys.executable, "-c", code.replace("/srv/frontdesk", str(desk)).replace("/backup", str(backup))]


def test_a_copy_made_under_load_holds_all_that_was_acknowledged(sqlite: Database, tmp_path: Path) -> None:
    set_up(sqlite)
    held: list[tuple[Path, set[str]]] = []
    meanwhile = 0
    with as_process(sqlite) as server:
        chatters = chatting(server.url, VISITORS, each_per_second=10)
        for number in range(COPIES):
            reached = acknowledged(chatters)
            wait_until_more(lambda: acknowledged(chatters), reached + 50)
            folder = tmp_path / f"copy {number}"
            folder.mkdir()
            known = {client_id for chatter in chatters for client_id, _ in list(chatter.acknowledged)}
            subprocess.run(documented(sqlite.folder, folder), check=True)
            meanwhile += acknowledged(chatters) - len(known)
            held.append((folder, known))
        assert meanwhile > 0, "nobody wrote while it was copied"
        everything = finish(chatters)
    for folder, known in held:
        assert_holds(folder, known)
    assert held[-1][1] <= everything.keys()
    with as_process(Database(held[-1][0])) as restored:
        (visitor,) = chatting(restored.url, 1, each_per_second=50)
        wait_until_more(lambda: acknowledged([visitor]), 3)
        finish([visitor])


def wait_until_more(count: Callable[[], int], wanted: int) -> None:
    ends = time.monotonic() + 60
    while count() < wanted:
        assert time.monotonic() < ends
        time.sleep(0.02)


def assert_holds(folder: Path, known: set[str]) -> None:
    copy = sqlite3.connect(folder / "frontdesk.db")
    assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert copy.execute("PRAGMA foreign_key_check").fetchall() == []
    there = {row[0] for row in copy.execute("SELECT client_id FROM message")}
    copy.close()
    assert known <= there
    restored = Database(folder)
    desk = opened(restored)
    log = facts(desk)
    assert [fact.seq for fact in log] == list(range(1, len(log) + 1))
    assert_adds_up(desk)
    desk.close()
