"""Learning from conversations: what is learnt, how it is grouped, and how it is forgotten."""

import pytest
from sqlalchemy import update
from tests.cast import Cast, CustomerPlayer
from tests.know.teaching import blanker, learn, learn_all, learnt, texts

from frontdesk.base.db import Tx
from frontdesk.base.desk import Desk
from frontdesk.base.sql import Prepared
from frontdesk.know import imports, passages, replies
from frontdesk.know.exchanges import Turn, exchanges
from frontdesk.know.model import CONVERSATIONS, Passage
from frontdesk.know.tables import exchange, likeness, passage, source
from frontdesk.talk.model import Said

_SWITCH = Prepared(update(source).where(source.c.id == CONVERSATIONS).values(is_on=0))
HOW_LONG = "How long does the delivery to Norway take?"
TAKES = "The delivery to Norway takes three to five working days, and you can follow it."


def found(*said: str, minutes: int = 10, name: str | None = None) -> list[str]:
    """Questions and answers in turn; what begins with "> " is the agent's."""
    turns = [
        Turn(str(at), "agent", "maja", at * minutes * 60_000, one[2:])
        if one.startswith("> ")
        else Turn(str(at), "customer", None, at * minutes * 60_000, one)
        for at, one in enumerate(said)
    ]
    return [one.text for one in exchanges(turns, name, blanker())]


def asked(*said: str) -> list[str]:
    turns = [
        Turn(None, "agent", "maja", at * 600_000, one[2:])
        if one.startswith("> ")
        else Turn(None, "customer", None, at * 600_000, one)
        for at, one in enumerate(said)
    ]
    return [one.question for one in exchanges(turns, None, blanker())]


def test_greeting_and_signature_are_not_learnt() -> None:
    answer = "> Hi Ines,\n\nthe kettle works on every hob, because its base is steel.\n\nBest,\nOskar Berg"
    assert found("Does it work on induction?", answer) == [
        "The kettle works on every hob, because its base is steel."
    ]
    assert found(
        "Geht das?", "> Guten Tag Frau Müller, die Lieferung dauert drei Tage. Viele Grüße, Oskar"
    ) == ["Die Lieferung dauert drei Tage."]
    assert found("Går det?", "> Hej Gunilla! Leveransen tar tre dagar med posten. /Maja") == [
        "Leveransen tar tre dagar med posten."
    ]


@pytest.mark.parametrize(
    "answer",
    [
        "You are welcome, have a nice day!",
        "One moment please, I will check that.",
        "Tack själv, ha en trevlig dag!",
        "Einen Moment bitte, ich schaue nach.",
        "Thanks!",
        "https://shop.example/returns",
        "",
        "word " * 300,
    ],
)
def test_small_talk_is_not_learnt(answer: str) -> None:
    assert found("Hello?", f"> {answer}") == []


def test_what_was_written_in_one_go_is_one_answer() -> None:
    said = ("Is it tight?", "> The seal lasts a year.", "> After that you change it by hand.")
    assert found(*said, minutes=1) == ["The seal lasts a year.\nAfter that you change it by hand."]
    assert found(*said, minutes=60) == ["The seal lasts a year.", "After that you change it by hand."]


def test_a_short_question_brings_what_was_asked_before() -> None:
    said = (
        "How much is delivery to Norway?",
        "> The price is on the page about delivery.",
        "And to Finland?",
    )
    assert asked(*said, "> The same price as to Norway, and a day more.") == [
        "How much is delivery to Norway?",
        "How much is delivery to Norway? And to Finland?",
    ]


def test_an_agent_who_begins_has_answered_nothing() -> None:
    assert found("> We have a new kettle that you may like very much.") == []


def test_what_is_mostly_blanks_is_not_learnt() -> None:
    assert found("Where?", "> 12 Mill Lane, Tavermouth, order 38316, card 4111 1111 1111 1111.") == []


def test_a_closed_conversation_is_learnt(desk: Desk, cast: Cast) -> None:
    said = tell(cast.ines, cast, HOW_LONG, TAKES)
    learn(desk, said)
    (one,) = learnt(desk)
    assert (one.kind, one.source_id, one.text, one.questions) == ("reply", CONVERSATIONS, TAKES, (HOW_LONG,))
    assert (one.agent_id, one.conversation_id) == (cast.oskar.id, said.conversation.id)
    assert (one.message_id, one.customer_id) == (said.message.id, cast.ines.id)
    assert not one.cleared
    assert one.at == said.message.at


