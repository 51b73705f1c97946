"""A customer asks, answers lie under the conversation; the team's doings move them, teach, and forget."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import orjson
import pytest
from sqlalchemy import select
from tests.cast import AgentPlayer, Cast, Talk, id_of
from tests.databases import Database
from tests.live.clients import running
from tests.serving import eventually
from tests.suggest.knowing import a_passage, a_source, learn_website
from tests.talk.counting import facts

from frontdesk.api.conversations import _answer, _close
from frontdesk.base.desk import Desk
from frontdesk.base.errors import Conflict, Invalid, Missing
from frontdesk.base.ids import new_id
from frontdesk.know import identifiers, passages, sources
from frontdesk.suggest import feedback, propose, read
from frontdesk.suggest.model import Proposal, Suggestion
from frontdesk.suggest.proposer import Proposer
from frontdesk.suggest.tables import question, suggestion
from frontdesk.talk.model import Said


@asynccontextmanager
async def suggesting(desk: Desk, database: Database) -> AsyncIterator[Proposer]:
    async with running(desk, database.settings()) as shield:
        proposer: Proposer = shield.app.state.context.proposer
        yield proposer


async def ready(proposer: Proposer, count: int) -> None:
    """All is read in, and what was asked before has been looked at again."""
    await eventually(
        lambda: proposer.engine is not None and proposer.known() == count and proposer._learnt_at > 0,
        seconds=20,
    )


def under(who: AgentPlayer, talk: Talk) -> tuple[Suggestion, ...]:
    found: Proposal = who.desk.read_now(read.proposal, who.actor, id_of(talk))
    return found.suggestions


async def suggested(who: AgentPlayer, talk: Talk) -> tuple[Suggestion, ...]:
    await eventually(lambda: under(who, talk) != (), seconds=20)
    return under(who, talk)


async def met(who: AgentPlayer, talk: Talk, title: str) -> Suggestion:
    """On the agent's screen: from then on it stays."""
    for _ in range(5):
        one = next(one for one in await suggested(who, talk) if one.origins[0].title == title)
        who.desk.write_now(feedback.seen, who.actor, conversation_id=id_of(talk), ids=[one.id])
        if one in under(who, talk):
            return one
    raise AssertionError("it was replaced again and again")


def sends(
    who: AgentPlayer,
    talk: Talk,
    text: str,
    suggestion_id: str | None = None,
    *,
    clicked: bool = False,
    confirmed: bool = False,
) -> Said:
    return who.desk.write_now(
        _answer, who.actor, new_id(), conversation_id=id_of(talk), text=text, files=[], as_new=False,
        suggestion_id=suggestion_id, clicked=clicked, confirmed=confirmed,
    )  # fmt: skip


def was_read(desk: Desk, talk: Talk) -> bool:
    rows = desk.read_now(lambda view: view.all(select(question.c.conversation_id)))
    return (id_of(talk),) in rows


def verdicts(desk: Desk, talk: Talk) -> dict[str, str | None]:
    """By the title of the page; what nobody judged is None."""
    return desk.read_now(_verdicts, id_of(talk))


def _verdicts(view: Any, conversation_id: str) -> dict[str, str | None]:
    rows = view.all(select(suggestion.c.origins, suggestion.c.verdict, suggestion.c.conversation_id))
    return {orjson.loads(row[0])[0]["title"]: row[1] for row in rows if row[2] == conversation_id}


async def test_a_question_is_answered_in_purple(desk: Desk, database: Database, cast: Cast) -> None:
    learn_website(desk)
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        asked = cast.ines.writes("Hi, is the travel press safe in the dishwasher?")
        first = (await suggested(cast.maja, asked))[0]
    assert first.text.startswith("The travel press is not safe in the dishwasher.")
    assert first.origins[0].title == "Dishwasher"
    assert first.origins[0].passage_id == first.passage_id
    assert first.text.endswith("https://kvarn.example/dishwasher")
    assert (first.one_click, first.blanks, first.drafted) == (True, (), False)
    told = [fact for fact in facts(desk) if fact.kind == "AnswersSuggested"]
    assert [fact.conversation_id for fact in told] == [asked.conversation.id]


