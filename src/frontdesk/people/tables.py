"""The tables of people: customers and how channels know them; agents, how they sign in, their teams."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from frontdesk.base.tables import metadata

# Sorted letter by letter by both databases, so that a beginning is a range.
Sorted = Text().with_variant(Text(collation="C"), "postgresql")


def _only(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


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
    Column("email", Text),
    Column("phone", Text),
    Column("title", Text),
    Column("company_id", Text),
    # What the team writes down about this person.
    Column("about", Text, nullable=False, server_default=text("''")),
    # Where what is known comes from, where no agent wrote it: JSON, {"email": "proven" | "claimed"}.
    Column("origins", Text, nullable=False, server_default=text("'{}'")),
    # The city by which somebody without a name is called: it stays when they travel.
    Column("lead", Text),
    Column("zone", Text),
    Column("device", Text),
    Column("address", Text),
    # Whoever this turned out to be the same person as; such a row only stands for its id.
    Column("merged_into", Text),
    # What the team calls them, as lists sort it; and the end of the phone number, as numbers are compared.
    Column("sorts", Sorted, nullable=False, server_default=text("''")),
    Column("dial", Text),
    Index("customer_sorts", "sorts", "id", **_only("merged_into IS NULL")),
    Index("customer_named", "sorts", "id", **_only("merged_into IS NULL AND name IS NOT NULL")),
    Index("customer_dial", "dial", **_only("dial IS NOT NULL")),
    Index("customer_city", "city", "id", **_only("city IS NOT NULL")),
    Index("customer_country", "country", "id", **_only("country IS NOT NULL")),
    Index("customer_seen", "seen_at", "id", **_only("merged_into IS NULL")),
    Index("customer_of_company", "company_id", "sorts", "id", **_only("company_id IS NOT NULL")),
    Index("customer_email", "email", **_only("email IS NOT NULL")),
    Index("customer_address", "seen_at", **_only("address IS NOT NULL")),
    Index("customer_merged", "merged_into", **_only("merged_into IS NOT NULL")),
)

# A customer's company; the one that this desk serves is in the settings.
customer_company = Table(
    "customer_company",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    # The name as it is compared: whoever types it again means the same company.
    Column("folded", Sorted, nullable=False, unique=True),
    Column("website", Text),
    Column("about", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

# What the company wants to know of its customers, or of their companies, beside the usual.
own_field = Table(
    "own_field",
    metadata,
    Column("id", Text, primary_key=True),
    Column("of", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("choices", Text, nullable=False),
    Column("place", Integer, nullable=False),
    Column("retired_at", BigInteger),
)

own_value = Table(
    "own_value",
    metadata,
    Column("of_id", Text, nullable=False),
    Column("field_id", Text, ForeignKey("own_field.id"), nullable=False),
    Column("value", Text, nullable=False),
    PrimaryKeyConstraint("of_id", "field_id"),
    Index("own_value_field", "field_id", "value", "of_id"),
)

# Customers that come out of a file: which column is which field, and how far it is. Of the rows, nothing.
customer_import = Table(
    "customer_import",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("agent_id", Text, nullable=False),
    Column("file_id", Text, nullable=False),
    Column("names", Text, nullable=False),
    # None: looked at, not begun.
    Column("mapping", Text),
    Column("count", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("made", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("faults", Text, nullable=False),
    Column("finished_at", BigInteger),
)

# Who changed what, when: `of_id` is a customer's or a customer's company's.
profile_change = Table(
    "profile_change",
    metadata,
    Column("id", Text, primary_key=True),
    Column("of_id", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("by", Text, nullable=False),
    Column("agent_id", Text),
    Column("field", Text, nullable=False),
    Column("was", Text),
    Column("becomes", Text),
    Index("profile_change_of", "of_id", "id"),
)

# Two who were one. `moved` is what came along, so that it can go back: JSON.
merge = Table(
    "merge",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kept_id", Text, nullable=False),
    Column("gone_id", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("agent_id", Text),
    Column("moved", Text, nullable=False),
    Column("undone_at", BigInteger),
    Index("merge_kept", "kept_id", "id"),
    Index("merge_gone", "gone_id", "id"),
)

# Who may not write: a customer, or whoever comes from a network. `until` None: until it is lifted.
block = Table(
    "block",
    metadata,
    Column("id", Text, primary_key=True),
    Column("customer_id", Text),
    Column("network", Text),
    Column("at", BigInteger, nullable=False),
    Column("agent_id", Text),
    Column("until", BigInteger),
    Index("block_customer", "customer_id", **_only("customer_id IS NOT NULL")),
)

# Who was erased must not come back with a backup. Nothing of them is in it.
tombstone = Table(
    "tombstone",
    metadata,
    Column("customer_id", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("agent_id", Text),
    Column("report", Text, nullable=False),
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
    Index("visitor_token_customer", "customer_id"),
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
