"""Whether a database has the shape that this version needs. Almost always it has."""

from pathlib import Path

from frontdesk.base.db import Engine
from frontdesk.base.first_use import OnFirstUse

upgrade = OnFirstUse("frontdesk.base.upgrade")

MIGRATIONS = Path(__file__).parent / "migrations"
_REVISION = "SELECT version_num FROM alembic_version"


def prepare(engine: Engine) -> None:
    """Create or upgrade. Refuses (Conflict) a database that a newer Frontdesk has written."""
    if _found(engine) != newest():
        upgrade.prepare(engine, MIGRATIONS)


def newest() -> str:
    """The last migration's number; each is named after it."""
    return max(path.name for path in (MIGRATIONS / "versions").glob("0*.py")).partition("_")[0]


def _found(engine: Engine) -> str | None:
    """None also where it cannot be read: whoever upgrades meets the same trouble, and says which."""
    try:
        connection = engine.reader()
        try:
            row = connection.execute(_REVISION).fetchone()
        finally:
            connection.close()
    except Exception:
        return None
    return None if row is None else str(row[0])
