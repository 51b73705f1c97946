"""Approved answers: written by hand or taken from a message, changed, retired, and gone with a customer."""

import pytest
from tests.cast import AgentPlayer, Cast, CustomerPlayer
from tests.talk.counting import facts

from frontdesk.base.desk import Desk
from frontdesk.base.errors import Conflict, Invalid, Missing
from frontdesk.base.ids import new_id
from frontdesk.know import answers, passages, sources
from frontdesk.know.blanks import Blanker
from frontdesk.know.everyday import Everyday
from frontdesk.know.model import ANSWERS, Answer
from frontdesk.know.public import Public
from frontdesk.people.model import NOBODY


def approve(desk: Desk, cast: Cast, question: str = "Where?", text: str = "In Malmö.", **more: str) -> Answer:
    return desk.write_now(answers.approve, cast.oskar.actor, question=question, text=text, **more)["answer"]


def proposed_to(who: AgentPlayer | CustomerPlayer, message_id: str) -> dict[str, str | None]:
    """What `Use as answer` begins with, where the company speaks of the K2 itself."""
    blanker = Blanker(Everyday(), Public(["The K2 grinder has a burr set of 38 mm."]))
    return who.desk.read_now(answers.proposed, who.actor, message_id, blanker)


def in_use(desk: Desk, cast: Cast, *, retired: bool = False) -> list[str]:
    rows, _ = desk.read_now(answers.page, cast.oskar.actor, retired=retired, after=None, limit=50)
    return [one.text for one in rows]


def kinds(desk: Desk) -> list[str]:
    return [one.kind for one in facts(desk) if one.kind.startswith("Answer")]


def test_an_answer_is_a_passage_of_the_same_id(desk: Desk, cast: Cast) -> None:
    one = approve(desk, cast, " Where are you?\r\n", "In Malmö,\r\nat the harbour. ")
    found = desk.read_now(passages.find, one.id)
    assert found is not None
    assert (found.kind, found.source_id, found.questions, found.text) == (
        "answer", ANSWERS, ("Where are you?",), "In Malmö,\nat the harbour.",
    )  # fmt: skip
    assert (found.agent_id, found.cleared, found.at) == (cast.oskar.id, True, one.changed_at)
    assert kinds(desk) == ["AnswerApproved"]
    assert desk.read_now(sources.get, ANSWERS).counts.found == 1


def test_a_question_may_be_missing(desk: Desk, cast: Cast) -> None:
    found = desk.read_now(passages.find, approve(desk, cast, "", "Yes.").id)
    assert found is not None
    assert found.questions == ()


