"""The command line beside a desk that is open: on SQLite it hands over what it wants written."""

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.cast import play
from tests.databases import Database, migrated_file
from tests.know.shop import bare
from tests.know.test_imports import raw, written
from tests.know.web import Web, serving
from tests.serving import Process, as_process, opened

from frontdesk.errands import Errand, Teller
from frontdesk.handover import SOCKET, hand_over, is_open

_PATIENCE = 60
_NOBODY = Teller(lambda *_: None, lambda _: None)


@pytest.fixture(scope="module", autouse=True)
def private() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRONTDESK_CRAWL_PRIVATE", "127.0.0.1")
        yield


@pytest.fixture(scope="module")
def standing(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """One desk for all tests that leave it running."""
    folder = tmp_path_factory.mktemp("standing")
    shutil.copyfile(migrated_file(shared), folder / "frontdesk.db")
    with as_process(furnished(Database(folder))) as process:
        yield process


@pytest.fixture
def running(sqlite: Database) -> Iterator[Process]:
    """One that may be stopped."""
    with as_process(furnished(sqlite)) as process:
        yield process


def furnished(database: Database) -> Database:
    desk = opened(database)
    play(desk)
    desk.close()
    return database


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as one:
        one.page("/", bare("Home", '<p>Welcome to our shop in Malmö.</p><a href="/b">b</a>'))
        one.page("/b", bare("Burrs", "<p>They last about four years of daily use.</p>"))
        yield one


def begun(folder: Path, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "frontdesk", *words, "--data", str(folder)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def asked(folder: Path, *words: str, said: str = "") -> tuple[int, str, str]:
    process = begun(folder, *words)
    out, error = process.communicate(said, timeout=_PATIENCE)
    return process.returncode, out, error


def many(path: Path, count: int) -> Path:
    answer = "The delivery number {} to Norway takes three to five working days, and you can follow it."
    return written(path, *(raw(str(number), answer.format(number)) for number in range(count)))


def eventually(true: Callable[[], bool]) -> None:
    ends = time.monotonic() + _PATIENCE
    while not true():
        assert time.monotonic() < ends, "it did not become true"
        time.sleep(0.02)


def test_an_agent_is_added_and_signs_in_at_once(standing: Process) -> None:
    folder = standing.database.folder
    words = ["agent", "add", "nils@shop.example", "--name", "Nils Ek", "--role", "admin", "--password-stdin"]
    done = asked(folder, *words, said="correct horse battery\n")
    assert done == (0, "Nils Ek can sign in now, as admin.\n", "")
    body = {"email": "nils@shop.example", "password": "correct horse battery"}
    assert standing.client().post("/api/sign-in", json=body).is_success
    code, out, error = asked(folder, *words, said="correct horse battery\n")
    assert (code, out) == (1, "")
    assert error.startswith("frontdesk: There is an agent with this e-mail already.\n  email: Already")


def test_websites_and_files_are_read_by_the_desk(standing: Process, web: Web, tmp_path: Path) -> None:
    folder = standing.database.folder
    host = web.url.removeprefix("http://")
    done = asked(folder, "learn", "website", web.url)
    assert done == (0, f"{host}: 2 passages from 2 pages: 2 read, 0 unchanged, 0 skipped, 0 failed\n", "")
    good, bad = tmp_path / "terms.md", tmp_path / "broken.pdf"
    good.write_text("# Terms\n\nWe deliver within three days.\n")
    bad.write_bytes(b"%PDF-1.4\nbroken")
    code, out, _ = asked(folder, "learn", "file", str(good), str(bad))
    assert code == 1
    assert out.splitlines() == [
        "terms.md: 1 passages from 1 pages: 1 read, 0 unchanged, 0 skipped, 0 failed",
        "broken.pdf: is broken. 0 passages from 1 pages: 0 read, 0 unchanged, 0 skipped, 1 failed",
    ]
    code, out, _ = asked(folder, "learn", "status")
    assert code == 0
    assert "terms.md: 1 passages, read" in out


def test_conversations_are_imported_once(standing: Process, tmp_path: Path) -> None:
    folder = standing.database.folder
    path = written(tmp_path / "old.jsonl", raw("1"), raw("2"), "nonsense")
    assert asked(folder, "import", "conversations", str(path)) == (
        1,
        "Conversations: 2 new, 0 changed, 0 as they were; 1 lines skipped.\n"
        "Learnt from 2 imported conversations.\n",
        "line 3: is not JSON\n",
    )
    _, out, _ = asked(folder, "import", "conversations", str(path))
    assert out.startswith("Conversations: 0 new, 0 changed, 2 as they were; 1 lines skipped.\n")


def test_only_the_desks_own_account_may_ask(standing: Process) -> None:
    mode = (standing.database.folder / SOCKET).stat().st_mode
    assert stat.S_ISSOCK(mode)
    assert stat.S_IMODE(mode) == 0o600


def test_after_a_kill_the_socket_is_nobodys(running: Process, tmp_path: Path) -> None:
    folder = running.database.folder
    running.kill()
    assert (folder / SOCKET).exists()
    assert not is_open(folder)
    path = written(tmp_path / "old.jsonl", raw("1"))
    code, out, _ = asked(folder, "import", "conversations", str(path))
    assert (code, out.splitlines()[0]) == (0, "Conversations: 1 new, 0 changed, 0 as they were.")
    running.start()
    assert is_open(folder)
    code, out, _ = asked(folder, "import", "conversations", str(path))
    assert (code, out.splitlines()[0]) == (0, "Conversations: 0 new, 0 changed, 1 as they were.")
    assert running.stop() in (0, -15)
    assert not (folder / SOCKET).exists()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_desk_that_stops_breaks_off_and_says_so(
    running: Process, tmp_path: Path, how: signal.Signals
) -> None:
    folder = running.database.folder
    path = many(tmp_path / "old.jsonl", 20_000)
    process = begun(folder, "import", "conversations", str(path))
    eventually(lambda: imported(running.database) > 0)
    assert running.running is not None
    running.running.send_signal(how)
    begun_at = time.monotonic()
    running.running.wait(_PATIENCE)
    assert time.monotonic() - begun_at < 10
    out, error = process.communicate(timeout=_PATIENCE)
    assert (process.returncode, out) == (1, "")
    assert error == "frontdesk: The desk was stopped before this was done. Give the command again.\n"
    assert 0 < imported(running.database) < 20_000
    assert "Traceback" not in running.log()


def test_who_stops_waiting_stops_an_import_and_nothing_else(standing: Process, tmp_path: Path) -> None:
    process = begun(
        standing.database.folder, "import", "conversations", str(many(tmp_path / "old.jsonl", 20_000))
    )
    eventually(lambda: imported(standing.database) > 300)
    process.send_signal(signal.SIGINT)
    assert process.wait(_PATIENCE) == 130
    process.communicate()
    time.sleep(1)
    reached = imported(standing.database)
    time.sleep(0.5)
    assert imported(standing.database) == reached < 20_000
    assert standing.is_up()


def test_a_website_is_read_to_its_end_though_nobody_waits(running: Process, web: Web) -> None:
    for number in range(30):
        web.page(
            f"/{number}", bare(f"Page {number}", f'<p>Number {number}.</p><a href="/{number + 1}">on</a>')
        )
    process = begun(running.database.folder, "learn", "website", f"{web.url}/0")
    eventually(lambda: bool(web.hits))
    process.send_signal(signal.SIGINT)
    assert process.wait(_PATIENCE) == 130
    process.communicate()
    eventually(lambda: "read" in states(running.database))


def imported(database: Database) -> int:
    with database.engine().reader() as connection:
        return int(connection.execute("SELECT count(*) FROM imported").fetchone()[0])


def states(database: Database) -> list[str]:
    with database.engine().reader() as connection:
        return [row[0] for row in connection.execute("SELECT state FROM source WHERE kind = 'website'")]


def test_nonsense_is_refused_and_the_desk_goes_on(standing: Process) -> None:
    folder = standing.database.folder
    lines = [
        b"\n",
        b"{}\n",
        b"[]\n",
        b"not json\n",
        b'{"errand": "fly", "words": {}}\n',
        b'{"errand": "agent add", "words": {"unheard": "of"}}\n',
        b'{"errand": "agent add", "words": 7}\n',
        b'{"errand": "import conversations", "words": {}}\n',
        b"x" * 70_000,
    ]
    for line in lines:
        with socket.socket(socket.AF_UNIX) as asking:
            asking.connect(str(folder / SOCKET))
            asking.sendall(line)
            said = json.loads(asking.makefile("rb").readline())
        assert said["error"] in ("error", "invalid"), line
        assert "Traceback" not in said["message"]
    assert standing.is_up()
    assert is_open(folder)


def test_a_folder_far_down_is_reached(sqlite: Database) -> None:
    deep = sqlite.folder / ("a" * 60) / ("b" * 60)
    deep.mkdir(parents=True)
    os.rename(sqlite.folder / "frontdesk.db", deep / "frontdesk.db")
    with as_process(furnished(Database(deep))):
        errand = Errand(
            "agent add", {"email": "a@b.example", "name": "Ada", "role": "agent", "password": None}
        )
        assert hand_over(deep, errand, _NOBODY)


def test_on_postgresql_nobody_takes_errands(postgres: Database, tmp_path: Path) -> None:
    with as_process(furnished(postgres)):
        assert not (postgres.folder / SOCKET).exists()
        path = written(tmp_path / "old.jsonl", raw("1"))
        code, out, _ = asked(
            postgres.folder, "import", "conversations", str(path), "--database-url", str(postgres.url)
        )
        assert (code, out.splitlines()[0]) == (0, "Conversations: 1 new, 0 changed, 0 as they were.")