def tell(customer: CustomerPlayer, cast: Cast, question: str, answer: str) -> Said:
    asked = customer.asks(question)
    said = cast.oskar.answers(asked, answer)
    cast.oskar.closes(asked)
    return said


def test_learning_twice_changes_nothing(desk: Desk, cast: Cast) -> None:
    said = tell(cast.ines, cast, HOW_LONG, TAKES)
    learn(desk, said)
    before = learnt(desk)
    head = desk.read_now(lambda view: view.head())
    learn(desk, said)
    assert learnt(desk) == before
    assert desk.read_now(lambda view: view.head()) == head


def test_a_conversation_that_went_on_is_learnt_again(desk: Desk, cast: Cast) -> None:
    said = tell(cast.ines, cast, HOW_LONG, TAKES)
    learn(desk, said)
    (before,) = learnt(desk)
    cast.ines.writes("My name is Tavorin. And can I send it back?", said)
    cast.oskar.answers(said, "Within thirty days, and the return label is in the box.")
    learn(desk, said)
    assert {one.text for one in learnt(desk)} == {
        TAKES,
        "Within thirty days, and the return label is in the box.",
    }
    assert before.id in {one.id for one in learnt(desk)}


def test_near_same_answers_are_one(desk: Desk, cast: Cast) -> None:
    others = [cast.stranger() for _ in range(3)]
    wordings = (
        TAKES,
        f"Hello! {TAKES}",
        "Delivery to Norway takes three to five working days, and you can follow it.",
    )
    for customer, wording in zip(others, wordings, strict=True):
        learn(desk, tell(customer, cast, f"{HOW_LONG} I am in a hurry", wording))
    (one,) = learnt(desk)
    assert one.votes == 3
    assert one.text in wordings


@pytest.mark.parametrize(
    "other",
    [
        TAKES.replace("Norway", "Germany"),
        TAKES.replace("three to five", "3 to 5").replace("3 to 5", "7 to 9"),
        TAKES.replace("and you can follow it", "and you cannot follow it"),
    ],
)
def test_what_says_something_else_stays_apart(desk: Desk, cast: Cast, other: str) -> None:
    learn(desk, tell(cast.stranger(), cast, HOW_LONG, TAKES))
    learn(desk, tell(cast.stranger(), cast, HOW_LONG, other))
    assert set(texts(desk)) == {TAKES, other}


def test_questions_of_twelve_customers_at_most(desk: Desk, cast: Cast) -> None:
    words = (
        "kettle", "grinder", "press", "bottle", "jug", "cup", "filter", "lid", "handle", "knob", "seal",
        "mesh", "spring", "screw",
    )  # fmt: skip
    for word in words:
        learn(desk, tell(cast.stranger(), cast, f"How long does a {word} to Norway take?", TAKES))
    (one,) = learnt(desk)
    assert one.votes == 14
    assert len(set(one.questions)) == 12
    assert all(word in " ".join(one.questions) for word in words[:12])


def test_a_question_back_is_learnt_when_it_is_asked_again(desk: Desk, cast: Cast) -> None:
    back = "Could you send me a picture of the label on the base?"
    learn(desk, tell(cast.stranger(), cast, "It is broken", back))
    assert texts(desk) == []
    learn(desk, tell(cast.stranger(), cast, "My kettle leaks", back))
    assert texts(desk) == [back]


def test_the_best_worded_speaks_for_the_group(desk: Desk, cast: Cast) -> None:
    learn(desk, tell(cast.stranger(), cast, HOW_LONG, TAKES.lower().removesuffix(".")))
    learn(desk, tell(cast.stranger(), cast, HOW_LONG, TAKES))
    (one,) = learnt(desk)
    assert one.text == TAKES


def test_what_was_cleared_stays_cleared_while_it_speaks(desk: Desk, cast: Cast) -> None:
    learn(desk, tell(cast.stranger(), cast, HOW_LONG, TAKES))
    (one,) = learnt(desk)
    desk.write_now(passages.change, cleared(one))
    learn(desk, tell(cast.stranger(), cast, HOW_LONG, TAKES.replace("follow it", "follow it online")))
    (now,) = learnt(desk)
    assert (now.id, now.text, now.cleared, now.votes) == (one.id, TAKES, True, 2)


