"""From feedback to the engine: read from the database, applied at once, saved now and then."""

from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import bindparam, case, func, select

from frontdesk.base.db import Reading, Tx
from frontdesk.base.log import Fact
from frontdesk.base.sql import Prepared, upsert
from frontdesk.base.tables import fact
from frontdesk.know.model import Turn
from frontdesk.know.tables import exchange, passage
from frontdesk.suggest.engine import Engine
from frontdesk.suggest.events import FeedbackGiven
from frontdesk.suggest.tables import learnt, question, suggestion

ENGINE = "engine"
FEEDBACK = FeedbackGiven.kind
_MOST = 20_000

Q, S = question.c, suggestion.c
_STATE = Prepared(select(learnt.c.data, learnt.c.upto).where(learnt.c.name == ENGINE))
_SAVE = upsert(learnt, ["name"], ["data", "upto", "at"])
_QUESTION = Prepared(select(Q.turns, Q.customer_id).where(Q.id == bindparam("one")))
_SHOWN = Prepared(select(S.passage_id).where(S.question_id == bindparam("one")).order_by(S.place))
# Of an edited suggestion the new wording is what was taken, where it has become an answer of its own.
CREDITED = func.coalesce(exchange.c.passage_id, S.passage_id)
F = fact.c
_SINCE = Prepared(
    select(F.seq, F.at, F.kind, F.conversation_id, F.customer_id, F.audience, F.data)
    .where(F.seq > bindparam("upto"), F.kind == FEEDBACK)
    .order_by(F.seq)
)
_ASKED_BEFORE = Prepared(
    select(exchange.c.question, exchange.c.passage_id, exchange.c.customer_id)
    .join(passage, passage.c.id == exchange.c.passage_id)
    .order_by(exchange.c.at)
    .limit(_MOST)
)
_FAQ = Prepared(
    select(passage.c.id, passage.c.questions)
    .where(passage.c.questions != "[]", passage.c.kind != "reply")
    .order_by(passage.c.at)
    .limit(_MOST)
)
_TAKEN = Prepared(
    select(Q.turns, passage.c.id, Q.customer_id)
    .join(question, Q.id == S.question_id)
    .outerjoin(exchange, exchange.c.message_id == S.message_id)
    .join(passage, passage.c.id == case((S.verdict == "edited", CREDITED), else_=S.passage_id))
    .where(S.verdict.in_(["sent", "edited"]))
    .order_by(S.verdict_at)
    .limit(_MOST)
)


@dataclass(slots=True)
class Given:
    """One customer's question and its feedback, as the engine takes it. `turns`: oldest first."""

    turns: list[Turn]
    customer_id: str
    shown: list[str]
    taken: str | None = None
    edited: bool = False
    rejected: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def state(view: Reading) -> tuple[bytes | None, int]:
    """And the number in the log up to which it was learnt."""
    row = view.first(_STATE)
    return (None, 0) if row is None else (bytes(row[0]), row[1])


def save(tx: Tx, data: bytes, upto: int) -> None:
    tx.run(_SAVE, name=ENGINE, data=data, upto=upto, at=tx.now)


def given(view: Reading, data: dict[str, Any]) -> Given | None:
    """From a fact's data; None where the question was erased."""
    one = _asked(view, data["question_id"])
    if one is not None:
        one.taken, one.edited = data["taken"], data["edited"]
        one.rejected, one.ignored = data["rejected"], data["ignored"]
    return one


def _asked(view: Reading, question_id: str) -> Given | None:
    row = view.first(_QUESTION, one=question_id)
    if row is None:
        return None
    shown = [found[0] for found in view.all(_SHOWN, one=question_id) if found[0]]
    return Given(_turns(row[0]), row[1], shown)


def since(view: Reading, upto: int) -> list[Fact]:
    """All feedback after this number, oldest first."""
    rows = view.all(_SINCE, upto=upto)
    return [
        Fact(seq, at, kind, conversation, customer, audience, data.encode())
        for seq, at, kind, conversation, customer, audience, data in rows
    ]


@dataclass(frozen=True, slots=True)
class Answered:
    """What was asked, which passage answered it, and whose question it was; "" where it was nobody's."""

    turns: list[Turn]
    passage_id: str
    origin: str


def history(view: Reading) -> list[Answered]:
    """What pages say they answer, what customers once asked and the team answered, and what agents took,
    oldest first.
    """
    asked = [
        Answered([Turn("customer", text)], row[0], "")
        for row in view.all(_FAQ)
        for text in orjson.loads(row[1])
    ]
    before = [Answered([Turn("customer", row[0])], row[1], row[2]) for row in view.all(_ASKED_BEFORE)]
    taken = [Answered(_turns(row[0]), row[1], row[2]) for row in view.all(_TAKEN)]
    return [*asked, *before, *taken]


def _turns(written: str) -> list[Turn]:
    return [Turn(**turn) for turn in orjson.loads(written)]


def apply(engine: Engine, one: Given) -> None:
    engine.learn(
        engine.embed(one.turns, one.customer_id),
        shown=one.shown,
        taken=one.taken,
        rejected=one.rejected,
        ignored=one.ignored,
        edited=one.edited,
    )
