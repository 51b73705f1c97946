"""Read marks are personal, "Seen" is for the other side, and unread counts what was not seen."""

import orjson
import pytest
from tests.cast import Cast
from tests.talk.counting import facts

from frontdesk.base.errors import Missing
from frontdesk.talk import conversations


def test_a_read_mark_is_ones_own(cast: Cast) -> None:
    asked = cast.ines.asks("Hello")
    cast.oskar.reads(asked)
    assert cast.oskar.row(asked).read_position == 1
    assert cast.leila.row(asked).read_position == 0
    (mark,) = facts(cast.desk, "ConversationRead")
    assert mark.audience == f"agent:{cast.oskar.id}"
    assert mark.customer_id is None


def test_the_customer_sees_that_somebody_saw(cast: Cast) -> None:
    asked = cast.ines.asks("Hello")
    assert asked.conversation.team_saw == 0
    cast.oskar.reads(asked)
    cast.leila.reads(asked)
    (own,) = cast.ines.conversations()
    assert own.team_saw == 1
    (seen,) = facts(cast.desk, "AgentSaw")
    assert orjson.loads(seen.data) == {
        "conversation_id": own.id,
        "customer_id": cast.ines.id,
        "position": 1,
        "agent_id": cast.oskar.id,
    }


def test_marks_never_go_back_and_never_beyond(cast: Cast) -> None:
    asked = cast.ines.asks("One")
    cast.ines.writes("Two", asked)
    cast.oskar.reads(asked, 99)
    cast.oskar.reads(asked, 1)
    cast.ines.sees(asked, 99)
    cast.ines.sees(asked, 0)
    row = cast.oskar.row(asked)
    assert (row.read_position, row.team_saw, row.customer_saw) == (2, 2, 2)
    assert len(facts(cast.desk, "ConversationRead")) == 1
    assert len(facts(cast.desk, "AgentSaw")) == 1


def test_unread_is_what_the_customer_asked_and_i_have_not_read(cast: Cast) -> None:
    asked = cast.ines.asks("Hello")

    def unread() -> bool:
        row = cast.oskar.row(asked)
        return row.asked_position > row.read_position

    assert unread()
    cast.oskar.reads(asked)
    assert not unread()
    cast.leila.answers(asked, "Hello")
    assert not unread()
    cast.ines.writes("And?", asked)
    assert unread()


def unread_by_ines(cast: Cast) -> int:
    return sum(one.customer_unread for one in cast.ines.conversations())


def test_a_customer_counts_answers_not_seen(cast: Cast) -> None:
    asked = cast.ines.asks("Hello")
    assert unread_by_ines(cast) == 0
    for text in ("Hello", "How can I help?"):
        cast.oskar.answers(asked, text)
    assert unread_by_ines(cast) == 2
    cast.oskar.closes(asked)
    assert unread_by_ines(cast) == 2
    cast.ines.sees(asked)
    assert unread_by_ines(cast) == 0
    cast.oskar.answers(asked, "Still there?")
    assert unread_by_ines(cast) == 1
    cast.ines.writes("Yes", asked)
    assert unread_by_ines(cast) == 0


@pytest.mark.parametrize(("seen", "left"), [(1, 3), (3, 2), (4, 1), (5, 0), (6, 0)])
def test_seeing_some_leaves_the_rest(cast: Cast, seen: int, left: int) -> None:
    """Positions: 1 asked, 2 taken, 3 4 5 answers, 6 closed."""
    asked = cast.ines.asks("Hello")
    for text in ("One", "Two", "Three"):
        cast.oskar.answers(asked, text)
    cast.oskar.closes(asked)
    cast.ines.sees(asked, seen)
    assert unread_by_ines(cast) == left


def test_the_fact_and_the_row_agree(cast: Cast) -> None:
    asked = cast.ines.asks("Hello")
    said = cast.oskar.answers(asked, "Hello")
    cast.ines.sees(asked, said.message.position)
    (fact,) = facts(cast.desk, "CustomerSaw")
    assert orjson.loads(fact.data)["position"] == said.message.position == cast.maja.row(asked).customer_saw


def test_writing_is_having_seen(cast: Cast) -> None:
    asked = cast.ines.asks("Hello")
    cast.oskar.answers(asked, "Hello")
    again = cast.ines.writes("Thanks", asked)
    assert again.conversation.customer_saw == again.message.position


def test_only_who_may_read_marks(cast: Cast) -> None:
    asked = cast.lead.asks("Hello")
    with pytest.raises(Missing):
        cast.desk.write_now(conversations.read_to, cast.ines.actor, asked.conversation.id, 1)
    with pytest.raises(Missing):
        cast.desk.write_now(conversations.seen_by_customer, cast.ines.actor, asked.conversation.id, 1)
    with pytest.raises(Missing):
        cast.desk.write_now(conversations.read_to, cast.lead.actor, asked.conversation.id, 1)
    assert cast.maja.row(asked).team_saw == 0
