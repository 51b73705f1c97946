"""Notes, threads and mentions: written, reworded, answered, looked at; by whom, and with which facts."""

import pytest
from tests.cast import AgentPlayer, Cast
from tests.conftest import Clock
from tests.talk.counting import assert_adds_up, facts

from frontdesk.base.desk import Desk
from frontdesk.base.errors import Invalid, Missing, Refused
from frontdesk.base.ids import new_id
from frontdesk.people import agents, teams
from frontdesk.talk import mentions, notes, read_notes, threads
from frontdesk.talk.model import Message
from frontdesk.talk.note_model import Note, ThreadAnswer, called_in, note_excerpt


def call(who: AgentPlayer) -> str:
    return f"@[agent:{who.id}]"


def edits(who: AgentPlayer, note: Note, text: str) -> Note:
    return who.desk.write_now(notes.edit, who.actor, note_id=note.id, text=text).note


def deletes(who: AgentPlayer, note: Note) -> Note:
    return who.desk.write_now(notes.delete, who.actor, note_id=note.id).note


def thread_of(who: AgentPlayer, note: Note) -> list[ThreadAnswer]:
    return who.desk.read_now(read_notes.answers, who.actor, note.id)


def test_a_note_stands_under_what_was_said_and_moves_nothing(cast: Cast) -> None:
    asked = cast.ines.asks("Where is my parcel?")
    before = cast.maja.row(asked)
    note = cast.oskar.notes(asked, "It is in Malmö.")
    second = cast.leila.notes(asked, "I have seen it.")
    assert (note.position, note.text, note.agent_id) == (1, "It is in Malmö.", cast.oskar.id)
    assert cast.maja.row(asked) == before
    cast.maja.answers(asked, "On its way.")
    items = cast.maja.timeline(asked)
    assert [getattr(one, "text", "-") for one in items] == [
        "Where is my parcel?", *sorted((note.text, second.text), key=lambda text: _order(note, second, text)),
        "-", "On its way.",
    ]  # fmt: skip
    assert_adds_up(cast.desk)


def _order(first: Note, second: Note, text: str) -> tuple[int, str]:
    one = first if first.text == text else second
    return one.at, one.id


def test_a_customer_has_none_of_it(cast: Cast) -> None:
    asked = cast.ines.asks("Where?")
    before = cast.ines.conversations()
    note = cast.oskar.notes(asked, f"Between us {call(cast.maja)}")
    cast.maja.answers_note(note, "I see.")
    assert cast.ines.conversations() == before
    assert [type(one) for one in cast.ines.timeline(asked)] == [Message]
    for verb, given in (
        (notes.add, {"conversation_id": asked.conversation.id, "text": "x"}),
        (notes.edit, {"note_id": note.id, "text": "x"}),
        (notes.delete, {"note_id": note.id}),
        (threads.answer, {"note_id": note.id, "text": "x"}),
        (mentions.look, {"conversation_id": asked.conversation.id}),
    ):
        with pytest.raises(Missing):
            cast.desk.write_now(verb, cast.ines.actor, **given)  # type: ignore[arg-type]
    with pytest.raises(Missing):
        cast.desk.read_now(read_notes.answers, cast.ines.actor, note.id)


def test_its_author_rewords_it_and_admins_see_what_it_said(cast: Cast, clock: Clock) -> None:
    note = cast.oskar.notes(cast.ines.asks("Where?"), "First")
    clock.passes(seconds=1)
    assert edits(cast.oskar, note, "Second").edited_at == clock.at
    edits(cast.oskar, note, "Third")
    gone = deletes(cast.oskar, note)
    assert (gone.text, gone.deleted_at) == ("", clock.at)
    assert deletes(cast.oskar, note) == gone
    said = cast.desk.read_now(read_notes.wordings, cast.maja.actor, note.id)
    assert [one.text for one in said] == ["First", "Second", "Third"]
    with pytest.raises(Refused):
        cast.desk.read_now(read_notes.wordings, cast.oskar.actor, note.id)
    with pytest.raises(Invalid, match="deleted"):
        edits(cast.oskar, note, "Fourth")
    with pytest.raises(Refused, match="Only who wrote it"):
        deletes(cast.maja, note)
    assert len(facts(cast.desk, "NoteChanged")) == 3


def test_the_same_words_again_change_nothing(cast: Cast) -> None:
    note = cast.oskar.notes(cast.ines.asks("Where?"), "First")
    assert edits(cast.oskar, note, " First ") == note
    assert facts(cast.desk, "NoteChanged") == []


@pytest.mark.parametrize("text", ["", " \n ", "\u200b", "x" * 10_001])
def test_a_note_says_something_and_not_too_much(cast: Cast, text: str) -> None:
    asked = cast.ines.asks("Where?")
    with pytest.raises(Invalid):
        cast.oskar.notes(asked, text)