@pytest.mark.parametrize(
    ("question", "text", "field"),
    [
        ("Why?", "", "text"),
        ("Why?", " \n\t", "text"),
        ("Why?", "x" * 4_001, "text"),
        ("x" * 501, "Yes.", "question"),
    ],
)
def test_what_is_wrong_is_named(desk: Desk, cast: Cast, question: str, text: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        approve(desk, cast, question, text)
    assert list(refused.value.fields or {}) == [field]


def test_it_is_changed_retired_and_restored(desk: Desk, cast: Cast) -> None:
    one = approve(desk, cast)
    leila = cast.leila.actor
    changed = desk.write_now(answers.change, leila, answer_id=one.id, question="Where now?", text="In Lund.")[
        "answer"
    ]
    assert (changed.agent_id, changed.created_at) == (cast.leila.id, one.created_at)
    found = desk.read_now(passages.find, one.id)
    assert found is not None
    assert (found.text, found.questions, found.agent_id) == ("In Lund.", ("Where now?",), cast.leila.id)
    for _ in range(2):
        desk.write_now(answers.retire, leila, answer_id=one.id)
    assert desk.read_now(passages.find, one.id) is None
    assert (in_use(desk, cast), in_use(desk, cast, retired=True)) == ([], ["In Lund."])
    desk.write_now(answers.change, leila, answer_id=one.id, question="Where?", text="In Ystad.")
    assert desk.read_now(passages.find, one.id) is None, "a retired answer is not suggested, whatever it says"
    for _ in range(2):
        desk.write_now(answers.restore, leila, answer_id=one.id)
    found = desk.read_now(passages.find, one.id)
    assert found is not None
    assert found.text == "In Ystad."
    desk.write_now(answers.change, leila, answer_id=one.id, question="Where?", text="In Ystad.")
    assert kinds(desk) == [
        "AnswerApproved",
        "AnswerChanged",
        "AnswerRetired",
        "AnswerChanged",
        "AnswerRestored",
    ]


def test_only_the_team_writes(desk: Desk, cast: Cast) -> None:
    one = approve(desk, cast)
    for stranger in (cast.ines.actor, NOBODY):
        with pytest.raises(Missing):
            desk.write_now(answers.approve, stranger, question="", text="Free for all.")
        with pytest.raises(Missing):
            desk.write_now(answers.change, stranger, answer_id=one.id, question="", text="Free for all.")
        with pytest.raises(Missing):
            desk.write_now(answers.retire, stranger, answer_id=one.id)
        with pytest.raises(Missing):
            desk.read_now(answers.page, stranger, retired=False, after=None, limit=5)
    assert in_use(desk, cast) == ["In Malmö."]
    for verb, more in (
        (answers.change, {"question": "", "text": "x"}),
        (answers.retire, {}),
        (answers.restore, {}),
    ):
        with pytest.raises(Missing):
            desk.write_now(verb, cast.oskar.actor, answer_id=new_id(), **more)


def test_a_message_of_the_team_becomes_one(desk: Desk, cast: Cast) -> None:
    talk = cast.lead.asks("Hello.")
    cast.oskar.answers(talk, "Hello, what can I do for you?")
    cast.lead.writes("I have a K2.", talk)
    cast.lead.writes("Which burrs fit?", talk)
    cast.oskar.answers(talk, "One moment.")
    said = cast.oskar.answers(talk, "The 38 mm set fits.").message
    proposed = proposed_to(cast.leila, said.id)
    assert proposed == {
        "question": "I have a K2.\nWhich burrs fit?",
        "text": "The 38 mm set fits.",
        "answer_id": None,
    }
    one = approve(desk, cast, "Which burrs fit the K2?", "The 38 mm set.", message_id=said.id)
    assert (one.message_id, one.conversation_id) == (said.id, talk.conversation.id)
    found = desk.read_now(passages.find, one.id)
    assert found is not None
    assert found.customer_id == cast.lead.id
    assert proposed_to(cast.leila, said.id)["answer_id"] == one.id
    with pytest.raises(Conflict) as known:
        approve(desk, cast, message_id=said.id)
    assert known.value.data == {"reason": "known", "answer_id": one.id}
    desk.write_now(answers.retire, cast.maja.actor, answer_id=one.id)
    assert approve(desk, cast, message_id=said.id).id != one.id


def test_a_customers_message_does_not(desk: Desk, cast: Cast) -> None:
    said = cast.ines.asks("My order is 4711.")
    for id in (said.message.id, new_id()):
        with pytest.raises(Missing):
            proposed_to(cast.oskar, id)
        with pytest.raises(Missing):
            approve(desk, cast, message_id=id)
    answered = cast.oskar.answers(said, "It is on its way.")
    with pytest.raises(Missing):
        proposed_to(cast.ines, answered.message.id)


def test_a_long_question_keeps_its_end(desk: Desk, cast: Cast) -> None:
    talk = cast.lead.asks("before " * 60)
    cast.lead.writes(late := "later " * 50, talk)
    cast.lead.writes("And now?", talk)
    said = cast.oskar.answers(talk, "Yes.").message
    assert proposed_to(cast.oskar, said.id)["question"] == late.strip() + "\nAnd now?"
    talk = cast.lead.asks("many " * 180)
    said = cast.oskar.answers(talk, "Yes.").message
    assert proposed_to(cast.oskar, said.id)["question"] == ("many " * 100).strip()


def test_what_belongs_to_the_customer_is_blank(desk: Desk, cast: Cast) -> None:
    asked = "Hi, I am Ines. Where is my order KK-20417? My address is Storgatan 12, 413 01 Göteborg."
    talk = cast.ines.asks(asked)
    cast.ines.writes("You can reach me at ines.o@mail.example or on 070-123 45 67.", talk)
    words = "Hi Ines, your order KK-20417 left today and goes to Storgatan 12. The K2 comes along with it."
    said = cast.oskar.answers(talk, words).message
    found = proposed_to(cast.oskar, said.id)
    text, question = str(found["text"]), str(found["question"])
    for theirs in ("Ines", "20417", "Storgatan", "413 01", "Göteborg", "mail.example", "070"):
        assert theirs not in text
        assert theirs not in question
    assert "⟦name⟧" in text
    assert "⟦order number⟧" in text
    assert text.endswith("The K2 comes along with it.")
    # A blank helps nobody to recognise a question.
    one = approve(desk, cast, "Where is order ⟦order number⟧, asks ⟦name⟧?", text, message_id=said.id)
    passage = desk.read_now(passages.find, one.id)
    assert passage is not None
    assert passage.questions == ("Where is order order number, asks ?",)
    assert "⟦name⟧" in passage.text


def test_with_a_customer_goes_what_was_taken_from_them(desk: Desk, cast: Cast) -> None:
    said = cast.oskar.answers(cast.ines.asks("Is mine repaired?"), "Yes, Ines.").message
    one = approve(desk, cast, "Is it repaired?", "Yes.", message_id=said.id)
    other = approve(desk, cast)
    desk.write_now(answers.forget_customer, cast.ines.id)
    assert desk.read_now(passages.find, one.id) is None
    assert in_use(desk, cast) == [other.text]
    assert desk.read_now(sources.get, ANSWERS).counts.found == 1


def test_answers_are_listed_newest_first_page_by_page(desk: Desk, cast: Cast) -> None:
    for n in range(23):
        approve(desk, cast, text=f"Number {n}.")
    seen: list[str] = []
    after = None
    while True:
        rows, after = desk.read_now(answers.page, cast.oskar.actor, retired=False, after=after, limit=10)
        seen += [one.text for one in rows]
        if after is None:
            break
    assert sorted(seen) == sorted(f"Number {n}." for n in range(23))
    assert len(seen) == 23
    with pytest.raises(Invalid):
        desk.read_now(answers.page, cast.oskar.actor, retired=False, after="nonsense", limit=10)
