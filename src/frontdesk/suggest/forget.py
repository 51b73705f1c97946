"""Forgetting a customer: what was learnt from them goes at once, from passages, words and engines."""

from sqlalchemy import bindparam, delete, select

from frontdesk.base.db import Tx
from frontdesk.base.sql import Prepared
from frontdesk.know import answers, imports
from frontdesk.suggest import events
from frontdesk.suggest.tables import question, suggestion

Q = question.c
_THEIRS = select(Q.id).where(Q.customer_id == bindparam("customer"))
_SUGGESTIONS = Prepared(delete(suggestion).where(suggestion.c.question_id.in_(_THEIRS)))
_QUESTIONS = Prepared(delete(question).where(Q.customer_id == bindparam("customer")))


def forget_customer(tx: Tx, customer_id: str) -> None:
    """Past answers, questions, verdicts, hashes, approved answers made of their conversations, and imported
    conversations that hold what otherwise only they have written. Messages are not touched here.
    """
    imports.forget_customer(tx, customer_id)
    answers.forget_customer(tx, customer_id)
    tx.run(_SUGGESTIONS, customer=customer_id)
    tx.run(_QUESTIONS, customer=customer_id)
    tx.emit(events.CustomerForgotten(customer_id))
