"""The tables of search. The words themselves stand in what each database has for it (migration 0005)."""

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text, text

from frontdesk.base.tables import Number, metadata

# What can be found, in the order it was said. `space` begins each of its words in the index: the kind, and
# an era of the numbers, so that common words are walked an era at a time. `terms` is what was indexed,
# where it cannot be taken from the text again.
search_entry = Table(
    "search_entry",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("conversation_id", Text),
    Column("position", Integer),
    Column("of_id", Text),
    Column("space", Text),
    Column("terms", Text),
    Index(
        "search_entry_of",
        "of_id",
        sqlite_where=text("of_id IS NOT NULL"),
        postgresql_where=text("of_id IS NOT NULL"),
    ),
)

# The eras there are of each kind, and the time they span.
search_era = Table(
    "search_era",
    metadata,
    Column("space", Text, primary_key=True),
    Column("since", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
)

# How far what was there before search has been indexed: one row for each kind that has some left.
search_past = Table(
    "search_past",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("after", Text, nullable=False),
    Column("upto", Text, nullable=False),
    Column("number", BigInteger, nullable=False),
)
