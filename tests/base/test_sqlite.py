"""SQLite: durable on every connection, written by one alone."""

import sqlite3
import subprocess
import sys

import pytest
from tests.base import notes
from tests.databases import Database
from tests.serving import opened

from frontdesk.app import open_desk
from frontdesk.base.desk import Desk
from frontdesk.base.errors import Conflict
from frontdesk.base.sqlite import Sqlite


@pytest.fixture
def engine(sqlite: Database) -> Sqlite:
    engine = sqlite.engine()
    assert isinstance(engine, Sqlite)
    return engine


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


@pytest.mark.parametrize("kind", ["writer", "reader"])
def test_every_connection_is_durable_and_strict(engine: Sqlite, kind: str) -> None:
    connection: sqlite3.Connection = getattr(engine, kind)()
    assert pragma(connection, "synchronous") == 2
    assert pragma(connection, "foreign_keys") == 1
    assert pragma(connection, "journal_mode") == "wal" or kind == "reader"
    assert (pragma(connection, "query_only") == 1) is (kind == "reader")
    assert (pragma(connection, "wal_autocheckpoint") == 0) is (kind == "reader")
    connection.close()


def test_the_connections_in_use_are_those(sqlite: Database) -> None:
    desk = opened(sqlite)
    desk.write_now(lambda tx: None)
    assert desk.write_now(lambda tx: tx.cursor.execute("PRAGMA synchronous").fetchone()) == (2,)
    assert desk.read_now(lambda view: view.cursor.execute("PRAGMA synchronous").fetchone()) == (2,)
    desk.close()


def test_a_reader_can_change_nothing(engine: Sqlite) -> None:
    connection = engine.reader()
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM setting")
    connection.close()


def test_what_was_written_is_read_at_once_beside_the_writer(sqlite: Database) -> None:
    desk = opened(sqlite)
    with notes.writer_held(desk):
        assert desk.read_now(notes.kept) == {}
    desk.write_now(notes.keep, "one")
    assert desk.read_now(notes.kept) == {"one": ""}
    desk.close()


def test_a_view_stays_as_it_was(sqlite: Database) -> None:
    desk = opened(sqlite)

    def look_twice(view: object) -> tuple[dict[str, str], dict[str, str]]:
        first = notes.kept(view)  # type: ignore[arg-type]
        desk.write_now(notes.keep, "meanwhile")
        return first, notes.kept(view)  # type: ignore[arg-type]

    assert desk.read_now(look_twice) == ({}, {})
    desk.close()


def test_a_second_process_is_told_that_one_is_running(sqlite: Database) -> None:
    desk = open_desk(sqlite.settings())
    try:
        with pytest.raises(Conflict, match="running on this data folder"):
            open_desk(sqlite.settings())
        done = subprocess.run(
            [sys.executable, "-m", "frontdesk", "serve", "--data", str(sqlite.folder), "--port", "1"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert "running on this data folder already" in done.stderr
        assert "Traceback" not in done.stderr
    finally:
        desk.close()
    open_desk(sqlite.settings()).close()


def test_the_log_is_folded_into_the_file_when_the_desk_closes(sqlite: Database) -> None:
    desk: Desk = opened(sqlite)
    desk.write_now(notes.keep, "one")
    desk.read_now(notes.kept)
    desk.close()
    assert not (sqlite.folder / "frontdesk.db-wal").exists()
    assert sqlite3.connect(sqlite.folder / "frontdesk.db").execute("PRAGMA integrity_check").fetchall() == [
        ("ok",)
    ]
