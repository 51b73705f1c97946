"""What one customer was told never reaches another: made to leak, through the real verbs, and looked at."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from tests.cast import Cast, play
from tests.databases import Database
from tests.know import planted, planted_otherwise
from tests.know.planted import Made
from tests.know.survivors import survivors
from tests.know.teaching import blanker, learn_all, learnt
from tests.serving import opened

from frontdesk.base.db import Tx
from frontdesk.base.desk import Desk
from frontdesk.base.ids import new_id
from frontdesk.know import imports
from frontdesk.know.exchanges import Turn, exchanges
from frontdesk.know.model import Passage, blanks_in
from frontdesk.know.tables import exchange as exchange_table
from frontdesk.know.tables import passage as passage_table
from frontdesk.people import customers
from frontdesk.people.model import Actor
from frontdesk.suggest.guard import sendable_by_one_click
from frontdesk.talk import conversations, messages

CUSTOMERS, SUGGESTIONS = 1_000, 20_000
MAY_SURVIVE = 0.001
_SEED = {planted.made: 1, planted_otherwise.made: 7}


@pytest.fixture(params=[planted.made, planted_otherwise.made], ids=["planted", "otherwise"])
def people(request: pytest.FixtureRequest) -> list[Made]:
    make: Callable[..., Iterator[Made]] = request.param
    return list(make(CUSTOMERS, _SEED[request.param]))


def tell(tx: Tx, agent: Actor, one: Made) -> None:
    """One conversation by the real verbs, closed at its end."""
    brief = customers.appear(tx, name=one.name if one.known else None, city="Tavermouth")
    talk = conversations.start(tx, brief, "widget", start=new_id())
    for by, text in one.turns:
        # An hour between them, so that each answer stands for itself.
        tx.now += 3_600_000
        if by == "customer":
            messages.receive(
                tx,
                brief,
                new_id(),
                channel="widget",
                conversation_id=talk.id,
                start=None,
                text=text,
                files=[],
            )
        else:
            messages.send(tx, agent, new_id(), conversation_id=talk.id, text=text, files=[])
    conversations.close(tx, agent, talk.id)


def suggestions(passages: Sequence[Passage], count: int) -> Iterator[str]:
    """What could be shown for random questions: one of what was learnt, or the sentences of two."""
    rng = random.Random(3)
    for at in range(count):
        one = rng.choice(passages).text
        yield one if at % 2 else f"{one} {rng.choice(passages).text}"


@pytest.fixture
def lite(sqlite: Database) -> Iterator[Desk]:
    """Thousands of messages: on one of the two databases is enough."""
    desk = opened(sqlite)
    yield desk
    desk.close()


@pytest.mark.slow
def test_no_planted_identifier_reaches_another_customer(lite: Desk, people: list[Made]) -> None:
    cast = play(lite)
    for one in people:
        lite.write_now(tell, cast.oskar.actor, one)
    learn_all(lite)
    passages = learnt(lite)
    assert passages

    everything = [item for one in people for item in one.planted]
    found = survivors([one.text for one in passages], everything)
    assert len(found) <= MAY_SURVIVE * len(set(everything)), sorted(found)

    # Harder than the rule: as if an agent had cleared every one of them.
    shown = list(dict.fromkeys(suggestions(passages, SUGGESTIONS)))
    sendable = [text for text in shown if sendable_by_one_click(text, True, "reply")]
    assert sendable
    assert survivors(sendable, everything) == {}
    # And by the rule itself nothing learnt leaves by one click at all.
    assert not any(sendable_by_one_click(one.text, one.cleared, one.kind) for one in passages)


@pytest.mark.parametrize("make", [planted.made, planted_otherwise.made], ids=["planted", "otherwise"])
def test_a_hundred_made_customers(make: Callable[..., Iterator[Made]]) -> None:
    """The same without a database, quick enough for every run, and with other people."""
    people = list(make(150, 20_261))
    texts = [exchange.text for one in people for exchange in exchanges(turns(one), named(one), blanker())]
    everything = {item for one in people for item in one.planted}
    found = survivors(list(dict.fromkeys(texts)), everything)
    assert len(found) <= max(3, MAY_SURVIVE * len(everything)), found
    assert not [text for held in found.values() for text in held if not blanks_in(text)]


def turns(one: Made) -> list[Turn]:
    return [
        Turn(
            None,
            "agent" if by == "agent" else "customer",
            "oskar" if by == "agent" else None,
            at * 10**7,
            text,
        )
        for at, (by, text) in enumerate(one.turns)
    ]


def named(one: Made) -> str | None:
    return one.name if one.known else None


def test_customers_words_never_appear() -> None:
    """What a customer says is only ever a question; an agent who repeats nothing leaves nothing of it."""
    for one in planted.made(60):
        strange = f"zibble{one.name[:3].lower()}quax"
        said = [
            replace(turn, text=f"{turn.text} {strange} and what a lovely brown teapot that would be")
            if turn.by == "customer"
            else turn
            for turn in turns(one)
        ]
        for exchange in exchanges(said, named(one), blanker()):
            assert strange not in exchange.text
            assert strange not in exchange.question
            assert "teapot" not in exchange.text
            assert "teapot" in exchange.question


def test_everything_planted_goes_when_its_customer_goes(desk: Desk, cast: Cast) -> None:
    """Rule 5, for questions too: they may hold what an everyday word hides."""
    asked = cast.ines.asks("Will the violet teapot of my grandmother survive your dishwasher?")
    cast.oskar.answers(asked, "No, hand painted porcelain fades in every dishwasher after a while.")
    cast.oskar.closes(asked)
    other = cast.lead.asks("Can this go into the dishwasher?")
    cast.oskar.answers(other, "No, hand painted porcelain fades in every dishwasher after a while.")
    cast.oskar.closes(other)
    learn_all(desk)
    (one,) = learnt(desk)
    assert "grandmother" in " ".join(one.questions)
    desk.write_now(imports.forget_customer, cast.ines.id)
    (left,) = learnt(desk)
    assert left.questions == ("Can this go into the dishwasher?",)
    assert left.customer_id == cast.lead.id
    for table in (exchange_table, passage_table):
        dump = str(desk.read_now(lambda view, table=table: view.all(table.select())))
        assert "grandmother" not in dump
        assert cast.ines.id not in dump


def test_generators_make_what_they_promise() -> None:
    for make in (planted.made, planted_otherwise.made):
        made = list(make(300))
        assert {one.language for one in made} == {"en", "sv", "de"}
        whole = "\n".join(text for one in made for _, text in one.turns)
        held = [item for one in made for item in one.planted if item in whole]
        assert len(held) > 1_500
        assert re.search(r"\b4\d{3}[ -]?\d{2}", whole)
