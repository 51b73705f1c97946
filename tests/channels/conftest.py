"""What is said over HTTP does not depend on the database."""

import pytest
from tests.databases import Database


@pytest.fixture
def database(sqlite: Database) -> Database:
    return sqlite
