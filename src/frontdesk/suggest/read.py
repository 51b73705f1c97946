"""What the screens ask of suggest."""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import bindparam, exists, func, or_, select

from frontdesk.base.access import require
from frontdesk.base.clock import DAY
from frontdesk.base.db import Reading, Row
from frontdesk.base.errors import Missing
from frontdesk.base.sql import Prepared
from frontdesk.know.access import may_look
from frontdesk.know.model import blanks_in
from frontdesk.know.tables import passage
from frontdesk.people.model import Actor
from frontdesk.suggest.model import Origin, Proposal, Suggestion, Unanswered, Verdict, sure
from frontdesk.suggest.tables import question, suggestion
from frontdesk.talk import read as talk
from frontdesk.talk.tables import conversation

C, Q, S = conversation.c, question.c, suggestion.c
_COLUMNS = (
    S.id, S.passage_id, S.text, S.origins, S.confidence, S.one_click, S.drafted, S.question_id,
    S.conversation_id, S.position, S.verdict,
)  # fmt: skip
# What it was taken from may be gone since: withdrawn, changed, or erased with its customer.
_STANDS = or_(S.drafted == 1, exists().where(passage.c.id == S.passage_id))
_UNDER = Prepared(
    select(*_COLUMNS)
    .where(S.conversation_id == bindparam("one"), S.position == bindparam("at"), S.verdict.is_(None), _STANDS)
    .order_by(S.place)
)
_RECENT, _MOST_SILENT, _SHOWN_SILENT = 30 * DAY, 5_000, 100
_SILENT = Prepared(
    select(Q.id, Q.alike, Q.text, C.last_said_at, Q.conversation_id)
    .join(conversation, C.id == Q.conversation_id)
    .where(Q.alike.is_not(None), Q.at > bindparam("since"))
    .order_by(Q.at.desc())
    .limit(bindparam("limit", _MOST_SILENT))
)
_JUDGED = Prepared(
    select(S.verdict, func.count())
    .where(S.passage_id == bindparam("one"), S.verdict.is_not(None))
    .group_by(S.verdict)
)
# What was laid before the desk kept these.
_NOT_TOLD = {"message_id": None, "source_id": None, "passage_id": None}
_ONE = Prepared(select(*_COLUMNS).where(S.id == bindparam("one")))


def proposal(view: Reading, actor: Actor, conversation_id: str) -> Proposal:
    """What lies under a conversation now. Raises Missing."""
    require(may_look(actor), "conversation")
    one = talk.get_conversation(view, actor, conversation_id)
    waits = not one.closed and one.last is not None and one.last.by == "customer"
    rows = view.all(_UNDER, one=one.id, at=one.last_position) if waits else []
    return Proposal(one.id, one.last_position, tuple(as_suggestion(row) for row in rows))


def unanswered(view: Reading, actor: Actor) -> list[Unanswered]:
    """The questions of the last thirty days that found no answer, most frequent first."""
    require(may_look(actor), "question")
    alike: dict[str, list[Row]] = {}
    for row in view.all(_SILENT, since=view.now - _RECENT, limit=_MOST_SILENT):
        alike.setdefault(row[1], []).append(row)
    found = [Unanswered(one, rows[0][2], len(rows), rows[0][3], rows[0][4]) for one, rows in alike.items()]
    return sorted(found, key=lambda one: (-one.times, -one.last_at))[:_SHOWN_SILENT]


def verdicts(view: Reading, actor: Actor, passage_ids: Sequence[str]) -> dict[str, dict[Verdict, int]]:
    """How often each passage was sent, edited, ignored, rejected."""
    require(may_look(actor), "suggestion")
    return {one: dict(view.all(_JUDGED, one=one)) for one in passage_ids}


def get(view: Reading, suggestion_id: str) -> tuple[Suggestion, Row]:
    """The suggestion, and its question_id, conversation_id, position and verdict. Raises Missing."""
    row = view.first(_ONE, one=suggestion_id)
    if row is None:
        raise Missing("There is no such suggestion.")
    return as_suggestion(row), row[7:]


def as_suggestion(row: Row) -> Suggestion:
    return Suggestion(
        id=row[0],
        passage_id=row[1],
        text=row[2],
        blanks=tuple(blanks_in(row[2])),
        origins=tuple(_origin(one) for one in orjson.loads(row[3])),
        confidence=row[4],
        sure=sure(row[4]),
        one_click=bool(row[5]),
        drafted=bool(row[6]),
    )


def _origin(one: dict[str, Any]) -> Origin:
    return Origin(**{**_NOT_TOLD, **one})