def test_what_was_laid_before_origins_told_everything_can_still_be_read() -> None:
    told = {"kind": "page", "title": "T", "url": None, "at": 1, "agent_id": None, "conversation_id": None}
    row = ("id", "passage", "text", orjson.dumps([told]), 0.9, 1, 0)
    origin = read.as_suggestion(row).origins[0]
    assert (origin.title, origin.message_id, origin.passage_id) == ("T", None, None)


async def test_what_was_asked_before_the_start_is_answered_too(
    desk: Desk, database: Database, cast: Cast
) -> None:
    learn_website(desk)
    asked = cast.ines.writes("How long does delivery within Sweden take?")
    async with suggesting(desk, database):
        assert (await suggested(cast.maja, asked))[0].origins[0].title == "Delivery"


async def test_silence_is_an_answer(desk: Desk, database: Database, cast: Cast) -> None:
    learn_website(desk)
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        asked = cast.ines.writes("Who won the football match last night in Madrid?")
        again = cast.lead.writes("Who won last night's football match in Madrid?")
        await eventually(lambda: len(desk.read_now(read.unanswered, cast.maja.actor)) == 1, seconds=20)
        await eventually(lambda: desk.read_now(read.unanswered, cast.maja.actor)[0].times == 2, seconds=20)
    assert under(cast.maja, asked) == under(cast.maja, again) == ()


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Do you deliver to Corsica", True),
        ("Hej, går det att byta?", True),
        ("Wie lange dauert das", True),
        ("OK, I will try the finer setting tomorrow morning", False),
        ("Thank you, that worked.", False),
    ],
)
def test_what_is_no_question_waits_for_no_answer(text: str, question: bool) -> None:
    assert propose.asks(text) is question


async def test_the_next_message_replaces_them(desk: Desk, database: Database, cast: Cast) -> None:
    learn_website(desk)
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        asked = cast.ines.writes("How long does delivery within Sweden take?")
        before = await suggested(cast.maja, asked)
        sends(cast.maja, asked, before[0].text, before[0].id, clicked=True)
        cast.ines.writes("Thanks. Can I send anything back, and do you pay for the return?", asked)
        assert under(cast.maja, asked) == ()
        after = await suggested(cast.maja, asked)
    assert not {one.id for one in before} & {one.id for one in after}
    assert after[0].origins[0].title == "Returns"


async def test_an_answer_withdraws_them_and_teaches(desk: Desk, database: Database, cast: Cast) -> None:
    learn_website(desk)
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        asked = cast.ines.writes("How long does delivery within Sweden take?")
        first = (await suggested(cast.maja, asked))[0]
        said = sends(cast.maja, asked, first.text, first.id, clicked=True)
    assert said.conversation.owner_id == cast.maja.id
    assert under(cast.oskar, asked) == ()
    assert verdicts(desk, asked)["Delivery"] == "sent"
    given = [fact for fact in facts(desk) if fact.kind == "FeedbackGiven"]
    assert given[0].audience == "nobody"
    with pytest.raises(Conflict):
        desk.write_now(feedback.reject, cast.oskar.actor, suggestion_id=first.id)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (
            "delivery within Sweden takes one to three working days, elsewhere in Europe a week",
            "sent",
        ),
        ("Delivery within Sweden takes one to three working days, Ines. Yours left today.", "edited"),
        ("No idea, let me ask around and come back to you.", "ignored"),
    ],
)
async def test_what_became_of_it(desk: Desk, database: Database, cast: Cast, text: str, verdict: str) -> None:
    """Typed again nearly word for word it was used; something else means it was passed over."""
    learn_website(desk)
    desk.write_now(_without_addresses)
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        asked = cast.ines.writes("How long does delivery within Sweden take?")
        first = (await suggested(cast.maja, asked))[0]
        desk.write_now(feedback.seen, cast.maja.actor, conversation_id=asked.conversation.id, ids=[first.id])
        sends(
            cast.maja, asked, text, None if verdict == "sent" else first.id if verdict == "edited" else None
        )
    assert verdicts(desk, asked)["Delivery"] == verdict


