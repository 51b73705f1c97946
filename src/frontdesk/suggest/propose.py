"""Proposing: what is asked, and what then lies under the conversation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import and_, bindparam, delete, exists, or_, select, update

from frontdesk.base.db import Reading, Row, Tx
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared, insert_if_new
from frontdesk.know.model import Turn
from frontdesk.people.model import Actor
from frontdesk.suggest import events, read
from frontdesk.suggest.model import MOST, Proposal, Suggestion
from frontdesk.suggest.tables import question, suggestion
from frontdesk.talk import read as talk
from frontdesk.talk.model import Conversation, Message
from frontdesk.talk.tables import conversation

_ASKS = re.compile(
    r"\s*(?:h(?:i|ello|ej|allo)\W+)?(?:how|what|when|where|which|who|why|can|could|do|does|is|are|will|would|"
    r"hur|vad|när|var|vilken|vilka|varför|kan|går|finns|wie|was|wann|wo|welche\w*|warum|kann|können|gibt|"
    r"comment|quand|où|quel\w*|pourquoi|cómo|cuándo|dónde|qué|cuál)\b",
    re.I,
)
_SYSTEM = Actor("system")
_TURNS = 10

C, Q, S = conversation.c, question.c, suggestion.c
_INSERT_QUESTION = insert_if_new(question)
_INSERT = Prepared(suggestion.insert())
# Somebody had it before them, or said something of it: it stays until somebody writes again.
_MET = exists().where(S.question_id == Q.id, or_(S.seen_at.is_not(None), S.verdict.is_not(None)))
_KNOWN = Prepared(
    select(Q.id, Q.at, _MET).where(Q.conversation_id == bindparam("one"), Q.position == bindparam("at"))
)
_LAID = Prepared(
    select(S.passage_id, S.text, S.drafted).where(S.question_id == bindparam("one")).order_by(S.place)
)
_READ_AGAIN = Prepared(update(question).where(Q.id == bindparam("one")).values(at=bindparam("now")))
_TAKE_AWAY = Prepared(delete(suggestion).where(S.question_id == bindparam("one")))
_UNASK = Prepared(delete(question).where(Q.id == bindparam("one")))
_UNREAD = or_(Q.id.is_(None), and_(~_MET, Q.at < bindparam("learnt_at")))
_OPEN = Prepared(
    select(C.id)
    .outerjoin(question, (Q.conversation_id == C.id) & (Q.position == C.last_position))
    .where(C.closed == 0, C.last_by == "customer", _UNREAD, C.last_at > bindparam("since"))
    .order_by(C.last_at.desc())
    .limit(bindparam("limit", 200))
)
_UNANSWERED = Prepared(
    select(Q.id, Q.vector)
    .where(Q.alike == Q.id, Q.vector.is_not(None), Q.engine == bindparam("by"))
    .order_by(Q.at.desc())
    .limit(2_000)
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What waits for an answer: the customer's words since the last answer, with the talk before them.

    `position` is the conversation's newest: whatever is said or done next makes this an old question.
    """

    conversation_id: str
    customer_id: str
    position: int
    turns: tuple[Turn, ...]

    @property
    def text(self) -> str:
        """The customer's last words, as they stand at the end."""
        last: list[str] = []
        for turn in reversed(self.turns):
            if turn.by == "agent":
                break
            last.append(turn.text)
        return "\n".join(reversed(last))


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine made of a question: `best` is how sure it was of its first, shown or not."""

    engine: str
    best: float
    vector: bytes
    suggestions: tuple[Suggestion, ...]
    source_ids: tuple[str | None, ...]
    alike: str | None = None


def asks(text: str) -> bool:
    """Whether it is a question at all: "I will try it tomorrow" waits for no answer."""
    return "?" in text or _ASKS.match(text) is not None


def find_asked(view: Reading, conversation_id: str) -> Asked | None:
    """None where nobody waits: the conversation is closed, or the team spoke last."""
    one = talk.find_conversation(view, conversation_id)
    return None if one is None else _asked(view, one)


def _asked(view: Reading, one: Conversation) -> Asked | None:
    if one.closed or one.last is None or one.last.by != "customer":
        return None
    items, _ = talk.timeline(view, _SYSTEM, one.id, limit=2 * _TURNS)
    said = [item for item in items if isinstance(item, Message) and item.text][-_TURNS:]
    turns = tuple(Turn(item.by, item.text) for item in said)
    if not turns or turns[-1].by != "customer":
        return None
    return Asked(one.id, one.customer.id, one.last_position, turns)


def waiting(view: Reading, since: int, learnt_at: int, limit: int = 200) -> list[str]:
    """Open conversations whose customer waits and whose question no engine has read yet, or read before
    `learnt_at` and nobody has seen what came of it.
    """
    return [row[0] for row in view.all(_OPEN, since=since, learnt_at=learnt_at, limit=limit)]


def unread(view: Reading, conversation_id: str, learnt_at: int) -> Asked | None:
    """What this conversation asks, unless it was read; before anybody looked, only since `learnt_at`."""
    asked = find_asked(view, conversation_id)
    if asked is None:
        return None
    row = view.first(_KNOWN, one=asked.conversation_id, at=asked.position)
    return asked if row is None or not (row[2] or row[1] >= learnt_at) else None


def keep(tx: Tx, asked: Asked, found: Found) -> Proposal | None:
    """None when it comes too late (somebody answered, the customer wrote on, another process was first), and
    when just this was laid before the desk learnt more.
    """
    if find_asked(tx, asked.conversation_id) != asked:
        return None
    row = tx.first(_KNOWN, one=asked.conversation_id, at=asked.position)
    before = tx.all(_LAID, one=row[0]) if row else []
    if row and (row[2] or _is_same(before, found)):
        tx.run(_READ_AGAIN, one=row[0], now=tx.now)
        return None
    if row:
        tx.run(_TAKE_AWAY, one=row[0])
        tx.run(_UNASK, one=row[0])
    question_id = new_id()
    if not _ask(tx, question_id, asked, found):
        return None
    for place, one in enumerate(found.suggestions):
        _insert(tx, asked, question_id, place, one, found.source_ids[place])
    proposal = Proposal(asked.conversation_id, asked.position, found.suggestions)
    if found.suggestions or before:
        tx.emit(events.AnswersSuggested(asked.customer_id, proposal))
    return proposal


def _is_same(laid: Sequence[Row], found: Found) -> bool:
    """But for what a language model drafted."""
    return [one[:2] for one in laid if not one[2]] == [
        (one.passage_id, one.text) for one in found.suggestions
    ]


def _ask(tx: Tx, question_id: str, asked: Asked, found: Found) -> bool:
    """False where another process has done it."""
    row = {
        "id": question_id,
        "conversation_id": asked.conversation_id,
        "customer_id": asked.customer_id,
        "position": asked.position,
        "at": tx.now,
        "text": asked.text,
        "turns": orjson.dumps(asked.turns).decode(),
        "engine": found.engine,
        "best": found.best,
        "shown": len(found.suggestions),
        "alike": None if found.suggestions or not asks(asked.text) else found.alike or question_id,
        "vector": found.vector,
    }
    return tx.run(_INSERT_QUESTION, **row) > 0


def add(tx: Tx, asked: Asked, one: Suggestion) -> Proposal | None:
    """One more, behind what is there; None when it comes too late."""
    row = tx.first(_KNOWN, one=asked.conversation_id, at=asked.position)
    if row is None or find_asked(tx, asked.conversation_id) != asked:
        return None
    _insert(tx, asked, row[0], MOST, one, None)
    laid = read.proposal(tx, _SYSTEM, asked.conversation_id)
    tx.emit(events.AnswersSuggested(asked.customer_id, laid))
    return laid


def _insert(
    tx: Tx, asked: Asked, question_id: str, place: int, one: Suggestion, source_id: str | None
) -> None:
    tx.run(
        _INSERT,
        id=one.id,
        question_id=question_id,
        conversation_id=asked.conversation_id,
        position=asked.position,
        place=place,
        at=tx.now,
        passage_id=one.passage_id,
        source_id=source_id,
        text=one.text,
        origins=orjson.dumps(one.origins).decode(),
        confidence=one.confidence,
        one_click=int(one.one_click),
        drafted=int(one.drafted),
        seen_at=None,
        verdict=None,
        verdict_at=None,
        agent_id=None,
        message_id=None,
        became=None,
    )


def unanswered(view: Reading, engine: str) -> list[tuple[str, bytes]]:
    """The first of each kind of question for which this engine found no answer, with its vector."""
    return [(row[0], row[1]) for row in view.all(_UNANSWERED, by=engine)]
