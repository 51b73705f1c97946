"""Knowing the customer: profiles, their companies, own fields, merging, blocking, erasing, invitations."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

SORTED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "customer_company",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", SORTED, nullable=False),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("folded"),
    )
    op.create_table(
        "own_field",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("of", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "own_value",
        sa.Column("of_id", sa.Text(), nullable=False),
        sa.Column("field_id", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["field_id"],
            ["own_field.id"],
        ),
        sa.PrimaryKeyConstraint("of_id", "field_id"),
    )
    op.create_index("own_value_field", "own_value", ["field_id", "value", "of_id"], unique=False)
    op.create_table(
        "customer_import",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=True),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("count", "done", "made", "changed", "unchanged")
        ),
        sa.Column("faults", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "profile_change",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("of_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=True),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("was", sa.Text(), nullable=True),
        sa.Column("becomes", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("profile_change_of", "profile_change", ["of_id", "id"], unique=False)
    op.create_table(
        "merge",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kept_id", sa.Text(), nullable=False),
        sa.Column("gone_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=True),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("merge_gone", "merge", ["gone_id", "id"], unique=False)
    op.create_index("merge_kept", "merge", ["kept_id", "id"], unique=False)
    op.create_table(
        "block",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=True),
        sa.Column("network", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "block_customer",
        "block",
        ["customer_id"],
        unique=False,
        sqlite_where=sa.text("customer_id IS NOT NULL"),
        postgresql_where=sa.text("customer_id IS NOT NULL"),
    )
    op.create_table(
        "tombstone",
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=True),
        sa.Column("report", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("customer_id"),
    )
    op.create_table(
        "invite",
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("told", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("browser"),
    )
    op.create_index("invite_age", "invite", ["at"], unique=False)
    _follow_browsers()
    _widen_customer()
    _say_what_facts_are_about()
    _find_what_goes_along()


def _follow_browsers() -> None:
    op.create_table(
        "browser",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("visit", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("device", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("browser_seen", "browser", ["seen_at", "id"], unique=False)
    op.add_column("visit", sa.Column("visit", sa.Text(), nullable=True))
    op.drop_index("visit_browser", "visit")
    op.create_index("visit_browser", "visit", ["browser", "at", "id"], unique=False)


def _widen_customer() -> None:
    names = (
        "email",
        "phone",
        "title",
        "company_id",
        "lead",
        "zone",
        "device",
        "address",
        "merged_into",
        "dial",
    )
    for name in names:
        op.add_column("customer", sa.Column(name, sa.Text(), nullable=True))
    for name, empty in (("about", "''"), ("origins", "'{}'")):
        column = sa.Column(name, sa.Text(), nullable=False, server_default=sa.text(empty))
        op.add_column("customer", column)
    op.execute("UPDATE customer SET lead = city")
    sorts = sa.Column("sorts", SORTED, nullable=False, server_default=sa.text("''"))
    op.add_column("customer", sorts)
    # What they are called; from now on the desk itself writes it, which knows more letters.
    op.execute(
        "UPDATE customer SET sorts = lower(substr(coalesce("
        "nullif(name, ''), nullif(lead, '') || ' lead', 'Visitor ' || word), 1, 80))"
    )
    for name, columns, condition in (
        ("customer_sorts", ["sorts", "id"], "merged_into IS NULL"),
        ("customer_named", ["sorts", "id"], "merged_into IS NULL AND name IS NOT NULL"),
        ("customer_dial", ["dial"], "dial IS NOT NULL"),
        ("customer_city", ["city", "id"], "city IS NOT NULL"),
        ("customer_country", ["country", "id"], "country IS NOT NULL"),
        ("customer_seen", ["seen_at", "id"], "merged_into IS NULL"),
        ("customer_of_company", ["company_id", "sorts", "id"], "company_id IS NOT NULL"),
        ("customer_email", ["email"], "email IS NOT NULL"),
        ("customer_address", ["seen_at"], "address IS NOT NULL"),
        ("customer_merged", ["merged_into"], "merged_into IS NOT NULL"),
    ):
        only = sa.text(condition)
        op.create_index(name, "customer", columns, sqlite_where=only, postgresql_where=only)


def _say_what_facts_are_about() -> None:
    """Whoever erases a conversation finds every fact of it."""
    kinds = ("AnswerApproved", "AnswerChanged", "AnswerRetired", "AnswerRestored")
    for kind, of in (
        ("NoticeGiven", "notice"),
        *((kind, "answer") for kind in kinds),
        ("FeedbackGiven", None),
    ):
        path = f"$.{of}.conversation_id" if of else "$.conversation_id"
        found = "json_extract(data, :path)"
        if op.get_bind().dialect.name == "postgresql":
            path = path.removeprefix("$.").replace(".", ",")
            found = "CAST(data AS json) #>> CAST('{' || CAST(:path AS text) || '}' AS text[])"
        statement = f"UPDATE fact SET conversation_id = {found} WHERE kind = :kind"  # noqa: S608 - two constants
        op.get_bind().execute(sa.text(statement), {"path": path, "kind": kind})


def _find_what_goes_along() -> None:
    """Erasing asks each of these for what belongs to one conversation, note, question or customer."""
    for name, table, column in (
        ("reading_conversation", "reading", "conversation_id"),
        ("star_conversation", "star", "conversation_id"),
        ("own_labelling_conversation", "own_labelling", "conversation_id"),
        ("mention_note", "mention", "note_id"),
        ("thread_reading_note", "thread_reading", "note_id"),
        ("notice_conversation", "notice", "conversation_id"),
        ("notice_note", "notice", "note_id"),
        ("suggestion_question", "suggestion", "question_id"),
        ("visitor_token_customer", "visitor_token", "customer_id"),
    ):
        op.create_index(name, table, [column])
