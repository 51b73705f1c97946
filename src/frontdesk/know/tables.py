"""The tables of know."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

from frontdesk.base.tables import metadata

# A website, a document, the approved answers, the past conversations. `plan` is JSON: what to read of it;
# `counts` is JSON: how far the reading is, or was. `begun_at` is when the newest round began.
source = Table(
    "source",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("plan", Text, nullable=False),
    Column("added_by", Text),
    Column("added_at", BigInteger, nullable=False),
    Column("is_on", SmallInteger, nullable=False),
    # What is going on: "waiting", "reading", "read", "failed", "stopped"; `fault` says why in plain words.
    Column("state", Text, nullable=False),
    Column("fault", Text),
    Column("begun_at", BigInteger),
    Column("read_at", BigInteger),
    Column("round", Integer, nullable=False),
    Column("counts", Text, nullable=False),
)

# `round`: the newest round in which it was settled. `blocks`: its main text as extracted, `marks` of each;
# `at`: of its version, in its own words or in those of whoever serves it.
page = Table(
    "page",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source_id", Text, ForeignKey("source.id"), nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("etag", Text),
    Column("modified", Text),
    Column("digest", Text),
    Column("found_at", BigInteger, nullable=False),
    Column("read_at", BigInteger),
    Column("changed_at", BigInteger),
    Column("at", BigInteger),
    Column("blocks", LargeBinary),
    Column("marks", Text),
    Column("round", Integer, nullable=False),
    UniqueConstraint("source_id", "url"),
    Index("page_state", "source_id", "state"),
    Index("page_digest", "source_id", "digest"),
)

passage = Table(
    "passage",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source_id", Text, ForeignKey("source.id"), nullable=False),
    Column("page_id", Text, ForeignKey("page.id")),
    Column("place", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("questions", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("url", Text),
    Column("at", BigInteger, nullable=False),
    Column("agent_id", Text),
    Column("conversation_id", Text),
    Column("message_id", Text),
    Column("customer_id", Text),
    Column("cleared", SmallInteger, nullable=False),
    Column("votes", Integer, nullable=False),
    Index("passage_page", "page_id", "place"),
    Index("passage_source", "source_id", "id"),
    Index("passage_customer", "customer_id"),
)

# A passage has several texts that are embedded; a vector belongs to one of them and to one encoder.
vector = Table(
    "vector",
    metadata,
    Column("passage_id", Text, ForeignKey("passage.id"), nullable=False),
    Column("encoder", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    PrimaryKeyConstraint("passage_id", "encoder"),
)

# An approved answer. Its passage has the same id.
answer = Table(
    "answer",
    metadata,
    Column("id", Text, primary_key=True),
    Column("question", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("agent_id", Text, nullable=False),
    Column("message_id", Text),
    Column("conversation_id", Text),
    Column("customer_id", Text),
    Column("created_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("retired_at", BigInteger),
    Index("answer_made", "created_at", "id"),
    Index("answer_message", "message_id"),
    Index("answer_customer", "customer_id"),
)

# A conversation from before the desk. `turns` is JSON; the id is the one that it had elsewhere.
imported = Table(
    "imported",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("digest", Text, nullable=False),
    Column("agent", Text),
    Column("turns", Text, nullable=False),
    Column("customer", Text),
)

# What a customer needed and what the team answered, both with blanks. Near-same answers share a passage.
# `customer_id` and `conversation_id` of an imported one are "imported:" and the id that it had elsewhere.
exchange = Table(
    "exchange",
    metadata,
    Column("id", Text, primary_key=True),
    Column("passage_id", Text, nullable=False),
    Column("conversation_id", Text, nullable=False),
    Column("customer_id", Text, nullable=False),
    Column("message_id", Text),
    Column("agent_id", Text),
    Column("at", BigInteger, nullable=False),
    Column("question", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("asks", SmallInteger, nullable=False),
    Column("pleased", SmallInteger, nullable=False),
    Index("exchange_passage", "passage_id", "at"),
    Index("exchange_conversation", "conversation_id"),
    Index("exchange_customer", "customer_id"),
)

# Keys that near-same answers share, so that a new one finds its group without reading all.
likeness = Table(
    "likeness",
    metadata,
    Column("band", Text, nullable=False),
    Column("passage_id", Text, nullable=False),
    PrimaryKeyConstraint("band", "passage_id"),
    Index("likeness_passage", "passage_id"),
)

# Whose e-mail, phone, number, address or full name it is: never the thing itself, only a keyed hash of it.
identifier = Table(
    "identifier",
    metadata,
    Column("digest", LargeBinary, nullable=False),
    Column("customer_id", Text, nullable=False),
    PrimaryKeyConstraint("digest", "customer_id"),
    Index("identifier_customer", "customer_id"),
)
