"""`frontdesk learn …`: here and now, with a line that says how far it is."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.databases import Database
from tests.know.shop import bare
from tests.know.web import Web, serving
from tests.serving import opened

from frontdesk import cli
from frontdesk.base.desk import Desk
from frontdesk.base.tables import job
from frontdesk.know import read
from frontdesk.people.model import SYSTEM


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as one:
        one.page("/", bare("Home", '<p>Welcome to our shop in Malmö.</p><a href="/b">b</a>'))
        one.page("/b", bare("Burrs", "<p>They last about four years of daily use.</p>"))
        yield one


@dataclass
class Done:
    code: int
    out: str
    error: str


Learn = Callable[..., Done]


@pytest.fixture
def learn(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Learn:
    def run(database: Database, *words: str, private: str = "127.0.0.1") -> Done:
        monkeypatch.setenv("FRONTDESK_CRAWL_PRIVATE", private)
        place = ["--data", str(database.folder)]
        if database.url:
            place += ["--database-url", database.url]
        mask = os.umask(0o077)
        code, said = 0, ""
        try:
            cli.main(["learn", *words, *place])
        except SystemExit as end:
            code, said = (end.code, "") if isinstance(end.code, int) else (1, str(end.code))
        finally:
            os.umask(mask)
        told = capsys.readouterr()
        return Done(code, told.out, said + told.err)

    return run


def jobs_left(desk: Desk) -> list[str]:
    return [
        row[0] for row in desk.read_now(lambda view: view.all(job.select())) if row[1].startswith("read_")
    ]


def test_a_website_and_files_are_learnt_here_and_now(
    learn: Learn, database: Database, web: Web, tmp_path: Path
) -> None:
    done = learn(database, "website", web.url)
    host = web.url.removeprefix("http://")
    assert (done.code, done.error) == (0, "")
    assert done.out == f"{host}: 2 passages from 2 pages: 2 read, 0 unchanged, 0 skipped, 0 failed\n"
    done = learn(database, "website", web.url)
    assert "0 read, 2 unchanged" in done.out
    good, bad = tmp_path / "terms.md", tmp_path / "broken.pdf"
    good.write_text("# Terms\n\nWe deliver within three days.\n")
    bad.write_bytes(b"%PDF-1.4\nbroken")
    done = learn(database, "file", str(good), str(bad))
    assert done.code == 1
    assert done.out.splitlines() == [
        "terms.md: 1 passages from 1 pages: 1 read, 0 unchanged, 0 skipped, 0 failed",
        "broken.pdf: is broken. 0 passages from 1 pages: 0 read, 0 unchanged, 0 skipped, 1 failed",
    ]
    status = learn(database, "status").out.splitlines()
    assert [line.partition(":")[0] for line in status] == [
        host.partition(":")[0], "Past conversations", "Approved answers", "terms.md", "broken.pdf",
    ]  # fmt: skip
    assert "2 passages, read, read 20" in status[0]
    assert status[-1] == "broken.pdf: 0 passages, failed: is broken"
    desk = opened(database)
    assert len(desk.read_now(read.all_sources, SYSTEM)) == 5
    assert jobs_left(desk) == []
    desk.close()


@pytest.mark.parametrize(
    ("words", "private", "said"),
    [
        (("website", "what is this"), "", "frontdesk: This is not a website's address."),
        (("file", "/nowhere.pdf"), "", "frontdesk: There is no file /nowhere.pdf."),
        (("status",), "nowhere", "frontdesk: FRONTDESK_CRAWL_PRIVATE: 'nowhere' does not appear"),
    ],
)
def test_what_is_wrong_is_said_in_words(
    learn: Learn, sqlite: Database, words: tuple[str, ...], private: str, said: str
) -> None:
    done = learn(sqlite, *words, private=private)
    assert done.code == 1
    assert done.error.startswith(said)
    assert "Traceback" not in done.error


def test_this_machine_is_not_read_unless_somebody_says_so(learn: Learn, sqlite: Database, web: Web) -> None:
    done = learn(sqlite, "website", web.url, private="")
    assert done.code == 1
    assert "is at an address that is not public." in done.out
    assert not web.hits
