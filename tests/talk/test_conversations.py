"""A conversation's life: taken once, closed and opened again, continued, never silently somebody else's."""

import pytest
from tests.cast import Cast, Talk
from tests.talk.counting import assert_adds_up, facts

from frontdesk.base.errors import Conflict, Invalid, Missing
from frontdesk.people import agents
from frontdesk.reactions import release_conversations
from frontdesk.talk import conversations
from frontdesk.talk.model import Happening, Message


def lines(cast: Cast, talk: Talk) -> list[str]:
    """The timeline as the team reads it."""
    return [
        item.what if isinstance(item, Happening) else f"{item.by}: {item.text}"
        for item in cast.maja.timeline(talk)
    ]


def kinds(cast: Cast) -> list[str]:
    return [fact.kind for fact in facts(cast.desk)]


def test_a_question_waits_for_anybody(cast: Cast) -> None:
    asked = cast.ines.asks("Which burrs fit?")
    one = asked.conversation
    assert (one.owner_id, one.closed, one.last_position, one.asked_position) == (None, False, 1, 1)
    assert one.last is not None
    assert (one.last.by, one.last.text, one.last.position) == ("customer", "Which burrs fit?", 1)
    assert all(who.sees("unassigned") == [one.id] and who.sees() == [] for who in cast.agents)


def test_answering_makes_it_mine(cast: Cast) -> None:
    asked = cast.ines.asks("Which burrs fit?")
    answered = cast.oskar.answers(asked, "The steel ones.")
    assert answered.conversation.owner_id == cast.oskar.id
    assert lines(cast, asked) == ["customer: Which burrs fit?", "taken", "agent: The steel ones."]
    assert (cast.oskar.sees(), cast.maja.sees("unassigned")) == ([asked.conversation.id], [])
    assert kinds(cast)[-2:] == ["ConversationTaken", "AgentReplied"]


def test_who_loses_is_told_who_won(cast: Cast) -> None:
    asked = cast.ines.asks("Which burrs fit?")
    cast.oskar.answers(asked, "The steel ones.")
    with pytest.raises(Conflict) as lost:
        cast.leila.answers(asked, "The ceramic ones.")
    assert lost.value.data == {"reason": "taken", "owner_id": cast.oskar.id}
    assert lines(cast, asked)[-1] == "agent: The steel ones."


def test_answering_in_a_colleagues_starts_ones_own(cast: Cast) -> None:
    asked = cast.ines.asks("Which burrs fit?")
    cast.oskar.answers(asked, "The steel ones.")
    said = cast.leila.answers(asked, "Hello, Leila here.", as_new=True)
    new, old = said.conversation, asked.conversation.id
    assert (new.id != old, new.owner_id, new.customer.id) == (True, cast.leila.id, cast.ines.id)
    assert (lines(cast, old)[-1], lines(cast, new)) == (
        "continued_in",
        ["continued_from", "agent: Hello, Leila here."],
    )
    line, back = cast.maja.timeline(old)[-1], cast.maja.timeline(new)[0]
    assert isinstance(line, Happening)
    assert isinstance(back, Happening)
    assert (line.other_id, line.agent_id, back.other_id) == (new.id, cast.leila.id, old)
    assert cast.oskar.sees() == [old]
    assert cast.leila.sees() == [new.id]


def test_as_new_in_ones_own_is_just_an_answer(cast: Cast) -> None:
    asked = cast.ines.asks("Hello")
    for _ in range(2):
        said = cast.oskar.answers(asked, "Hello", as_new=True)
        assert said.conversation.id == asked.conversation.id


def test_closing_and_reopening(cast: Cast) -> None:
    asked = cast.ines.asks("Hello")
    cast.oskar.answers(asked, "Hello")
    assert cast.oskar.closes(asked).closed
    assert (cast.oskar.sees(), cast.oskar.sees(closed=True)) == ([], [asked.conversation.id])
    again = cast.maja.reopens(asked)
    assert (again.closed, again.owner_id) == (False, cast.oskar.id)
    assert lines(cast, asked)[-2:] == ["closed", "reopened"]


def test_doing_it_twice_changes_nothing(cast: Cast) -> None:
    asked = cast.ines.asks("Hello")
    cast.maja.reopens(asked)
    assert len(lines(cast, asked)) == 1
    cast.maja.closes(asked)
    cast.oskar.closes(asked)
    assert lines(cast, asked) == ["customer: Hello", "closed"]
    assert kinds(cast).count("ConversationClosed") == 1


def test_the_customer_opens_it_again_for_its_owner(cast: Cast) -> None:
    asked = cast.ines.asks("Hello")
    cast.oskar.answers(asked, "Hello")
    cast.oskar.closes(asked)
    again = cast.ines.writes("One more thing", asked)
    assert (again.conversation.closed, again.conversation.owner_id) == (False, cast.oskar.id)
    assert kinds(cast)[-2:] == ["ConversationReopened", "CustomerWrote"]
    line = cast.maja.timeline(asked)[-2]
    assert isinstance(line, Happening)
    assert (line.what, line.agent_id) == ("reopened", None)


def test_it_goes_to_unassigned_when_its_owner_is_gone(cast: Cast) -> None:
    asked = cast.ines.asks("Hello")
    cast.oskar.answers(asked, "Hello")
    cast.oskar.closes(asked)
    cast.desk.write_now(agents.disable, cast.maja.actor, cast.oskar.id)
    again = cast.ines.writes("One more thing", asked)
    assert again.conversation.owner_id is None
    assert cast.leila.sees("unassigned") == [asked.conversation.id]
    assert cast.leila.answers(asked, "Leila here.").conversation.owner_id == cast.leila.id


