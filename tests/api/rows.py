"""Everything a database holds, to see that nothing has changed."""

from typing import Any

from sqlalchemy import select

from frontdesk.base.db import Reading
from frontdesk.base.desk import Desk
from frontdesk.base.tables import metadata

# Jobs come and go by the clock, and whose number is whose is noted a moment later; what they follow from is
# in the log.
_COMES_AND_GOES = {"job", "identifier"}
_NOTES = "know.identifier"

Rows = dict[str, list[tuple[Any, ...]]]


def rows(desk: Desk) -> Rows:
    return desk.read_now(_rows)


def _rows(view: Reading) -> Rows:
    tables = [table for table in metadata.sorted_tables if table.name not in _COMES_AND_GOES]
    found = {table.name: sorted(view.all(select(table)), key=repr) for table in tables}
    return {**found, "setting": [row for row in found["setting"] if not row[0].startswith(_NOTES)]}


def differing(before: Rows, after: Rows) -> list[str]:
    return [name for name, found in after.items() if found != before[name]]