def test_colleagues_answer_under_it(cast: Cast) -> None:
    asked = cast.ines.asks("Where?")
    note = cast.oskar.notes(asked, "Who knows?")
    first = cast.leila.answers_note(note, "I do.")
    second = cast.maja.answers_note(note, "Me too.")
    assert [one.place for one in thread_of(cast.oskar, note)] == [1, 2]
    cast.desk.write_now(threads.delete, cast.leila.actor, answer_id=first.id)
    cast.desk.write_now(threads.edit, cast.maja.actor, answer_id=second.id, text="I, too.")
    assert [(one.place, one.text) for one in thread_of(cast.oskar, note)] == [(1, ""), (2, "I, too.")]
    with pytest.raises(Refused):
        cast.desk.write_now(threads.edit, cast.oskar.actor, answer_id=second.id, text="No.")
    kept = cast.desk.read_now(read_notes.get_note, cast.oskar.actor, note.id)
    assert (kept.answers, kept.answered_at) == (2, second.at)


def test_who_answers_has_read_it_and_others_read_on(cast: Cast) -> None:
    note = cast.oskar.notes(cast.ines.asks("Where?"), "Who knows?")
    cast.leila.answers_note(note, "I do.")
    places = {who.id: cast.desk.read_now(read_notes.read_place, who.actor, note.id) for who in cast.agents}
    assert places == {cast.maja.id: 0, cast.oskar.id: 0, cast.leila.id: 1}
    cast.desk.write_now(threads.read_to, cast.oskar.actor, note_id=note.id, place=99)
    cast.desk.write_now(threads.read_to, cast.oskar.actor, note_id=note.id, place=0)
    assert cast.desk.read_now(read_notes.read_place, cast.oskar.actor, note.id) == 1
    assert len(facts(cast.desk, "ThreadRead")) == 2


def test_a_mention_calls_until_it_was_looked_at(cast: Cast) -> None:
    asked = cast.ines.asks("Where?")
    note = cast.oskar.notes(asked, f"Ask {call(cast.maja)} and {call(cast.oskar)}")
    answer = cast.leila.answers_note(note, f"{call(cast.maja)} knows")
    assert cast.maja.counted().mentions == 1
    assert cast.oskar.counted().mentions == 0, "nobody calls themselves"
    mention = cast.maja.row(asked).mention
    assert mention is not None
    assert mention.note_id == note.id
    assert mention.answer_id in (None, answer.id)
    cast.maja.looks(asked)
    cast.maja.looks(asked)
    assert (cast.maja.row(asked).mention, cast.maja.counted().mentions) == (None, 0)
    assert len(facts(cast.desk, "MentionsLookedAt")) == 1


def test_a_team_calls_each_of_it_who_is_at_work(cast: Cast) -> None:
    gone = cast.hires("Gone Away")
    team = cast.team("Orders", cast.maja, cast.oskar, gone)
    cast.desk.write_now(agents.disable, cast.maja.actor, gone.id)
    asked = cast.ines.asks("Where?")
    cast.oskar.notes(asked, f"Ask @[team:{team.id}] and @[agent:{new_id()}] and @[team:{new_id()}]")
    called = {fact.audience for fact in facts(cast.desk, "Mentioned")}
    assert called == {f"agent:{cast.maja.id}"}
    cast.desk.write_now(teams.retire, cast.maja.actor, team_id=team.id)
    cast.leila.notes(asked, f"Ask @[team:{team.id}]")
    assert len(facts(cast.desk, "Mentioned")) == 1


def test_what_is_reworded_calls_others_and_calls_back_whom_it_named(cast: Cast) -> None:
    asked = cast.ines.asks("Where?")
    note = cast.oskar.notes(asked, f"Ask {call(cast.maja)}")
    edits(cast.oskar, note, f"Ask {call(cast.leila)}")
    assert (cast.maja.counted().mentions, cast.leila.counted().mentions) == (0, 1)
    assert cast.maja.row(asked).mention is None
    deletes(cast.oskar, note)
    assert (cast.leila.counted().mentions, cast.leila.row(asked).mention) == (0, None)


def test_mentions_of_what_is_closed_are_not_counted(cast: Cast) -> None:
    asked = cast.ines.asks("Where?")
    cast.oskar.notes(asked, f"Ask {call(cast.maja)}")
    cast.oskar.closes(asked)
    assert cast.maja.counted().mentions == 0
    cast.oskar.reopens(asked)
    assert cast.maja.counted().mentions == 1
    assert len(facts(cast.desk, "MentionChanged")) == 2


def test_an_excerpt_cuts_no_mention() -> None:
    mark = f"@[agent:{'a' * 26}]"
    for before in range(230, 290):
        cut = note_excerpt("x" * before + mark + "y" * 300)
        assert len(cut) <= 280
        assert cut.count("@[") == cut.count("]")
    assert note_excerpt("one\n two ") == "one two"


def test_who_is_named_is_read_strictly() -> None:
    one = "0" * 26
    assert called_in(f"@[agent:{one}] @[agent:{one}] @[team:{one}]").agents == (one,)
    for not_one in (f"@[agent:{one}0]", f"@[AGENT:{one}]", f"@[agent: {one}]", f"@[bot:{one}]", "@[agent:]"):
        assert called_in(not_one).agents == ()


def test_desks_agree_on_a_bare_note(desk: Desk, cast: Cast) -> None:
    note = cast.oskar.notes(cast.ines.asks("Where?"), "Here")
    assert desk.read_now(read_notes.get_note, cast.maja.actor, note.id) == note
    with pytest.raises(Missing):
        desk.read_now(read_notes.get_note, cast.maja.actor, new_id())
