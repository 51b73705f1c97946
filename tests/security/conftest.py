"""Security is tested on SQLite, but for what may hurt only one database."""

import pytest
from tests.browser.conftest import contexts  # noqa: F401
from tests.cast import Cast
from tests.channels.chromium import browser  # noqa: F401
from tests.databases import Database
from tests.security.world import World
from tests.serving import InThread


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    found: Database = request.getfixturevalue(getattr(request, "param", "sqlite"))
    return found


@pytest.fixture
def world(server: InThread, cast: Cast) -> World:
    return World(server, cast)
