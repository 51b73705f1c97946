"""What tests stand on: a desk on either database, a clock that can be set, and the real server."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from tests import databases, serving
from tests.cast import Cast, play
from tests.databases import Cluster, Database
from tests.serving import InThread

from frontdesk.base import clock as real_clock
from frontdesk.base.db import Engine
from frontdesk.base.desk import Desk

_SHARED = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """One folder for all workers of a run; the PostgreSQL server and the migrated file are in it."""
    # No desk of a test fetches anything by itself.
    os.environ["FRONTDESK_PLACES_REGISTRY"] = "off"
    given = getattr(config, "workerinput", None)
    if given is None:
        shared = Path(tempfile.mkdtemp(prefix="frontdesk-tests-"))
        shared.chmod(0o755)
        config.stash[_SHARED] = shared
    else:
        config.stash[_SHARED] = Path(given["shared"])


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["shared"] = str(node.config.stash[_SHARED])


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and _SHARED in config.stash:
        databases.stop_shared_cluster(config.stash[_SHARED])
        shutil.rmtree(config.stash[_SHARED], ignore_errors=True)


@pytest.fixture(scope="session")
def shared(pytestconfig: pytest.Config) -> Path:
    return pytestconfig.stash[_SHARED]


@pytest.fixture(scope="session")
def cluster(shared: Path) -> Cluster:
    """The PostgreSQL server of this run. Never stop it; a test that needs to makes one of its own."""
    return databases.shared_cluster(shared)


@pytest.fixture
def sqlite(shared: Path, tmp_path: Path) -> Database:
    shutil.copyfile(databases.migrated_file(shared), tmp_path / "frontdesk.db")
    return Database(tmp_path)


@pytest.fixture
def postgres(cluster: Cluster, tmp_path: Path) -> Iterator[Database]:
    with cluster.database(tmp_path) as database:
        yield database


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """Migrated and empty; a test that asks for it runs on both."""
    found: Database = request.getfixturevalue("sqlite" if request.param == "sqlite" else "postgres")
    return found


@pytest.fixture
def engine(database: Database) -> Engine:
    return database.engine()


@pytest.fixture
def open_desk(database: Database) -> Iterator[Callable[[], Desk]]:
    """Opens the desk as one more process would; on SQLite only after the one before was closed."""
    with ExitStack() as opened:

        def open_one() -> Desk:
            desk = serving.opened(database)
            opened.callback(desk.close)
            return desk

        yield open_one


@pytest.fixture
def desk(open_desk: Callable[[], Desk]) -> Desk:
    return open_desk()


@pytest.fixture
def cast(desk: Desk) -> Cast:
    return play(desk)


@pytest.fixture
def server(database: Database, desk: Desk, cast: Cast) -> Iterator[InThread]:
    """The whole app on a free port, set up by the cast. `server.agent(cast.maja)` is her browser."""
    with serving.in_thread(desk, database.settings(port=serving.free_port())) as one:
        yield one


class Clock:
    """Stands still until it is told to go on."""

    def __init__(self, at: int) -> None:
        self.at = at
        self._ahead = 0

    def time_ns(self) -> int:
        return self.at * 1_000_000

    def monotonic_ns(self) -> int:
        return (self.at - self._ahead) * 1_000_000

    def jumps(self, *, hours: float) -> None:
        """Somebody sets it: no time passes."""
        self.at += round(1000 * 3600 * hours)
        self._ahead += round(1000 * 3600 * hours)

    def passes(self, *, seconds: float = 0, minutes: float = 0, hours: float = 0, days: float = 0) -> None:
        self.at += round(1000 * (seconds + 60 * (minutes + 60 * (hours + 24 * days))))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Our clock, from now on set by hand; that of the event loop goes on."""
    hand = Clock(real_clock.now_ms())
    monkeypatch.setattr(real_clock, "time", hand)
    return hand
