"""What differs between the databases: where words stand, and how they are asked for.

SQLite keeps them in an FTS5 table without their text, PostgreSQL in a GIN index over the row's own `terms`.
Both hold the same words, each begun with its row's `space`; what is asked comes in the syntax of each.
"""

from collections.abc import Sequence

from sqlalchemy import text

from frontdesk.base.sql import Prepared
from frontdesk.search.model import Clause

# Letter by letter what migration 0005 made an index of.
INDEXED = "array_to_tsvector(string_to_array(e.space || replace(e.terms, ' ', ' ' || e.space), ' '))"

ADD_WORDS = text("INSERT INTO search_terms (rowid, terms) VALUES (:number, :words)")
# FTS5 forgets a row only when it is told what stood there.
DROP_WORDS = text("INSERT INTO search_terms (search_terms, rowid, terms) VALUES ('delete', :number, :words)")

JOINED = "joined("
# What was dropped stays readable in old parts of the index until they are written anew.
REWRITE = ("INSERT INTO search_terms (search_terms) VALUES ('optimize')",)

_MATCHES = f"{INDEXED} @@ CAST(:words AS tsquery)"
# Without its words an entry is small, and what is found of a common word fits the memory.
_FOUND = (
    "WITH f AS MATERIALIZED (SELECT e.number, e.at, e.conversation_id, e.position, e.of_id"
    f" FROM search_entry AS e WHERE {_MATCHES}"
    " AND (' ' || e.terms || ' ') LIKE ALL (CAST(:phrases AS text[])))"
)

# The planner must not think that a common word is found sooner without the index.
READY = Prepared(
    text("SELECT 1"),
    postgresql=text(
        "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),"
        " set_config('enable_mergejoin', 'off', true), set_config('jit', 'off', true)"
    ),
)

HOW_MANY = Prepared(
    text(
        "SELECT count(*) FROM"
        " (SELECT 1 FROM search_terms AS f WHERE f.search_terms MATCH :words LIMIT :most) AS looked"
    ),
    postgresql=text(
        f"WITH f AS MATERIALIZED (SELECT 1 FROM search_entry AS e WHERE {_MATCHES})"
        " SELECT count(*) FROM (SELECT 1 FROM f LIMIT :most) AS looked"
    ),
)


def prepared(columns: str, joins: Sequence[str], conditions: str, first: str = "TRUE") -> Prepared:
    """What is found of `words`, newest first, at most `most`, before the number `below`. The entry is `e`;
    `JOINED` in columns makes one text of several. PostgreSQL, too, has them in their order before it looks at
    what belongs to each: otherwise it would do so for all of a common word. `first` follows from the
    conditions, and spares SQLite to look at more than the entry where it does not hold.
    """
    # CROSS JOIN keeps SQLite to this order: the words first. By their own number the index gives them newest
    # first; by the entry's all of them would be read and sorted before the first is known.
    here = " ".join(f"CROSS JOIN {one}" for one in ("search_entry AS e ON e.number = f.rowid", *joins))
    there = " ".join(f"JOIN {one}" for one in joins)
    theirs = columns.replace(JOINED, "string_agg(")
    return Prepared(
        text(
            f"SELECT {columns.replace(JOINED, 'group_concat(')} FROM search_terms AS f {here}"
            f" WHERE f.search_terms MATCH :words AND f.rowid < :below AND {first} AND {conditions}"
            " ORDER BY f.rowid DESC LIMIT :most"
        ),
        postgresql=text(
            f"{_FOUND} SELECT {theirs} FROM (SELECT * FROM f WHERE f.number < :below ORDER BY f.number DESC)"
            f" AS e {there} WHERE {conditions} ORDER BY e.number DESC LIMIT :most"
        ),
    )


def asked(dialect: str, spaces: Sequence[str], clauses: Sequence[Clause], marks: Sequence[str]) -> str:
    """All of the clauses and marks, in any of the spaces."""
    one = _in_sqlite if dialect == "sqlite" else _in_postgres
    either = " OR " if dialect == "sqlite" else " | "
    return either.join(f"({one(space, clauses, marks)})" for space in spaces)


def _in_sqlite(space: str, clauses: Sequence[Clause], marks: Sequence[str]) -> str:
    some = [f'"{space}{mark}"' for mark in marks]
    for clause in clauses:
        is_phrase = len(clause.words) > 1
        said = " ".join(space + (word.text if is_phrase else word.start) for word in clause.words)
        some.append(f'"{said}"' + ("" if not _goes_on(clause) else " *"))
    return " AND ".join(some)


def _in_postgres(space: str, clauses: Sequence[Clause], marks: Sequence[str]) -> str:
    some = [f"'{space}{mark}'" for mark in marks]
    for clause in clauses:
        is_phrase = len(clause.words) > 1
        *first, last = (space + (word.text if is_phrase else word.start) for word in clause.words)
        some += [f"'{word}'" for word in first]
        some.append(f"'{last}'" + (":*" if _goes_on(clause) else ""))
    return " & ".join(some)


def _goes_on(clause: Clause) -> bool:
    return clause.is_open or not clause.is_exact


def phrases(clauses: Sequence[Clause]) -> list[str]:
    """For PostgreSQL, whose index knows no order of words."""
    several = [clause for clause in clauses if len(clause.words) > 1]
    said = [(" ".join(word.text for word in one.words), one.is_open) for one in several]
    return [f"% {words}%" if is_open else f"% {words} %" for words, is_open in said] or ["%"]


def with_joined(statement: str) -> Prepared:
    """A statement with `JOINED` in it."""
    return Prepared(
        text(statement.replace(JOINED, "group_concat(")),
        postgresql=text(statement.replace(JOINED, "string_agg(")),
    )
