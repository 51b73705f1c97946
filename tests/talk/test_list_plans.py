"""Every list is read along an index, on both databases: nothing is sorted, whatever narrows it."""

import re
from itertools import product
from typing import Any

import pytest
from tests.cast import Cast
from tests.databases import Database

from frontdesk.base.db import Reading
from frontdesk.base.desk import Desk
from frontdesk.talk import lists
from frontdesk.talk.lists import Filters

MANY = 20_000
HALF = "0" * 25 + "a"
PLACES = ("mine", "unassigned", "mentions", "starred", "snoozed", "all")
FILTERS = (
    Filters(),
    Filters(team=HALF),
    Filters(label=HALF),
    Filters(channel="messenger"),
    Filters(channel="widget"),
    Filters(team=HALF, label=HALF, channel="messenger"),
)
INDEXES = (
    "conversation_place", "conversation_team", "conversation_channel", "conversation_snoozed", "mention_open",
    "listing_place", "listing_whole",
)  # fmt: skip

_CUSTOMER = """INSERT INTO customer (id, word, proven, created_at, seen_at)
    VALUES ('{id}', 'Maple', 0, 0, 0)"""
_CONVERSATIONS = """INSERT INTO conversation (id, customer_id, channel, owner_id, closed, started_at, last_at,
    last_position, asked_position, customer_saw, team_saw, customer_unread, team_id, snoozed_until)
    {counting}
    SELECT {text_n}, '{id}', CASE WHEN n % 7 = 0 THEN 'messenger' ELSE 'widget' END,
    CASE WHEN n % 3 = 0 THEN '{agent}' END, CASE WHEN n % 5 = 0 THEN 1 ELSE 0 END, 0, n * 7919 % 10007, 0, 0,
    0, 0, 0, CASE WHEN n % 4 = 0 THEN '{id}' END, CASE WHEN n % 30 = 3 THEN n END FROM counted"""
_LISTING = """INSERT INTO listing (conversation_id, list, owner_id, closed, last_at)
    SELECT id, '{list}', owner_id, closed, last_at FROM conversation WHERE id < '{below}'"""
_NOTES = """INSERT INTO note (id, conversation_id, position, at, agent_id, text, answers)
    SELECT id, id, 0, last_at, '{agent}', 'x', 0 FROM conversation WHERE id < '{below}'"""
_MENTIONS = """INSERT INTO mention (of_id, agent_id, conversation_id, note_id, at)
    SELECT id, '{agent}', id, id, at FROM note"""


def fill(desk: Desk, agent: str) -> None:
    counting = "WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {})"
    if desk.engine.dialect == "sqlite":
        text_n, counting = "printf('%026d', n)", counting.format(MANY)
    else:
        text_n, counting = "lpad(n::text, 26, '0')", counting.format(MANY)
    given = {"id": HALF, "agent": agent, "counting": counting, "text_n": text_n, "below": f"{MANY // 2:026d}"}
    lists_ = [_LISTING.replace("{list}", one) for one in (HALF, f"star:{agent}")]
    statements = [_CUSTOMER, _CONVERSATIONS, *lists_]
    connection = desk.engine.writer()
    for statement in (*statements, _NOTES, _MENTIONS, "ANALYZE"):
        if statement != "ANALYZE" or desk.engine.dialect == "postgresql":
            connection.execute(statement.format(**given))
    connection.close()


def plan(view: Reading, query: Any, values: dict[str, Any]) -> str:
    """Of the list itself, without what is asked for each of its rows."""
    found = query.of(view.dialect)
    explain = "EXPLAIN QUERY PLAN" if view.dialect == "sqlite" else "EXPLAIN"
    steps = view.cursor.execute(f"{explain} {found.text}", found.bound(values)).fetchall()
    if view.dialect == "sqlite":
        return "\n".join(detail for _, parent, _, detail in steps if parent == 0)
    return "\n".join(step for (step,) in steps).split("SubPlan")[0]


def sorts(told: str) -> bool:
    """PostgreSQL rather sorts what fits a few pages: that grows with nothing."""
    rows = [int(many) for many in re.findall(r"Sort  \(.*rows=(\d+)", told)]
    return "TEMP B-TREE" in told or any(many > MANY // 20 for many in rows)


@pytest.fixture
def filled(database: Database, cast: Cast) -> Cast:
    fill(cast.desk, cast.maja.id)
    return cast


def test_no_list_sorts(filled: Cast) -> None:
    wrong = []
    for place, filters, order, goes_on in product(PLACES, FILTERS, ("newest", "oldest"), (False, True)):
        if place == "all" and filters.label is None:
            continue
        query = lists._query(lists._shape(place, order, goes_on, filters))  # type: ignore[arg-type]
        values = {
            "reader": filled.maja.id, "owner": filled.maja.id, "is_closed": 0, "page": 51, "team": HALF,
            "channel": filters.channel, "at": 5_000, "last_id": HALF,
            "its_list": f"star:{filled.maja.id}" if place == "starred" else HALF, "worn": HALF,
        }  # fmt: skip
        told = filled.desk.read_now(plan, query, values)
        if sorts(told) or not any(one in told for one in INDEXES):
            wrong.append(f"{place} {filters} {order} {goes_on}\n{told}")
    assert wrong == [], "\n\n".join(wrong[:3]) + f"\n{len(wrong)}"
