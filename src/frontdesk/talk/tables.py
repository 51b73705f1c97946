"""The tables of talk."""

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


def _only(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


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
    # Whose queue it waits in while nobody has it.
    Column("team_id", Text),
    # Only its owner has it asleep: whoever else opens it sees an ordinary conversation.
    Column("snoozed_until", BigInteger),
    # Ids of the team's labels on it and on its messages, a space between: a list asks for nothing else.
    Column("labels", Text, nullable=False, server_default=text("''")),
    # 1: it stands in `listing` too. Not part of what a fact tells: it may be for a private label.
    Column("listed", SmallInteger, nullable=False, server_default=text("0")),
    UniqueConstraint("customer_id", "start"),
    Index("conversation_place", "owner_id", "closed", "last_at", "id"),
    Index("conversation_customer", "customer_id", "last_at"),
    Index("conversation_answered", "answered_at"),
    # Partial: what is in no team, on the usual channel and awake costs a message nothing.
    Index(
        "conversation_team", "team_id", "owner_id", "closed", "last_at", "id", **_only("team_id IS NOT NULL")
    ),
    Index(
        "conversation_channel",
        "channel",
        "owner_id",
        "closed",
        "last_at",
        "id",
        **_only("channel <> 'widget'"),
    ),
    Index("conversation_snoozed", "owner_id", "snoozed_until", "id", **_only("snoozed_until IS NOT NULL")),
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
    # Erasing a conversation asks for what belongs to it; so in other tables.
    Index("reading_conversation", "conversation_id"),
)

# What the team says among itself. A table of its own: no forgotten flag can show a note to a customer.
# `position` is that of the item it stands under: what customers count goes on without it.
note = Table(
    "note",
    metadata,
    Column("id", Text, primary_key=True),
    Column("conversation_id", Text, ForeignKey("conversation.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("agent_id", Text, ForeignKey("agent.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("edited_at", BigInteger),
    Column("deleted_at", BigInteger),
    Column("answers", Integer, nullable=False),
    Column("answered_at", BigInteger),
    Index("note_conversation", "conversation_id", "position"),
    Index("note_agent", "agent_id", "at"),
)

# The thread under a note: answers by colleagues, 1, 2, 3 …
thread = Table(
    "thread",
    metadata,
    Column("id", Text, primary_key=True),
    Column("note_id", Text, ForeignKey("note.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("agent_id", Text, ForeignKey("agent.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("edited_at", BigInteger),
    Column("deleted_at", BigInteger),
    UniqueConstraint("note_id", "place"),
)

# What a note or an answer (`of_id`) said before it was edited or deleted; for admins.
wording = Table(
    "wording",
    metadata,
    Column("of_id", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    PrimaryKeyConstraint("of_id", "at"),
)

# Who is called by a note or an answer in its thread: a team's name calls each who is in it then.
mention = Table(
    "mention",
    metadata,
    Column("of_id", Text, nullable=False),
    Column("agent_id", Text, ForeignKey("agent.id"), nullable=False),
    Column("conversation_id", Text, ForeignKey("conversation.id"), nullable=False),
    Column("note_id", Text, ForeignKey("note.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("looked_at", BigInteger),
    PrimaryKeyConstraint("of_id", "agent_id"),
    Index("mention_open", "agent_id", "at", "conversation_id", **_only("looked_at IS NULL")),
    Index("mention_conversation", "conversation_id", "agent_id"),
    Index("mention_note", "note_id"),
)

# How far each agent has read a thread: the highest place seen.
thread_reading = Table(
    "thread_reading",
    metadata,
    Column("agent_id", Text, nullable=False),
    Column("note_id", Text, ForeignKey("note.id"), nullable=False),
    Column("place", Integer, nullable=False),
    PrimaryKeyConstraint("agent_id", "note_id"),
    Index("thread_reading_note", "note_id"),
)

star = Table(
    "star",
    metadata,
    Column("agent_id", Text, ForeignKey("agent.id"), nullable=False),
    Column("conversation_id", Text, ForeignKey("conversation.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    PrimaryKeyConstraint("agent_id", "conversation_id"),
    Index("star_conversation", "conversation_id"),
)

label = Table(
    "label",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("colour", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("retired_at", BigInteger),
    Index("label_name", "folded", unique=True, **_only("retired_at IS NULL")),
)

# `message_id` is empty for the conversation itself.
labelling = Table(
    "labelling",
    metadata,
    Column("conversation_id", Text, ForeignKey("conversation.id"), nullable=False),
    Column("message_id", Text, nullable=False),
    Column("label_id", Text, ForeignKey("label.id"), nullable=False),
    Column("agent_id", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    PrimaryKeyConstraint("conversation_id", "message_id", "label_id"),
    Index("labelling_label", "label_id", "conversation_id"),
)

# Private labels have tables of their own, so that no query about the team's can reach them.
own_label = Table(
    "own_label",
    metadata,
    Column("id", Text, primary_key=True),
    Column("agent_id", Text, ForeignKey("agent.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("colour", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("retired_at", BigInteger),
    Index("own_label_name", "agent_id", "folded", unique=True, **_only("retired_at IS NULL")),
)

own_labelling = Table(
    "own_labelling",
    metadata,
    Column("agent_id", Text, ForeignKey("agent.id"), nullable=False),
    Column("conversation_id", Text, ForeignKey("conversation.id"), nullable=False),
    Column("message_id", Text, nullable=False),
    Column("label_id", Text, ForeignKey("own_label.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    PrimaryKeyConstraint("agent_id", "conversation_id", "message_id", "label_id"),
    Index("own_labelling_label", "label_id", "conversation_id"),
    Index("own_labelling_conversation", "conversation_id"),
)

# What is labelled or starred, with what those lists are sorted by, so that a list never sorts. `list` is a
# label's id, `own:AGENT:LABEL` or `star:AGENT` (listed.py): who asks for a private one has to be that agent.
listing = Table(
    "listing",
    metadata,
    Column("conversation_id", Text, ForeignKey("conversation.id"), nullable=False),
    Column("list", Text, nullable=False),
    Column("owner_id", Text),
    Column("closed", SmallInteger, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("conversation_id", "list"),
    Index("listing_whole", "list", "closed", "last_at", "conversation_id"),
    Index("listing_place", "list", "owner_id", "closed", "last_at", "conversation_id"),
)

# Words ready to be said again; `agent_id` is empty for the team's.
ready_reply = Table(
    "ready_reply",
    metadata,
    Column("id", Text, primary_key=True),
    Column("agent_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("by_id", Text, nullable=False),
    UniqueConstraint("agent_id", "folded"),
)

# Open conversations by place (an owner's id, "unassigned", or `list:` and what `listing` says): counting a
# million rows is not an option.
tally = Table(
    "tally",
    metadata,
    Column("place", Text, primary_key=True),
    Column("open", Integer, nullable=False),
)