def test_an_agents_answer_opens_it_again(cast: Cast) -> None:
    asked = cast.ines.asks("Hello")
    cast.oskar.closes(asked)
    said = cast.leila.answers(asked, "Still there?")
    assert (said.conversation.closed, said.conversation.owner_id) == (False, cast.leila.id)
    assert lines(cast, asked)[1:] == ["closed", "reopened", "taken", "agent: Still there?"]


def test_a_colleagues_closed_one_stays_closed_and_theirs(cast: Cast) -> None:
    asked = cast.ines.asks("Hello")
    cast.oskar.answers(asked, "Hello")
    cast.oskar.closes(asked)
    with pytest.raises(Conflict):
        cast.leila.answers(asked, "Hello?")
    cast.leila.answers(asked, "Hello?", as_new=True)
    assert cast.maja.row(asked).closed


async def test_who_waits_for_an_agent_who_is_gone_waits_for_anybody(cast: Cast) -> None:
    waiting = [cast.stranger().asks(f"Question {number}") for number in range(120)]
    for asked in waiting:
        cast.oskar.answers(asked, "A moment.")
    cast.oskar.closes(waiting[0])
    cast.desk.write_now(agents.disable, cast.maja.actor, cast.oskar.id)
    await release_conversations(cast.desk, {"agent_id": cast.oskar.id})
    assert cast.leila.counts()["unassigned"] == 119
    assert cast.maja.row(waiting[0]).owner_id == cast.oskar.id
    assert lines(cast, waiting[1])[-1] == "released"
    assert kinds(cast).count("ConversationReleased") == 119
    assert_adds_up(cast.desk)
    cast.leila.answers(waiting[1], "I go on from here.")
    cast.leila.answers(waiting[0], "And here.")


async def test_who_came_back_keeps_theirs(cast: Cast) -> None:
    asked = cast.ines.asks("Hello")
    cast.oskar.answers(asked, "Hello")
    cast.desk.write_now(agents.disable, cast.maja.actor, cast.oskar.id)
    cast.desk.write_now(agents.enable, cast.maja.actor, cast.oskar.id)
    await release_conversations(cast.desk, {"agent_id": cast.oskar.id})
    assert cast.oskar.sees() == [asked.conversation.id]


def test_one_customer_has_several(cast: Cast) -> None:
    first, second = cast.ines.asks("Burrs"), cast.ines.asks("Delivery")
    assert first.conversation.id != second.conversation.id
    again = cast.ines.writes("And this", start=second.conversation.start)
    assert again.conversation.id == second.conversation.id
    assert len(cast.ines.conversations()) == 2


def test_a_start_is_its_senders(cast: Cast) -> None:
    mine, other = cast.ines.writes("Hi", start="same-start-1"), cast.lead.writes("Hi", start="same-start-1")
    assert mine.conversation.id != other.conversation.id


@pytest.mark.parametrize("text", ["", "  \n\t ", "\u200b\u2060", "\0\x07", "x" * 10_001])
def test_what_is_no_message(cast: Cast, text: str) -> None:
    asked = cast.ines.asks("Hello")
    with pytest.raises(Invalid):
        cast.ines.writes(text, asked)
    with pytest.raises(Invalid):
        cast.oskar.answers(asked, text)
    assert cast.maja.row(asked).owner_id is None


@pytest.mark.parametrize("text", ["x" * 10_000, "👩‍👩‍👧", "a\n\n  b", "<b>bold</b>", "שלום\u200f!", "?"])
def test_what_was_written_is_what_is_read(cast: Cast, text: str) -> None:
    asked = cast.ines.asks(text)
    (item,) = cast.oskar.timeline(asked)
    assert isinstance(item, Message)
    assert item.text == text == asked.message.text


def test_the_last_words_are_a_short_line(cast: Cast) -> None:
    last = cast.ines.asks("Hello\n\n  there " + "word " * 400).conversation.last
    assert last is not None
    assert last.text.startswith("Hello there word")
    assert len(last.text) == 140
    assert last.text.endswith("…")


def test_nothing_is_known_of_what_is_not_there(cast: Cast) -> None:
    for verb in (conversations.close, conversations.reopen):
        with pytest.raises(Missing):
            cast.desk.write_now(verb, cast.maja.actor, "0" * 26)
    with pytest.raises(Missing):
        cast.maja.answers("0" * 26, "Hello")


def test_customers_neither_close_nor_answer_nor_meddle(cast: Cast) -> None:
    own, other = cast.ines.asks("Mine"), cast.lead.asks("Not hers")
    for talk in (own, other):
        for verb in (conversations.close, conversations.reopen):
            with pytest.raises(Missing):
                cast.desk.write_now(verb, cast.ines.actor, talk.conversation.id)
    with pytest.raises(Missing):
        cast.ines.writes("Into another's", other)
    with pytest.raises(Missing):
        cast.ines.sees(other)
    with pytest.raises(Missing):
        cast.ines.timeline(other)
    assert lines(cast, other) == ["customer: Not hers"]


def test_a_customer_reads_words_and_two_grey_lines(cast: Cast) -> None:
    asked = cast.ines.asks("Hello")
    cast.oskar.answers(asked, "Hello")
    cast.leila.answers(asked, "Also hello", as_new=True)
    cast.oskar.closes(asked)
    cast.oskar.reopens(asked)
    shown = [getattr(item, "what", "message") for item in cast.ines.timeline(asked)]
    assert shown == ["message", "message", "closed", "reopened"]
