"""One SQL for both databases: Core statements, compiled once, run by the driver itself.

SQLAlchemy's own execution costs several times what SQLite needs for a row; compiling ahead keeps
one language for both databases without paying for it at every message.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Select, Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql.psycopg import dialect as postgres_dialect
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.sql import Executable
from sqlalchemy.sql.elements import CompilerElement

DIALECTS = {"sqlite": sqlite_dialect(paramstyle="qmark"), "postgresql": postgres_dialect()}  # type: ignore[no-untyped-call]

_ROW = re.compile(r"VALUES (\((?:\?, )*\?\))")
# Few lengths, so that the driver has each statement ready.
_TOGETHER = (64, 32, 16, 8, 4, 2, 1)


@dataclass(frozen=True, slots=True)
class Compiled:
    """`given` are the statement's own values. `places` names the parameters in order: SQLite's driver lets
    go of the interpreter's lock for each name it has to look up, and the other threads wake for nothing.
    So it does for each row; `row` are the places of one, where an INSERT takes several at once.
    """

    text: str
    given: Mapping[str, Any]
    places: tuple[str, ...] | None
    row: str | None

    def bound(self, params: Mapping[str, Any]) -> Any:
        """The parameters as the driver wants them."""
        values = {**self.given, **params} if self.given else params
        return values if self.places is None else [values[name] for name in self.places]

    def together(self, rows: Sequence[Any]) -> Iterator[tuple[str, list[Any]]]:
        """The statement for some of the rows, and their values, until all have had their turn."""
        assert self.row is not None, "only an INSERT takes several rows"
        start = 0
        while start < len(rows):
            some = rows[start : start + next(n for n in _TOGETHER if n <= len(rows) - start)]
            text = self.text.replace(self.row, ", ".join([self.row] * len(some)), 1)
            yield text, [value for row in some for value in row]
            start += len(some)


class Prepared:
    """A statement that is compiled at its first use, once for each database.

    Where the databases need different statements for one thing, `postgresql` is the other one.
    """

    __slots__ = ("_compiled", "_statements")

    def __init__(self, statement: Executable, postgresql: Executable | None = None) -> None:
        self._statements = {
            "sqlite": statement,
            "postgresql": statement if postgresql is None else postgresql,
        }
        self._compiled: dict[str, Compiled] = {}

    def of(self, dialect: str) -> Compiled:
        found = self._compiled.get(dialect)
        if found is None:
            found = self._compiled[dialect] = compiled(self._statements[dialect], dialect)
        return found


def compiled(statement: Executable, dialect: str) -> Compiled:
    assert isinstance(statement, CompilerElement)
    result = statement.compile(dialect=DIALECTS[dialect], compile_kwargs={"render_postcompile": True})
    given = {name: value for name, value in result.params.items() if value is not None}
    places = result.positiontup  # type: ignore[attr-defined]
    written = str(result)
    return Compiled(written, given, None if places is None else tuple(places), _row_of(written))


def _row_of(insert: str) -> str | None:
    """None when what is given is not each row's values alone."""
    row = _ROW.search(insert)
    return row[1] if row is not None and row[1].count("?") == insert.count("?") else None


def places(many: int) -> list[BindParameter[Any]]:
    """What an IN holds that is asked with `packs` of as many."""
    return [bindparam(f"in_{n}") for n in range(many)]


def packs(values: Sequence[Any], many: int) -> Iterator[dict[str, Any]]:
    """Parameters of one statement for any number of values, `many` at a time: the rest of the last pack is
    filled up with what is asked for anyway.
    """
    for start in range(0, len(values), many):
        some = values[start : start + many]
        yield {f"in_{n}": some[n] if n < len(some) else some[0] for n in range(many)}


def insert_if_new(table: Table) -> Prepared:
    """Insert a row unless a unique index already holds it; zero rows then."""
    return Prepared(
        sqlite.insert(table).on_conflict_do_nothing(), postgresql.insert(table).on_conflict_do_nothing()
    )


def insert_those(table: Table, names: Sequence[str], rows: Select[Any]) -> Prepared:
    """Insert what a query finds, but for rows that a unique index already holds."""

    def either(insert: Any) -> Executable:
        built: Executable = insert(table).from_select(list(names), rows).on_conflict_do_nothing()
        return built

    return Prepared(either(sqlite.insert), either(postgresql.insert))


def upsert(table: Table, key: list[str], changed: list[str], *, added: Sequence[str] = ()) -> Prepared:
    """Insert a row; where one has the same `key`, overwrite `changed` in it, and add to `added`."""

    def either(insert: Any) -> Executable:
        statement = insert(table)
        values = {name: statement.excluded[name] for name in changed}
        values |= {name: table.c[name] + statement.excluded[name] for name in added}
        built: Executable = statement.on_conflict_do_update(index_elements=key, set_=values)
        return built

    return Prepared(either(sqlite.insert), either(postgresql.insert))
