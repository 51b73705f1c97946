"""The tables of presence: what browsers saw of the company's site, and who was spoken to there. Small,
bounded, trimmed by age.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, SmallInteger, Table, Text

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
    # The same for all that was seen without half an hour between.
    Column("visit", Text),
    Index("visit_browser", "browser", "at", "id"),
    Index("visit_age", "at"),
)

# A browser that came by, known or not: the visit it is on, or was last.
browser = Table(
    "browser",
    metadata,
    Column("id", Text, primary_key=True),
    Column("visit", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("pages", Integer, nullable=False),
    # So many rows `visit` may hold of it.
    Column("kept", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("city", Text),
    Column("country", Text),
    Column("device", Text),
    Index("browser_seen", "seen_at", "id"),
)

# What an agent says first to a visitor who is on the site; it becomes a conversation when they answer.
invite = Table(
    "invite",
    metadata,
    Column("browser", Text, primary_key=True),
    Column("agent_id", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    # 1: the browser has been told that there is one.
    Column("told", SmallInteger, nullable=False),
    Index("invite_age", "at"),
)
