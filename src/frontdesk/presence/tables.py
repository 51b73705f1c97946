"""The table of presence: what browsers saw of the company's site. Small, bounded, trimmed by age."""

from sqlalchemy import BigInteger, Column, Index, Table, Text

from frontdesk.base.tables import metadata

visit = Table(
    "visit",
    metadata,
    Column("id", Text, primary_key=True),
    Column("browser", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("referrer", Text, nullable=False),
    Column("name", Text),
    Column("data", Text),
    Index("visit_browser", "browser", "id"),
    Index("visit_age", "at"),
)
