"""What is said over HTTP does not depend on the database; what browsers do with it needs a real one."""

import pytest
from tests.browser.conftest import contexts  # noqa: F401
from tests.channels.chromium import browser  # noqa: F401
from tests.databases import Database


@pytest.fixture
def database(sqlite: Database) -> Database:
    return sqlite
