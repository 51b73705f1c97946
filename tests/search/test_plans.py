"""A word that stands everywhere costs as much as its first hits: nothing is read to be sorted."""

import pytest
from tests.databases import Database

from frontdesk.base.db import Reading
from frontdesk.base.desk import Desk
from frontdesk.base.sql import Prepared
from frontdesk.search import statements, within

WALKED = {
    "messages": statements.MESSAGES,
    "files": statements.FILES,
    "notes": statements.NOTES,
    "answers": statements.ANSWERS,
    "customers": statements.CUSTOMERS,
    "companies": statements.COMPANIES,
    "one history": within._INDEXED,
}


@pytest.fixture
def database(sqlite: Database) -> Database:
    return sqlite


@pytest.mark.parametrize("walked", WALKED.values(), ids=WALKED)
def test_the_index_gives_hits_in_their_order(desk: Desk, walked: Prepared) -> None:
    def plan(view: Reading) -> list[str]:
        found = walked.of(view.dialect)
        view.cursor.execute(f"EXPLAIN QUERY PLAN {found.text}", [None] * len(found.places or ()))
        return [step[-1] for step in view.cursor.fetchall()]

    steps = desk.read_now(plan)
    assert "VIRTUAL TABLE" in steps[0]
    assert not [step for step in steps if "TEMP B-TREE" in step]
