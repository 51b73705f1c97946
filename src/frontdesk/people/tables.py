"""The tables of people: customers and how channels know them; agents, how they sign in, their teams."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

from frontdesk.base.tables import metadata

customer = Table(
    "customer",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text),
    Column("city", Text),
    Column("country", Text),
    Column("word", Text, nullable=False),
    Column("language", Text),
    Column("proven", SmallInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
)

# How a channel knows a customer: a Messenger id, a browser, what the site has signed.
identity = Table(
    "identity",
    metadata,
    Column("channel", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("customer_id", Text, ForeignKey("customer.id"), nullable=False),
    PrimaryKeyConstraint("channel", "external_id"),
    Index("identity_customer", "customer_id"),
)

visitor_token = Table(
    "visitor_token",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("customer_id", Text, ForeignKey("customer.id"), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
)

agent = Table(
    "agent",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("password", Text),
    Column("picture", Text),
    Column("colour", Text, nullable=False),
    Column("preferences", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("disabled_at", BigInteger),
)

session = Table(
    "session",
    metadata,
    Column("id", Text, primary_key=True),
    Column("digest", Text, nullable=False, unique=True),
    Column("agent_id", Text, ForeignKey("agent.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("address", Text, nullable=False),
    Column("device", Text, nullable=False),
    Index("session_agent", "agent_id"),
)

# Links that let somebody in once: an invitation to a new agent, or a sign-in for one who is there.
entrance = Table(
    "entrance",
    metadata,
    Column("id", Text, primary_key=True),
    Column("digest", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("agent_id", Text),
    Column("email", Text),
    Column("role", Text),
    Column("invited_by", Text),
    Column("expires_at", BigInteger, nullable=False),
)

team = Table(
    "team",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("colour", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("retired_at", BigInteger),
)

membership = Table(
    "membership",
    metadata,
    Column("team_id", Text, ForeignKey("team.id"), nullable=False),
    Column("agent_id", Text, ForeignKey("agent.id"), nullable=False),
    PrimaryKeyConstraint("team_id", "agent_id"),
    Index("membership_agent", "agent_id"),
)

# Where a conversation begins decides which team's queue it waits in: the page's address begins with `start`.
way = Table(
    "way",
    metadata,
    Column("id", Text, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("start", Text, nullable=False),
    Column("team_id", Text, ForeignKey("team.id"), nullable=False),
    UniqueConstraint("channel", "start"),
)
