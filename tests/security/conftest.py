"""Security is tested on SQLite, but for what may hurt only one database."""

import pytest
from tests.browser.conftest import contexts  # noqa: F401
from tests.cast import Cast
from tests.channels.chromium import browser  # noqa: F401
from tests.databases import Database
from tests.security.world import World
from tests.serving import InThread

from frontdesk.base.clock import DAY
from frontdesk.people import sessions


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    found: Database = request.getfixturevalue(getattr(request, "param", "sqlite"))
    return found


@pytest.fixture
def world(server: InThread, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> World:
    # A long test is no visit of its own: what it refuses changes nothing, the hour of a session either.
    monkeypatch.setattr(sessions, "SEEN_EVERY", DAY)
    return World(server, cast)
