"""Migrations lead to what the rooms say, once, and never backwards."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from tests.databases import Cluster, Database

import frontdesk.know.tables
import frontdesk.notify.tables
import frontdesk.people.tables
import frontdesk.presence.tables
import frontdesk.search.tables
import frontdesk.suggest.tables
import frontdesk.talk.tables  # noqa: F401 - they fill the metadata
from frontdesk.base import schema, upgrade
from frontdesk.base.db import Engine
from frontdesk.base.errors import Conflict
from frontdesk.base.postgres import Postgres
from frontdesk.base.sqlite import Sqlite
from frontdesk.base.tables import metadata

# Where each database keeps the words of search; no table of a room.
_WORDS = ("search_terms", "search_entry_terms")


def test_migrations_and_rooms_say_the_same(database: Database) -> None:
    with database.engine().migrating().connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_object": lambda object, name, *_: not (name or "").startswith(_WORDS),
            },
        )
        assert compare_metadata(context, metadata) == []


def test_every_room_has_its_tables() -> None:
    assert {"fact", "job", "agent", "customer", "conversation", "message", "visit"} <= set(metadata.tables)


def test_preparing_again_changes_nothing(database: Database) -> None:
    engine = database.engine()
    with engine.migrating().begin() as connection:
        connection.execute(text("UPDATE log_head SET seq = 41"))
    before = revision_of(database.engine())
    schema.prepare(engine)
    schema.prepare(engine)
    assert revision_of(database.engine()) == before
    with engine.migrating().connect() as connection:
        assert connection.execute(text("SELECT id, seq FROM log_head")).all() == [(1, 41)]


def test_a_newer_desks_database_is_refused_in_clear_words(database: Database) -> None:
    with database.engine().migrating().begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9876'"))
    with pytest.raises(Conflict, match="A newer Frontdesk has written this database") as refused:
        schema.prepare(database.engine())
    assert "9876" in refused.value.message
    assert revision_of(database.engine()) == ["9876"]


def test_an_empty_file_becomes_a_desk(sqlite: Database) -> None:
    engine = Sqlite(sqlite.folder / "new.db")
    schema.prepare(engine)
    reader = engine.reader()
    assert reader.execute("SELECT seq FROM log_head").fetchall() == [(0,)]
    reader.close()


def test_a_migration_that_breaks_off_leaves_nothing(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed half-way and started again: the same as started once."""
    engine = Sqlite(sqlite.folder / "new.db")
    real = upgrade.command.upgrade

    def breaks_off(*arguments: object) -> None:
        real(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(upgrade.command, "upgrade", breaks_off)
    with pytest.raises(KeyboardInterrupt):
        schema.prepare(engine)
    monkeypatch.undo()
    left = sqlite3.connect(engine.path)
    assert left.execute("SELECT name FROM sqlite_master WHERE name = 'fact'").fetchall() == []
    left.close()
    schema.prepare(engine)
    assert revision_of(engine) == [schema.newest()]


def test_processes_that_start_together_migrate_once(cluster: Cluster) -> None:
    cluster.execute("CREATE DATABASE together")
    try:
        engine = Postgres(cluster.url("together"))
        with ThreadPoolExecutor(4) as several:
            for done in [several.submit(schema.prepare, engine) for _ in range(4)]:
                done.result()
        assert revision_of(engine) == [schema.newest()]
    finally:
        cluster.execute("DROP DATABASE together WITH (FORCE)")


def revision_of(engine: Engine) -> list[str]:
    with engine.migrating().connect() as connection:
        return [row[0] for row in connection.execute(text("SELECT version_num FROM alembic_version"))]
