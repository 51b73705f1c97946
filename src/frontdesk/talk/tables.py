"""The tables of talk."""

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
)

from frontdesk.base.tables import metadata

conversation = Table(
    "conversation",
    metadata,
    Column("id", Text, primary_key=True),
    Column("customer_id", Text, ForeignKey("customer.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("owner_id", Text, ForeignKey("agent.id")),
    Column("closed", SmallInteger, nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    Column("last_by", Text),
    Column("last_agent_id", Text),
    Column("last_text", Text),
    Column("last_file", Text),
    Column("last_said_at", BigInteger),
    Column("last_said_position", Integer),
    Column("last_position", Integer, nullable=False),
    Column("asked_position", Integer, nullable=False),
    Column("customer_saw", Integer, nullable=False),
    Column("team_saw", Integer, nullable=False),
    Column("customer_unread", Integer, nullable=False),
    Column("start", Text),
    Column("answered_at", BigInteger),
    UniqueConstraint("customer_id", "start"),
    Index("conversation_place", "owner_id", "closed", "last_at", "id"),
    Index("conversation_customer", "customer_id", "last_at"),
    Index("conversation_answered", "answered_at"),
)

message = Table(
    "message",
    metadata,
    Column("id", Text, primary_key=True),
    Column("conversation_id", Text, ForeignKey("conversation.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("by", Text, nullable=False),
    Column("agent_id", Text),
    Column("text", Text, nullable=False),
    Column("client_id", Text, nullable=False),
    UniqueConstraint("conversation_id", "position"),
)

happening = Table(
    "happening",
    metadata,
    Column("conversation_id", Text, ForeignKey("conversation.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("what", Text, nullable=False),
    Column("agent_id", Text),
    Column("other_id", Text),
    PrimaryKeyConstraint("conversation_id", "position"),
)

attachment = Table(
    "attachment",
    metadata,
    Column("id", Text, primary_key=True),
    Column("uploader", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("message_id", Text, ForeignKey("message.id")),
    Column("place", Integer, nullable=False),
    Index("attachment_message", "message_id"),
    Index("attachment_uploader", "uploader", "at"),
)

# How far each agent has read; the customer's own mark is on the conversation.
reading = Table(
    "reading",
    metadata,
    Column("agent_id", Text, nullable=False),
    Column("conversation_id", Text, ForeignKey("conversation.id"), nullable=False),
    Column("position", Integer, nullable=False),
    PrimaryKeyConstraint("agent_id", "conversation_id"),
)

# Open conversations by place (an owner's id, or "unassigned"): counting a million rows is not an option.
tally = Table(
    "tally",
    metadata,
    Column("place", Text, primary_key=True),
    Column("open", Integer, nullable=False),
)
