"""The tables of the ground floor: the log, commands, jobs, settings."""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
)

metadata = MetaData()

# SQLite makes only a column that is called INTEGER the row's own number.
Number = Integer().with_variant(BigInteger(), "postgresql")

log_head = Table(
    "log_head",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
)

fact = Table(
    "fact",
    metadata,
    Column("seq", Number, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("conversation_id", Text),
    Column("customer_id", Text),
    Column("audience", Text, nullable=False),
    Column("data", Text, nullable=False),
    Index("fact_customer", "customer_id", "seq"),
)

command = Table(
    "command",
    metadata,
    Column("actor", Text, nullable=False),
    Column("client_id", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    PrimaryKeyConstraint("actor", "client_id"),
)

job = Table(
    "job",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("run_at", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("claimed_until", BigInteger, nullable=False),
    Column("parked_at", BigInteger),
    Column("fault", Text),
    Index("job_due", "parked_at", "run_at"),
)

setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
