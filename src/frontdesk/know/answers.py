"""Approved answers: what the team wrote, or took from a message, to be suggested word for word."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, null, select, tuple_, update

from frontdesk.base.access import require
from frontdesk.base.db import Reading, Row, Tx
from frontdesk.base.errors import Conflict, Invalid, Missing
from frontdesk.base.ids import new_id
from frontdesk.base.paging import after_cursor, cursor
from frontdesk.base.sql import Prepared
from frontdesk.base.text import plain
from frontdesk.know import passages, replies, sources
from frontdesk.know.access import may_look, may_write_answers
from frontdesk.know.blanks import Blanker
from frontdesk.know.events import AnswerApproved, AnswerChanged, AnswerRestored, AnswerRetired
from frontdesk.know.exchanges import recognisable
from frontdesk.know.model import ANSWERS, NOT_BEGUN, Answer, Passage
from frontdesk.know.tables import answer
from frontdesk.people.model import Actor
from frontdesk.talk import read as talk
from frontdesk.talk.tables import message

LONGEST_QUESTION, LONGEST_TEXT = 500, 4_000
_MOST_TURNS = 20

A, M = answer.c, message.c
_COLUMNS = (
    A.id, A.question, A.text, A.agent_id, A.message_id, A.conversation_id, A.created_at, A.changed_at,
    A.retired_at,
)  # fmt: skip
_ONE = Prepared(select(*_COLUMNS, A.customer_id).where(A.id == bindparam("one")))
_OF_MESSAGE = Prepared(
    select(A.id)
    .where(A.message_id == bindparam("message"), A.retired_at.is_(None))
    .limit(bindparam("limit", 1))
)
_TAKEN_FROM = Prepared(select(A.id, A.conversation_id).where(A.conversation_id.is_not(None)))
_OF_CUSTOMER = Prepared(select(A.id).where(A.customer_id == bindparam("customer")))
_IN_USE = Prepared(select(func.count()).select_from(answer).where(A.retired_at.is_(None)))
_INSERT = Prepared(answer.insert())
_CHANGE = Prepared(
    update(answer)
    .where(A.id == bindparam("one"))
    .values(
        question=bindparam("asked"),
        text=bindparam("said"),
        changed_at=bindparam("at"),
        agent_id=bindparam("by"),
    )
)
_RETIRE = Prepared(update(answer).where(A.id == bindparam("one")).values(retired_at=bindparam("at")))
_RESTORE = Prepared(update(answer).where(A.id == bindparam("one")).values(retired_at=null()))
_FORGET = Prepared(delete(answer).where(A.id == bindparam("one")))
_MESSAGE = Prepared(
    select(M.conversation_id, M.position, M.by, M.text, M.agent_id).where(M.id == bindparam("one"))
)
_BEFORE = Prepared(
    select(M.by, M.text)
    .where(M.conversation_id == bindparam("conversation"), M.position < bindparam("position"))
    .order_by(M.position.desc())
    .limit(bindparam("limit", _MOST_TURNS))
)
_PAGES: dict[tuple[bool, bool], Prepared] = {}


def get(view: Reading, answer_id: str) -> Answer:
    return Answer(*_row(view, answer_id)[:9])


def _row(view: Reading, answer_id: str) -> Row:
    row = view.first(_ONE, one=answer_id)
    if row is None:
        raise Missing("There is no such answer.")
    return row


def page(
    view: Reading, actor: Actor, *, retired: bool, after: str | None, limit: int
) -> tuple[list[Answer], str | None]:
    """Newest first, and the cursor of the next page."""
    require(may_look(actor))
    values: dict[str, Any] = {"most": limit + 1}
    if after is not None:
        at, last_id = after_cursor(after)
        values |= {"at": at, "last": last_id}
    found = [Answer(*row) for row in view.all(_page_query(retired, after is not None), **values)]
    last = found[limit - 1] if len(found) > limit else None
    return found[:limit], None if last is None else cursor(last.created_at, last.id)


def _page_query(retired: bool, goes_on: bool) -> Prepared:
    key = (retired, goes_on)
    if key not in _PAGES:
        _PAGES[key] = Prepared(_build_page(retired, goes_on))
    return _PAGES[key]


def _build_page(retired: bool, goes_on: bool) -> Select[Any]:
    query = select(*_COLUMNS).where(A.retired_at.is_not(None) if retired else A.retired_at.is_(None))
    query = query.order_by(A.created_at.desc(), A.id.desc()).limit(bindparam("most", 50))
    mark = tuple_(bindparam("at"), bindparam("last"))
    return query.where(tuple_(A.created_at, A.id) < mark) if goes_on else query


def proposed(view: Reading, actor: Actor, message_id: str, blanker: Blanker) -> dict[str, str | None]:
    """What `Use as answer` begins with: a team's message, and what the customer had written before it; what
    belongs to that customer is blank in both. `answer_id`: it is an approved answer already, and the words
    are those. Raises Missing.
    """
    require(may_look(actor), "message")
    conversation_id, position, text = _by_team(view, actor, message_id)
    known = view.value(_OF_MESSAGE, message=message_id, limit=1)
    if known is not None:
        one = get(view, known)
        return {"question": one.question, "text": one.text, "answer_id": known}
    here = talk.get_conversation(view, actor, conversation_id)
    both = _asked(view, conversation_id, position), text[:LONGEST_TEXT]
    question, text = replies.blanked(view, blanker, here, both)
    return {"question": question[:LONGEST_QUESTION], "text": text[:LONGEST_TEXT], "answer_id": None}


def _by_team(view: Reading, actor: Actor, message_id: str) -> tuple[str, int, str]:
    row = view.first(_MESSAGE, one=message_id)
    if row is None or row[2] != "agent":
        raise Missing("There is no such message.")
    talk.get_conversation(view, actor, row[0])
    return row[0], row[1], row[3]


def _asked(view: Reading, conversation_id: str, position: int) -> str:
    """The customer's turns before the team's; the newest ones, as far as they fit."""
    asked: list[str] = []
    for by, text in view.all(_BEFORE, conversation=conversation_id, position=position, limit=_MOST_TURNS):
        if by == "agent" and asked:
            break
        if by == "customer" and text.strip():
            asked.append(text.strip())
    kept: list[str] = []
    for text in asked:
        if sum(len(one) + 1 for one in kept) + len(text) > LONGEST_QUESTION:
            break
        kept.append(text)
    return "\n".join(reversed(kept)) or (asked[0][:LONGEST_QUESTION].strip() if asked else "")


def approve(
    tx: Tx, actor: Actor, *, question: str, text: str, message_id: str | None = None
) -> dict[str, Answer]:
    """Raises Conflict when the message is an approved answer already."""
    require(may_write_answers(actor))
    asked, said = _worded(question, text)
    conversation_id = customer_id = None
    if message_id is not None:
        conversation_id, _, _ = _by_team(tx, actor, message_id)
        customer_id = talk.get_conversation(tx, actor, conversation_id).customer.id
        known = tx.value(_OF_MESSAGE, message=message_id, limit=1)
        if known is not None:
            raise Conflict(
                "This is an approved answer already.", data={"reason": "known", "answer_id": known}
            )
    id = new_id()
    tx.run(
        _INSERT,
        id=id,
        question=asked,
        text=said,
        agent_id=actor.id,
        message_id=message_id,
        conversation_id=conversation_id,
        customer_id=customer_id,
        created_at=tx.now,
        changed_at=tx.now,
        retired_at=None,
    )
    passages.add(tx, [_passage(tx, id)])
    return _told(tx, id, AnswerApproved)


def change(tx: Tx, actor: Actor, *, answer_id: str, question: str, text: str) -> dict[str, Answer]:
    """Other words. Whoever wrote them last answers for them."""
    require(may_write_answers(actor))
    asked, said = _worded(question, text)
    one = get(tx, answer_id)
    if (one.question, one.text) == (asked, said):
        return {"answer": one}
    tx.run(_CHANGE, one=answer_id, asked=asked, said=said, at=tx.now, by=actor.id)
    if one.retired_at is None:
        passages.change(tx, _passage(tx, answer_id))
    return _told(tx, answer_id, AnswerChanged)


def retire(tx: Tx, actor: Actor, *, answer_id: str) -> dict[str, Answer]:
    """It is not suggested any more, and can be restored."""
    require(may_write_answers(actor))
    one = get(tx, answer_id)
    if one.retired_at is not None:
        return {"answer": one}
    tx.run(_RETIRE, one=answer_id, at=tx.now)
    passages.drop(tx, [answer_id])
    return _told(tx, answer_id, AnswerRetired)


def restore(tx: Tx, actor: Actor, *, answer_id: str) -> dict[str, Answer]:
    require(may_write_answers(actor))
    one = get(tx, answer_id)
    if one.retired_at is None:
        return {"answer": one}
    tx.run(_RESTORE, one=answer_id)
    passages.add(tx, [_passage(tx, answer_id)])
    return _told(tx, answer_id, AnswerRestored)


def forget_customer(tx: Tx, customer_id: str) -> None:
    """With a customer goes what was taken from their conversations."""
    _forget(tx, [row[0] for row in tx.all(_OF_CUSTOMER, customer=customer_id)])


def forget_conversations(tx: Tx, conversations: Collection[str]) -> None:
    """What was taken from these."""
    gone = set(conversations)
    _forget(tx, [id for id, conversation_id in tx.all(_TAKEN_FROM) if conversation_id in gone])


def _forget(tx: Tx, ids: list[str]) -> None:
    if not ids:
        return
    passages.drop(tx, ids)
    for one in ids:
        tx.run(_FORGET, one=one)
    _count(tx)


def _worded(question: str, text: str) -> tuple[str, str]:
    asked, said = plain(question).strip(), plain(text).strip()
    if len(asked) > LONGEST_QUESTION:
        why = f"At most {LONGEST_QUESTION} characters"
        raise Invalid("The question is too long.", fields={"question": why})
    if not said:
        raise Invalid("The answer is empty.", fields={"text": "Write something"})
    if len(said) > LONGEST_TEXT:
        raise Invalid("The answer is too long.", fields={"text": f"At most {LONGEST_TEXT:,} characters"})
    return asked, said


def _passage(view: Reading, answer_id: str) -> Passage:
    row = _row(view, answer_id)
    one = Answer(*row[:9])
    asked = recognisable(one.question)
    return Passage(
        one.id,
        ANSWERS,
        "answer",
        "",
        "",
        (asked,) if asked else (),
        one.text,
        None,
        one.changed_at,
        agent_id=one.agent_id,
        conversation_id=one.conversation_id,
        message_id=one.message_id,
        customer_id=row[9],
    )


def _told(
    tx: Tx, answer_id: str, kind: type[AnswerApproved | AnswerChanged | AnswerRetired | AnswerRestored]
) -> dict[str, Answer]:
    one = get(tx, answer_id)
    tx.emit(kind(one))
    _count(tx)
    return {"answer": one}


def _count(tx: Tx) -> None:
    """The source shows how many answers there are."""
    in_use = int(tx.value(_IN_USE))
    row = sources.find_row(tx, ANSWERS)
    if row is not None and sources.get(tx, ANSWERS).counts.found != in_use:
        sources.set_state(tx, ANSWERS, "read", None, replace(NOT_BEGUN, found=in_use, read=in_use))
        sources.tell(tx, ANSWERS)