def cleared(one: Passage) -> Passage:
    return Passage(**{name: getattr(one, name) for name in one.__dataclass_fields__} | {"cleared": True})


def test_erasing_a_customer_erases_what_was_learnt(desk: Desk, cast: Cast) -> None:
    first, second = cast.stranger(), cast.stranger()
    learn(
        desk,
        tell(first, cast, "Is a garden grinder dishwasher safe?", "No, steel burrs rust within one night."),
    )
    learn(desk, tell(first, cast, f"{HOW_LONG} It is for my garden", TAKES))
    learn(desk, tell(second, cast, HOW_LONG, TAKES.replace("follow it", "follow it online")))
    group = max(learnt(desk), key=lambda one: one.votes)
    desk.write_now(passages.change, cleared(group))
    desk.write_now(imports.forget_customer, first.id)
    (left,) = learnt(desk)
    assert left.id == group.id
    assert left.text == TAKES.replace("follow it", "follow it online")
    assert (left.questions, left.customer_id, left.votes) == ((HOW_LONG,), second.id, 1)
    assert left.cleared is (group.text == left.text)
    desk.write_now(imports.forget_customer, second.id)
    for table in (exchange, likeness):
        assert desk.read_now(lambda view, table=table: view.all(table.select())) == []
    assert learnt(desk) == []


def test_switched_off_nothing_is_learnt(desk: Desk, cast: Cast) -> None:
    desk.write_now(lambda tx: tx.run(_SWITCH))
    said = tell(cast.ines, cast, HOW_LONG, TAKES)
    learn(desk, said)
    learn_all(desk)
    assert learnt(desk) == []
    assert desk.read_now(replies.hear, blanker(), said.conversation.id) is None


def test_the_old_ones_are_learnt_in_portions(desk: Desk, cast: Cast) -> None:
    for number in ("three", "four", "five", "six"):
        tell(
            cast.stranger(),
            cast,
            HOW_LONG,
            f"It takes {number} days, and the parcel goes by boat over the lake.",
        )
    open_one = cast.stranger().asks("Is this one open?")
    cast.oskar.answers(open_one, "This conversation is open, and so nobody learns from it yet.")
    teacher = blanker()
    first = desk.read_now(replies.portion, teacher, "", 2)
    assert len(first.heard) == 2
    assert first.after is not None
    desk.write_now(replies.keep, first.heard)
    again = desk.read_now(replies.portion, teacher, "", 2)
    desk.write_now(replies.keep, again.heard)
    rest = desk.read_now(replies.portion, teacher, first.after, 50)
    desk.write_now(replies.keep, rest.heard)
    assert rest.after is None
    assert len(rest.heard) == 2
    assert not any("open" in text for text in texts(desk))


def test_the_companys_words_are_read_before_learning(desk: Desk, cast: Cast) -> None:
    desk.write_now(page, "The Zorbflux fits every kettle since 2011.")
    tell(cast.stranger(), cast, "Which part?", "You need the Zorbflux for every kettle since 2011.")
    learn_all(desk)
    assert texts(desk) == ["You need the Zorbflux for every kettle since 2011."]


def page(tx: Tx, text: str) -> None:
    one = Passage("", "answers", "page", "Parts", "", (), text, "https://kvarn.example/parts", tx.now)
    passages.add(tx, [one])


def test_only_words_of_messages_are_ever_read(desk: Desk, cast: Cast) -> None:
    """Neither of grey lines nor of anything else that a conversation has; notes are a table of their own."""
    said = tell(cast.ines, cast, HOW_LONG, TAKES)
    cast.maja.reopens(said)
    cast.maja.closes(said)
    learn(desk, said)
    assert texts(desk) == [TAKES]


def test_nothing_of_it_is_left_when_the_conversation_is_forgotten(desk: Desk, cast: Cast) -> None:
    said = tell(cast.ines, cast, HOW_LONG, TAKES)
    learn(desk, said)
    desk.write_now(replies.forget_conversation, said.conversation.id)
    assert learnt(desk) == []
    assert desk.read_now(lambda view: view.all(passage.select())) == []