def _without_addresses(tx: Any) -> None:
    for one in tx.all(select(*passages.COLUMNS)):
        passages.change(tx, passages.as_passage((*one[:7], None, *one[8:])))


async def test_what_nobody_saw_was_not_ignored(desk: Desk, database: Database, cast: Cast) -> None:
    learn_website(desk)
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        asked = cast.ines.writes("How long does delivery within Sweden take?")
        await suggested(cast.maja, asked)
        sends(cast.maja, asked, "Let me ask the warehouse.")
    assert set(verdicts(desk, asked).values()) == {None}


async def test_closing_passes_over_what_was_seen(desk: Desk, database: Database, cast: Cast) -> None:
    learn_website(desk)
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        asked = cast.ines.writes("How long does delivery within Sweden take?")
        ids = [one.id for one in await suggested(cast.maja, asked)]
        desk.write_now(feedback.seen, cast.maja.actor, conversation_id=asked.conversation.id, ids=ids)
        desk.write_now(_close, cast.maja.actor, conversation_id=asked.conversation.id)
    assert under(cast.maja, asked) == ()
    assert set(verdicts(desk, asked).values()) == {"ignored"}


async def test_a_rejected_one_does_not_come_back(desk: Desk, database: Database, cast: Cast) -> None:
    learn_website(desk)
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        asked = cast.ines.writes("How long does delivery within Sweden take?")
        first = (await suggested(cast.maja, asked))[0]
        desk.write_now(feedback.reject, cast.maja.actor, suggestion_id=first.id)
        assert first.id not in [one.id for one in under(cast.oskar, asked)]
        desk.write_now(feedback.reject, cast.oskar.actor, suggestion_id=first.id)
        assert len([fact for fact in facts(desk) if fact.kind == "SuggestionRejected"]) == 1
        again = cast.lead.writes("How long will the delivery within Sweden take?")
        await eventually(lambda: was_read(desk, again), seconds=20)
    assert "Delivery" not in [one.origins[0].title for one in under(cast.maja, again)]


async def test_a_click_sends_only_what_may_be_sent(desk: Desk, database: Database, cast: Cast) -> None:
    def reply(tx: Any) -> None:
        here = a_source(tx, "talks", "conversations")
        text = "Your order ⟦order number⟧ is on its way from the warehouse and arrives tomorrow."
        passages.add(tx, [a_passage("", text, here, "reply", cleared=False)])

    desk.write_now(reply)
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 1)
        asked = cast.ines.writes("Is my order on its way from the warehouse, when does it arrive?")
        (one,) = await suggested(cast.maja, asked)
        assert (one.one_click, one.blanks) == (False, ("order number",))
        for text, clicked in (
            (one.text, True),
            (one.text, False),
            (one.text.replace("⟦order number⟧", "7"), True),
        ):
            with pytest.raises(Invalid):
                sends(cast.maja, asked, text, one.id, clicked=clicked)
        sends(cast.maja, asked, one.text.replace("⟦order number⟧", "4711"), one.id)
    (kept,) = [
        passages.as_passage(row) for row in desk.read_now(lambda view: view.all(select(*passages.COLUMNS)))
    ]
    assert kept.cleared


async def test_what_its_page_no_longer_says_is_gone(desk: Desk, database: Database, cast: Cast) -> None:
    ids = learn_website(desk)
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        asked = cast.ines.writes("How long does delivery within Sweden take?")
        await suggested(cast.maja, asked)
        desk.write_now(passages.drop, [ids["Delivery"]])
        assert "Delivery" not in [one.origins[0].title for one in under(cast.maja, asked)]
        await ready(proposer, 4)


