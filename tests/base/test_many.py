"""Rows that are written together are all written, in their order, or none of them."""

import sqlite3

import psycopg
import pytest
from sqlalchemy import bindparam, insert, select

from frontdesk.base.db import Reading, Tx
from frontdesk.base.desk import Desk
from frontdesk.base.sql import Prepared, upsert
from frontdesk.base.tables import setting

_KEEP = Prepared(insert(setting))
_OVERWRITE = upsert(setting, ["key"], ["value"])
# What is no value of a row, but the statement's own.
_KEEP_FIXED = Prepared(insert(setting).values(key=bindparam("key"), value="fixed"))
_ALL = Prepared(
    select(setting.c.key, setting.c.value).where(setting.c.key.like("many-%")).order_by(setting.c.key)
)

Rows = list[dict[str, str]]


def rows(count: int, value: str = "") -> Rows:
    return [{"key": f"many-{n:04}", "value": value or str(n)} for n in range(count)]


def kept(view: Reading) -> Rows:
    return [{"key": key, "value": value} for key, value in view.all(_ALL)]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 31, 64, 65, 127, 200])
def test_any_number_of_rows_is_written(desk: Desk, count: int) -> None:
    desk.write_now(lambda tx: tx.many(_KEEP, rows(count)))
    assert desk.read_now(kept) == rows(count)


def test_the_later_of_two_rows_with_one_key_stays(desk: Desk) -> None:
    def both(tx: Tx) -> None:
        tx.many(_OVERWRITE, [*rows(40, "first"), *rows(40, "second"), *rows(3, "third")])

    desk.write_now(both)
    assert desk.read_now(kept) == [*rows(3, "third"), *rows(40, "second")[3:]]


def test_one_row_that_cannot_be_leaves_none(desk: Desk) -> None:
    desk.write_now(lambda tx: tx.many(_KEEP, rows(1)))
    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError)):
        desk.write_now(lambda tx: tx.many(_KEEP, list(reversed(rows(100, "again")))))
    assert desk.read_now(kept) == rows(1)


def test_the_statement_s_own_values_are_in_every_row(desk: Desk) -> None:
    desk.write_now(lambda tx: tx.many(_KEEP_FIXED, [{"key": one["key"]} for one in rows(5)]))
    assert desk.read_now(kept) == rows(5, "fixed")
