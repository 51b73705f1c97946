"""Search: what is said, noted and named, as words; what was there before is indexed by a job."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_NUMBER = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
# Numbers below those of what happens from now on, eight apart; a message's files take the next one.
_LIVE, _STEP = 2**40, 8
_PAST = (("message", "message", 0), ("note", "note", 2), ("answer", "thread", 3), ("customer", "customer", 4))


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("number", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("of_id", sa.Text(), nullable=True),
        sa.Column("space", sa.Text(), nullable=True),
        sa.Column("terms", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    known = sa.text("of_id IS NOT NULL")
    op.create_index("search_entry_of", "search_entry", ["of_id"], sqlite_where=known, postgresql_where=known)
    op.create_table(
        "search_era",
        sa.Column("space", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("space"),
    )
    op.create_table(
        "search_past",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("upto", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind"),
    )
    if op.get_bind().dialect.name == "sqlite":
        _words_in_sqlite()
    else:
        _words_in_postgresql()
    _begin_with_the_past()


def _words_in_sqlite() -> None:
    # The words come folded and apart; this tokenizer alone changes nothing of them.
    op.execute(
        "CREATE VIRTUAL TABLE search_terms USING fts5"
        "(terms, content = '', columnsize = 0, tokenize = 'ascii')"
    )
    # Many small groups are committed, and each is a piece of the index: they are put together a little with
    # every group. All of a level at once, which is what happens at `crisismerge`, would make everybody wait.
    op.execute("INSERT INTO search_terms (search_terms, rank) VALUES ('automerge', 4)")
    op.execute("INSERT INTO search_terms (search_terms, rank) VALUES ('crisismerge', 200)")


def _words_in_postgresql() -> None:
    op.execute(
        "CREATE INDEX search_entry_terms ON search_entry USING gin"
        " (array_to_tsvector(string_to_array(space || replace(terms, ' ', ' ' || space), ' ')))"
    )


def _begin_with_the_past() -> None:
    for kind, table, place in _PAST:
        op.execute(
            f"INSERT INTO search_past (kind, after, upto, number)"  # noqa: S608
            f" SELECT '{kind}', '', max(id), {_LIVE + place} - {_STEP} * count(*) FROM {table}"
            " HAVING max(id) IS NOT NULL"
        )
    op.execute(
        "INSERT INTO job (id, kind, data, run_at, tries, claimed_until)"
        " SELECT 'index_past', 'index_past', '{}', 0, 0, 0 WHERE EXISTS (SELECT 1 FROM search_past)"
    )
