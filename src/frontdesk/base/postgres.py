"""PostgreSQL: for a company that outgrew one machine. Several processes share one log."""

import queue
import threading
from collections.abc import Callable, Sequence

import orjson
import psycopg
import sqlalchemy

from frontdesk.base.db import Cursor

_WOKEN = "frontdesk_log"
_WHISPER = "frontdesk_whisper"
_TELL = f"SELECT pg_notify('{_WHISPER}', %(payload)s)"
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(7236)"
_TIMEOUTS = "-c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000 -c synchronous_commit=on"


# Where a customer's own words stand.
_SCRUBBED = (
    "fact", "command", "job", "customer", "own_value", "profile_change", "merge", "identity", "conversation",
    "message", "happening", "attachment", "note", "thread", "wording", "notice", "visit", "browser", "invite",
    "search_entry", "passage", "vector", "answer", "imported", "exchange", "identifier", "question",
    "suggestion", "learnt",
)  # fmt: skip


class Postgres:
    dialect = "postgresql"
    # Processes write one after another: what a verb has read stays true until its group commits, and
    # no two can wait for each other.
    begin: tuple[str, ...] = ("BEGIN", "SELECT seq FROM log_head FOR UPDATE")

    def __init__(self, url: str) -> None:
        self._url = url

    def claim(self) -> None:
        """Several processes may write: the log's row keeps them in order."""

    def release(self) -> None:
        pass

    def writer(self) -> psycopg.Connection:
        return psycopg.connect(self._url, autocommit=True, options=_TIMEOUTS, connect_timeout=5)

    def reader(self) -> psycopg.Connection:
        return psycopg.connect(self._url, autocommit=True, options=_TIMEOUTS, connect_timeout=5)

    def begin_read(self) -> str:
        return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

    def scrub(self, _: psycopg.Connection, __: Sequence[str]) -> None:
        """Dead rows are given back. Their bytes may stay in free space until it is used, and in what the
        server archives or replicates: docs/privacy.md says what is not promised.
        """
        timeout = "-c statement_timeout=0"
        with psycopg.connect(self._url, autocommit=True, options=timeout, connect_timeout=5) as connection:
            for table in _SCRUBBED:
                connection.execute(f"VACUUM {table}")

    def announce(self, cursor: Cursor, seq: int) -> None:
        cursor.execute(f"NOTIFY {_WOKEN}, '{int(seq)}'")

    def must_retry(self, error: Exception) -> bool:
        return isinstance(
            error,
            psycopg.errors.UniqueViolation
            | psycopg.errors.DeadlockDetected
            | psycopg.errors.SerializationFailure,
        )

    def is_away(self, error: Exception) -> bool:
        return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError) and not self.is_full(
            error
        )

    def is_full(self, error: Exception) -> bool:
        return isinstance(error, psycopg.errors.DiskFull)

    def migrating(self) -> sqlalchemy.Engine:
        engine = sqlalchemy.create_engine(
            "postgresql+psycopg://",
            creator=lambda: psycopg.connect(self._url, connect_timeout=5),
            poolclass=sqlalchemy.NullPool,
        )
        # Of processes that start together, one migrates and the others find it done.
        sqlalchemy.event.listen(engine, "begin", lambda one: one.exec_driver_sql(_ONE_AT_A_TIME))
        return engine


class Wire:
    """What processes tell each other: "the log has grown", and whispers.

    A wake-up may be lost, the log may not: `woken` is also called every second without any.
    Both callbacks run on the wire's own thread.
    """

    def __init__(
        self, url: str, woken: Callable[[], None], whispered: Callable[[dict[str, object]], None]
    ) -> None:
        self._url = url
        self._woken = woken
        self._whispered = whispered
        self._leaving: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._lasting, args=(work,), name=f"frontdesk-{name}", daemon=True)
            for name, work in (("listener", self._listen), ("whisperer", self._speak))
        ]
        for thread in self._threads:
            thread.start()

    def whisper(self, told: dict[str, object]) -> None:
        """Tell the other processes something that nobody will remember."""
        self._leaving.put(orjson.dumps(told))

    def stop(self) -> None:
        self._stopping.set()
        self._leaving.put(None)
        for thread in self._threads:
            thread.join(timeout=5)

    def _lasting(self, work: Callable[[psycopg.Connection], None]) -> None:
        while not self._stopping.is_set():
            try:
                with psycopg.connect(self._url, autocommit=True, connect_timeout=5) as connection:
                    work(connection)
            except psycopg.Error:
                self._stopping.wait(1)

    def _listen(self, connection: psycopg.Connection) -> None:
        connection.execute(f"LISTEN {_WOKEN}")
        connection.execute(f"LISTEN {_WHISPER}")
        while not self._stopping.is_set():
            for notice in connection.notifies(timeout=1, stop_after=1):
                if notice.channel == _WHISPER:
                    self._whispered(orjson.loads(notice.payload))
            self._woken()

    def _speak(self, connection: psycopg.Connection) -> None:
        while (payload := self._leaving.get()) is not None:
            connection.execute(_TELL, {"payload": payload.decode()})
