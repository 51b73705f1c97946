"""Forgetting a customer: what was learnt from them goes at once, from passages, words and engines."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select

from frontdesk.base.db import Tx
from frontdesk.base.sql import Prepared
from frontdesk.know import answers, imports, replies
from frontdesk.suggest import events
from frontdesk.suggest.tables import learnt, question, suggestion

Q = question.c
_THEIRS = select(Q.id).where(Q.customer_id == bindparam("customer"))
_SUGGESTIONS = Prepared(delete(suggestion).where(suggestion.c.question_id.in_(_THEIRS)))
_QUESTIONS = Prepared(delete(question).where(Q.customer_id == bindparam("customer")))


_SUGGESTED_HERE = Prepared(delete(suggestion).where(suggestion.c.conversation_id == bindparam("one")))
_ASKED_HERE = Prepared(delete(question).where(Q.conversation_id == bindparam("one")))
_STATE = Prepared(delete(learnt))


def forget_conversations(tx: Tx, conversations: Sequence[str]) -> None:
    """What was learnt in some conversations, whoever they belonged to meanwhile."""
    answers.forget_conversations(tx, conversations)
    for one in conversations:
        replies.forget_conversation(tx, one)
        tx.run(_SUGGESTED_HERE, one=one)
        tx.run(_ASKED_HERE, one=one)


def forget_state(tx: Tx) -> None:
    """What engines have learnt holds questions: who is running writes it anew without them, who starts learns
    it again from what is left.
    """
    tx.run(_STATE)


def forget_customer(tx: Tx, customer_id: str) -> None:
    """Past answers, questions, verdicts, hashes, approved answers made of their conversations, and imported
    conversations that hold what otherwise only they have written. Messages are not touched here.
    """
    imports.forget_customer(tx, customer_id)
    answers.forget_customer(tx, customer_id)
    tx.run(_SUGGESTIONS, customer=customer_id)
    tx.run(_QUESTIONS, customer=customer_id)
    tx.emit(events.CustomerForgotten(customer_id))
