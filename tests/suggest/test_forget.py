"""A customer who is forgotten has taught nothing."""

from typing import Any

import orjson
from sqlalchemy import select
from tests.cast import Cast
from tests.databases import Database
from tests.serving import eventually
from tests.suggest.knowing import learn_website
from tests.suggest.test_proposals import ready, sends, suggested, suggesting, under, was_read

from frontdesk.base.desk import Desk
from frontdesk.know import answers, identifiers, passages
from frontdesk.know.tables import exchange, identifier, vector
from frontdesk.suggest import forget
from frontdesk.suggest.tables import learnt, question, suggestion

ANSWER = "The workshop in Malmö repairs the big kettle within a week, and the repair costs nothing."


def rows(desk: Desk, table: Any) -> list[Any]:
    return desk.read_now(lambda view: view.all(select(table)))


async def test_nothing_of_theirs_is_left(desk: Desk, database: Database, cast: Cast) -> None:
    learn_website(desk)
    async with suggesting(desk, database) as proposer:
        await ready(proposer, 5)
        asked = cast.ines.writes("Who repairs the big kettle? I am at ines@post.example, order KK-204417.")
        said = sends(cast.maja, asked, ANSWER)
        desk.write_now(
            answers.approve, cast.maja.actor, question="Repair?", text=ANSWER, message_id=said.message.id
        )
        cast.maja.closes(asked)
        await ready(proposer, 7)
        other = cast.ines.writes("How long does delivery within Sweden take?", start="y" * 20)
        first = (await suggested(cast.maja, other))[0]
        sends(cast.maja, other, first.text, first.id, clicked=True)
        await eventually(lambda: rows(desk, identifier) != [], seconds=10)
        assert rows(desk, exchange) != []

        desk.write_now(forget.forget_customer, cast.ines.id)

        await ready(proposer, 5)
        for table in (exchange, identifier, question, suggestion):
            assert rows(desk, table) == []
        assert {row.text for row in map(passages.as_passage, desk.read_now(_all))} & {ANSWER} == set()
        assert len(rows(desk, vector)) == 5
        await eventually(lambda: rows(desk, learnt) != [], seconds=10)
        engine = proposer.engine
        assert engine is not None
        asked_again = cast.lead.writes("Who repairs the big kettle?")
        await eventually(lambda: was_read(desk, asked_again), seconds=20)
        assert ANSWER not in [one.text for one in under(cast.maja, asked_again)]
        assert desk.read_now(identifiers.foreign, cast.lead.id, "Your order KK-204417 left.") == []
        assert cast.ines.id not in orjson.dumps([str(row) for row in rows(desk, learnt)]).decode()


def _all(view: Any) -> list[Any]:
    found: list[Any] = view.all(select(*passages.COLUMNS))
    return found
