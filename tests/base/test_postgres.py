"""PostgreSQL: durable, away and back again, and wires between processes."""

import asyncio
import contextlib
import time

import psycopg
import pytest
from tests.base import notes
from tests.databases import Cluster, Database
from tests.serving import eventually, opened

from frontdesk.base.desk import Desk
from frontdesk.base.errors import Away
from frontdesk.base.postgres import Postgres, Wire


@pytest.fixture
def desk(postgres: Database) -> object:
    desk = opened(postgres)
    yield desk
    desk.close()


def setting(connection: psycopg.Connection, name: str) -> str:
    row = connection.execute(f"SHOW {name}").fetchone()
    return str(row[0]) if row else ""


@pytest.mark.parametrize("kind", ["writer", "reader"])
def test_every_connection_waits_for_the_disk_but_not_for_ever(postgres: Database, kind: str) -> None:
    with getattr(postgres.engine(), kind)() as connection:
        assert setting(connection, "synchronous_commit") == "on"
        assert setting(connection, "statement_timeout") == "30s"
        assert setting(connection, "idle_in_transaction_session_timeout") == "1min"


def test_a_view_can_change_nothing_and_stays_as_it_was(desk: Desk) -> None:
    def look_twice(view: object) -> tuple[dict[str, str], dict[str, str]]:
        first = notes.kept(view)  # type: ignore[arg-type]
        desk.write_now(notes.keep, "meanwhile")
        return first, notes.kept(view)  # type: ignore[arg-type]

    assert desk.read_now(look_twice) == ({}, {})
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        desk.read_now(lambda view: view.cursor.execute("DELETE FROM setting"))


def cut(cluster: Cluster, database: Database) -> None:
    """Every connection to this database ends, as when a proxy in between restarts."""
    name = (database.url or "").split("/")[3].split("?")[0]
    cluster.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


def test_a_connection_that_was_cut_is_made_anew(desk: Desk, cluster: Cluster, postgres: Database) -> None:
    desk.write_now(notes.keep, "before")
    assert desk.read_now(notes.kept) == {"before": ""}
    cut(cluster, postgres)
    assert desk.read_now(notes.kept) == {"before": ""}
    with pytest.raises(Away):
        desk.write_now(notes.keep, "refused, and not done")
    desk.write_now(notes.keep, "after")
    assert list(desk.read_now(notes.kept)) == ["after", "before"]


def test_a_database_that_is_away_says_so() -> None:
    desk = Desk(Postgres("postgresql://postgres@/nowhere?host=/nonexistent"))
    with pytest.raises(Away):
        desk.read_now(notes.kept)
    with pytest.raises(Away):
        desk.write_now(notes.keep, "one")
    desk.close()


def test_a_process_that_hangs_in_a_transaction_is_not_waited_for_for_ever(
    postgres: Database, desk: Desk
) -> None:
    desk.write_now(notes.keep, "before")
    hanging = postgres.engine().writer()
    with contextlib.closing(hanging):
        hanging.execute("SET idle_in_transaction_session_timeout = '500ms'")
        hanging.execute("BEGIN; SELECT seq FROM log_head FOR UPDATE")
        begun = time.monotonic()
        desk.write_now(notes.keep, "one")
        assert 0.1 < time.monotonic() - begun < 30
        with pytest.raises(psycopg.Error):
            hanging.execute("COMMIT")


async def test_wires_carry_whispers_and_wake_ups(postgres: Database, desk: Desk) -> None:
    heard: list[dict[str, object]] = []
    woken: list[float] = []
    here = Wire(postgres.url or "", lambda: None, lambda _: None)
    there = Wire(postgres.url or "", lambda: woken.append(time.monotonic()), heard.append)
    try:
        await asyncio.sleep(0.2)
        here.whisper({"text": "Ines is typing å✓", "deep": {"on": True}})
        await eventually(lambda: len(heard) == 1)
        assert heard == [{"text": "Ines is typing å✓", "deep": {"on": True}}]
        woken.clear()
        await desk.write(notes.keep, "one")
        written = time.monotonic()
        await eventually(lambda: bool(woken))
        assert woken[0] - written < 0.5
    finally:
        await asyncio.to_thread(here.stop)
        await asyncio.to_thread(there.stop)


async def test_a_wire_that_was_cut_is_laid_anew(cluster: Cluster, postgres: Database) -> None:
    heard: list[dict[str, object]] = []
    wire = Wire(postgres.url or "", lambda: None, heard.append)
    try:
        await asyncio.sleep(0.2)
        cut(cluster, postgres)
        await eventually(lambda: _whispers(wire, heard), 10)
        assert any(one == {"again": 1} for one in heard)
    finally:
        await asyncio.to_thread(wire.stop)


def _whispers(wire: Wire, heard: list[dict[str, object]]) -> bool:
    wire.whisper({"again": 1})
    time.sleep(0.1)
    return bool(heard)
