"""SQLite: a file in the data folder. One connection writes and checkpoints, all others only read."""

import fcntl
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import sqlalchemy

from frontdesk.base.db import Cursor
from frontdesk.base.errors import Conflict, Taken

# SQLite before 3.51.3 can corrupt the write-ahead log when two connections write or checkpoint at
# the same moment; a reader must therefore never do either, not even when it closes.
_COMMON = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=5000",
    "PRAGMA temp_store=MEMORY",
)
_WRITER = ("PRAGMA journal_mode=WAL", "PRAGMA wal_autocheckpoint=2000", "PRAGMA secure_delete=ON", *_COMMON)
_READER = (*_COMMON, "PRAGMA query_only=ON", "PRAGMA wal_autocheckpoint=0", "PRAGMA cache_size=-8000")


class Sqlite:
    dialect = "sqlite"
    begin: tuple[str, ...] = ("BEGIN IMMEDIATE",)

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: IO[str] | None = None

    def claim(self) -> None:
        """One process writes, or the file may be damaged. The lock ends with the process, however it ends."""
        lock = self.path.with_suffix(".lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.close()
            raise Taken("Frontdesk is running on this data folder already. Stop it first.") from error
        self._lock = lock
        # Later the switch to the write-ahead log would have to wait for whoever reads.
        self.writer().close()

    def release(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def writer(self) -> sqlite3.Connection:
        return self._open(_WRITER)

    def reader(self) -> sqlite3.Connection:
        return self._open(_READER)

    def _open(self, pragmas: tuple[str, ...]) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, isolation_level=None, check_same_thread=False, cached_statements=512
        )
        for pragma in pragmas:
            connection.execute(pragma)
        return connection

    def scrub(self, connection: sqlite3.Connection, first: Sequence[str]) -> None:
        """Writes the whole file anew: deleted rows are overwritten at once (`secure_delete`), but pages that
        were split keep copies of what stood in them. Needs as much room again as the database takes.
        """
        for statement in first:
            connection.execute(statement)
        # In memory it would take as much of that.
        connection.execute("PRAGMA temp_store=FILE")
        try:
            connection.execute("VACUUM")
        finally:
            connection.execute("PRAGMA temp_store=MEMORY")
        (is_busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if is_busy:
            raise Conflict("Somebody reads what is to be cleaned. It is tried again.")

    def begin_read(self) -> str:
        return "BEGIN"

    def announce(self, cursor: Cursor, seq: int) -> None:
        """Nobody else has this file open."""

    def must_retry(self, error: Exception) -> bool:
        return isinstance(error, sqlite3.IntegrityError)

    def is_away(self, error: Exception) -> bool:
        return isinstance(error, sqlite3.OperationalError) and not self.is_full(error)

    def is_full(self, error: Exception) -> bool:
        return isinstance(error, sqlite3.OperationalError) and "full" in str(error)

    def migrating(self) -> sqlalchemy.Engine:
        engine = sqlalchemy.create_engine(f"sqlite:///{self.path}", poolclass=sqlalchemy.NullPool)
        # Left to itself, Python commits each change of a table alone: killed half-way, half would stay.
        sqlalchemy.event.listen(engine, "connect", lambda raw, _: setattr(raw, "isolation_level", None))
        sqlalchemy.event.listen(engine, "begin", lambda one: one.exec_driver_sql("BEGIN IMMEDIATE"))
        return engine
