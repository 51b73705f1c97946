"""Bringing a database to the shape this version needs."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError

from frontdesk.base.db import Engine
from frontdesk.base.errors import Conflict


def prepare(engine: Engine, migrations: Path) -> None:
    """Create or upgrade. Refuses (Conflict) a database that a newer Frontdesk has written."""
    config = Config()
    config.set_main_option("script_location", str(migrations))
    scripts = ScriptDirectory.from_config(config)
    with engine.migrating().connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
        if found == scripts.get_current_head():
            return
        _refuse_newer(scripts, found)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


def _refuse_newer(scripts: ScriptDirectory, found: str | None) -> None:
    try:
        scripts.get_revisions(found or "base")
    except CommandError as error:
        raise Conflict(
            f"A newer Frontdesk has written this database (its schema is {found}). Install that version."
        ) from error