async def test_customers_never_hear_of_one(desk: Desk, database: Database, cast: Cast) -> None:
    learn_website(desk)
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        asked = cast.ines.writes("How long does delivery within Sweden take?")
        first = (await suggested(cast.maja, asked))[0]
    with pytest.raises(Missing):
        desk.read_now(read.proposal, cast.ines.actor, asked.conversation.id)
    for verb in (feedback.reject,):
        with pytest.raises(Missing):
            desk.write_now(verb, cast.ines.actor, suggestion_id=first.id)


async def test_what_was_learnt_outlives_the_process(desk: Desk, database: Database, cast: Cast) -> None:
    learn_website(desk)
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        asked = cast.ines.writes("How long does delivery within Sweden take?")
        first = (await suggested(cast.maja, asked))[0]
        desk.write_now(feedback.reject, cast.maja.actor, suggestion_id=first.id)
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        again = cast.lead.writes("How long will the delivery within Sweden take?")
        await eventually(lambda: was_read(desk, again), seconds=20)
    assert "Delivery" not in [one.origins[0].title for one in under(cast.maja, again)]


async def test_what_belongs_to_another_customer_is_asked_about(
    desk: Desk, database: Database, cast: Cast
) -> None:
    async with suggesting(desk, database):
        cast.lead.writes("Hello, my order is KK-204417 and my address is jonas.brandt@post.example")
        asked = cast.ines.writes("Where is my parcel?")
        await eventually(lambda: desk.read_now(identifiers.foreign, cast.ines.id, "KK-204417") != [])
        with pytest.raises(Conflict) as stopped:
            sends(cast.maja, asked, "Your order KK-204417 left today.")
        assert stopped.value.data == {"reason": "foreign", "found": ["KK-204417"]}
        assert desk.read_now(read.talk.get_conversation, cast.maja.actor, id_of(asked)).owner_id is None
        sends(cast.maja, asked, "Your order KK-204417 left today.", confirmed=True)
        own = cast.lead.writes("Hello?")
        sends(cast.maja, own, "Your order KK-204417 left today.")


async def test_an_edited_answer_leads_after_three_sends(desk: Desk, database: Database, cast: Cast) -> None:
    learn_website(desk)
    better = (
        "Within Sweden the delivery takes one to three working days. It leaves Göteborg the same evening."
    )
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        for number in range(3):
            asked = cast.stranger().writes(
                f"{'Hi! ' * number}How long does delivery within Sweden take?", start="x" * 20
            )
            page = await met(cast.maja, asked, "Delivery")
            sends(cast.maja, asked, better, page.id)
            await eventually(lambda count=number + 1: votes(desk) == count, seconds=20)
        await ready(proposer, 6)
        await eventually(lambda: credited(desk) == 3, seconds=20)
        asked = cast.ines.writes("How long does delivery within Sweden take?")
        first = (await suggested(cast.maja, asked))[0]
    assert (first.text, first.origins[0].kind) == (better, "reply")
    assert first.origins[0].agent_id == cast.maja.id


def credited(desk: Desk) -> int:
    given = [orjson.loads(fact.data) for fact in facts(desk) if fact.kind == "FeedbackGiven"]
    return sum(one["taken"] is not None for one in given)


def votes(desk: Desk) -> int:
    rows = desk.read_now(lambda view: view.all(select(*passages.COLUMNS)))
    return sum(one.votes for one in map(passages.as_passage, rows) if one.kind == "reply")


async def test_a_source_that_is_switched_off_is_silent(desk: Desk, database: Database, cast: Cast) -> None:
    learn_website(desk)
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        desk.write_now(sources.turn, cast.maja.actor, source_id="website", is_on=False)
        await ready(proposer, 0)
        desk.write_now(sources.turn, cast.maja.actor, source_id="website", is_on=True)
        await ready(proposer, 5)
