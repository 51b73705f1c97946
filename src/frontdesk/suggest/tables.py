"""The tables of suggest."""

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

from frontdesk.base.tables import metadata

# A customer's question as the engine read it, and whether it had an answer. `turns` is JSON.
question = Table(
    "question",
    metadata,
    Column("id", Text, primary_key=True),
    Column("conversation_id", Text, ForeignKey("conversation.id"), nullable=False),
    Column("customer_id", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("turns", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("best", Float, nullable=False),
    Column("shown", SmallInteger, nullable=False),
    # The first question of those that ask the same without an answer; its own id where it is the first.
    Column("alike", Text),
    Column("vector", LargeBinary),
    UniqueConstraint("conversation_id", "position"),
    Index("question_alike", "alike", "at"),
    Index("question_customer", "customer_id"),
)

# `origins` is JSON. `seen_at`: an agent had it on the screen. `verdict` is null while nobody knows.
suggestion = Table(
    "suggestion",
    metadata,
    Column("id", Text, primary_key=True),
    Column("question_id", Text, ForeignKey("question.id"), nullable=False),
    Column("conversation_id", Text, ForeignKey("conversation.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("passage_id", Text),
    Column("source_id", Text),
    Column("text", Text, nullable=False),
    Column("origins", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("one_click", SmallInteger, nullable=False),
    Column("drafted", SmallInteger, nullable=False),
    Column("seen_at", BigInteger),
    Column("verdict", Text),
    Column("verdict_at", BigInteger),
    Column("agent_id", Text),
    Column("message_id", Text),
    Column("became", Text),
    Index("suggestion_place", "conversation_id", "position", "place"),
    Index("suggestion_question", "question_id"),
    Index("suggestion_verdict", "verdict_at"),
    Index("suggestion_passage", "passage_id", "verdict"),
)

# What the engine has learnt, as it was after the log's feedback until the number `upto`.
learnt = Table(
    "learnt",
    metadata,
    Column("name", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("upto", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
)

# A replay of the company's own history; `data` is JSON.
report = Table(
    "report",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("data", Text, nullable=False),
)
