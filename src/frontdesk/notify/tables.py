"""The tables of notify."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text, UniqueConstraint, text

from frontdesk.base.tables import metadata

_UNSEEN = text("seen_at IS NULL")

# What an agent was told: called by a note, answered in a thread, handed a conversation.
notice = Table(
    "notice",
    metadata,
    Column("id", Text, primary_key=True),
    Column("agent_id", Text, ForeignKey("agent.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("conversation_id", Text, ForeignKey("conversation.id"), nullable=False),
    Column("by_id", Text),
    # The note, answer or happening that it tells of: it is told once.
    Column("about", Text, nullable=False),
    Column("note_id", Text, ForeignKey("note.id")),
    Column("excerpt", Text, nullable=False),
    Column("seen_at", BigInteger),
    UniqueConstraint("agent_id", "kind", "about"),
    Index("notice_agent", "agent_id", "at"),
    Index("notice_conversation", "conversation_id"),
    Index("notice_note", "note_id"),
    Index("notice_unseen", "agent_id", sqlite_where=_UNSEEN, postgresql_where=_UNSEEN),
)
