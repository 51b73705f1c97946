"""Feedback: what became of what was suggested."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from sqlalchemy import bindparam, select, update

from frontdesk.base.access import require
from frontdesk.base.db import Reading, Tx
from frontdesk.base.errors import Conflict, Invalid
from frontdesk.base.sql import Prepared
from frontdesk.know import passages
from frontdesk.know.access import may_look
from frontdesk.know.model import blanks_in
from frontdesk.know.tables import exchange
from frontdesk.people.model import Actor
from frontdesk.suggest import events, learning, read
from frontdesk.suggest.model import Verdict
from frontdesk.suggest.tables import suggestion
from frontdesk.talk import read as talk
from frontdesk.talk.model import Message, Said

# Typed again with at most a word or two changed: it was used all the same.
_NEARLY = 0.9
# Less than this in common: it was not an edit of that suggestion.
_EDITED = 0.4

S = suggestion.c
_SEEN = Prepared(
    update(suggestion)
    .where(S.id == bindparam("one"), S.conversation_id == bindparam("where"), S.seen_at.is_(None))
    .values(seen_at=bindparam("now"))
)
_JUDGE = Prepared(
    update(suggestion)
    .where(S.id == bindparam("one"), S.verdict.is_(None))
    .values(
        verdict=bindparam("said"),
        verdict_at=bindparam("now"),
        agent_id=bindparam("who"),
        message_id=bindparam("sent_as"),
        became=bindparam("text_sent"),
    )
)
_WAITING = Prepared(
    select(S.id, S.passage_id, S.text, S.seen_at, S.question_id)
    .where(S.conversation_id == bindparam("one"), S.verdict.is_(None), S.seen_at.is_not(None))
    .order_by(S.position.desc(), S.place)
)
_EDITED_IN = Prepared(
    select(S.conversation_id, learning.CREDITED, S.passage_id)
    .outerjoin(exchange, exchange.c.message_id == S.message_id)
    .where(S.message_id == bindparam("message"), S.passage_id.is_not(None))
    .limit(1)
)


def seen(tx: Tx, actor: Actor, *, conversation_id: str, ids: Sequence[str]) -> dict[str, object]:
    """These were really on an agent's screen; only then can they be ignored."""
    require(may_look(actor), "conversation")
    talk.get_conversation(tx, actor, conversation_id)
    for one in ids:
        tx.run(_SEEN, one=one, where=conversation_id, now=tx.now)
    return {}


def reject(tx: Tx, actor: Actor, *, suggestion_id: str) -> dict[str, object]:
    """Raises Conflict where it was used meanwhile; rejected twice is rejected."""
    require(may_look(actor), "suggestion")
    one, (question_id, conversation_id, _, verdict) = read.get(tx, suggestion_id)
    if verdict == "rejected":
        return {}
    if verdict is not None:
        raise Conflict("A colleague has used this suggestion already.", data={"reason": "judged"})
    _judge(tx, one.id, "rejected", actor)
    tx.emit(
        events.SuggestionRejected(conversation_id, _customer(tx, actor, conversation_id), one.id, actor.id)
    )
    if one.passage_id:
        tx.emit(events.FeedbackGiven(question_id, conversation_id, rejected=(one.passage_id,)))
    return {}


def check(view: Reading, actor: Actor, suggestion_id: str, text: str, clicked: bool) -> None:
    """Before a suggestion is sent. Raises Missing, or Invalid where a click must not send it as it is."""
    require(may_look(actor), "suggestion")
    one, _ = read.get(view, suggestion_id)
    if blanks_in(text):
        raise Invalid("There are blanks to fill first.", fields={"text": "Fill the blanks"})
    if clicked and not (one.one_click and one.text == text):
        raise Invalid("Look at this answer before it is sent.", fields={"text": "Open it first"})


def answered(tx: Tx, actor: Actor, said: Said, suggestion_id: str | None) -> None:
    """The team answered: the suggestion that was sent, edited, or nearly typed again; the others seen
    were ignored.
    """
    waiting = tx.all(_WAITING, one=said.message.conversation_id)
    chosen = suggestion_id
    if suggestion_id is None:
        chosen = next((row[0] for row in waiting if _likeness(row[2], said.message.text) >= _NEARLY), None)
    elif all(row[0] != suggestion_id for row in waiting):
        one, (question_id, *_) = read.get(tx, suggestion_id)
        waiting = [(one.id, one.passage_id, one.text, None, question_id), *waiting]
    _settle(tx, actor, said.message.conversation_id, waiting, chosen, said.message)


def closed(tx: Tx, actor: Actor, conversation_id: str) -> None:
    """Closed without one of them: what was seen was ignored."""
    _settle(tx, actor, conversation_id, tx.all(_WAITING, one=conversation_id), None, None)


def _settle(
    tx: Tx,
    actor: Actor,
    conversation_id: str,
    waiting: Iterable[Sequence[str]],
    chosen: str | None,
    message: Message | None,
) -> None:
    ignored: dict[str, list[str]] = {}
    for suggestion_id, passage_id, text, _, question_id in waiting:
        if suggestion_id == chosen and message is not None:
            _take(tx, actor, suggestion_id, passage_id, text, question_id, message)
        else:
            _judge(tx, suggestion_id, "ignored", actor)
            ignored.setdefault(question_id, []).append(passage_id)
    for question_id, ids in ignored.items():
        tx.emit(events.FeedbackGiven(question_id, conversation_id, ignored=tuple(filter(None, ids))))


def _take(
    tx: Tx,
    actor: Actor,
    suggestion_id: str,
    passage_id: str | None,
    text: str,
    question_id: str,
    said: Message,
) -> None:
    likeness = _likeness(text, said.text)
    if likeness < _EDITED:
        _judge(tx, suggestion_id, "ignored", actor)
        ignored = (passage_id,) if passage_id else ()
        tx.emit(events.FeedbackGiven(question_id, said.conversation_id, ignored=ignored))
        return
    edited = likeness < _NEARLY
    _judge(tx, suggestion_id, "edited" if edited else "sent", actor, said)
    if passage_id is None:
        return
    _clear(tx, passage_id)
    if edited:
        # The credit goes to the new wording, once it is learnt: `reworded`.
        tx.emit(events.FeedbackGiven(question_id, said.conversation_id, edited_in=said.id))
    else:
        tx.emit(events.FeedbackGiven(question_id, said.conversation_id, taken=passage_id))


def reworded(tx: Tx, question_id: str, message_id: str) -> None:
    """What an edited suggestion became is an answer of its own by now; if nothing was learnt of it, the
    suggestion itself gets the credit.
    """
    row = tx.first(_EDITED_IN, message=message_id)
    if row is not None:
        tx.emit(events.FeedbackGiven(question_id, row[0], taken=row[1], edited=row[1] == row[2]))


def _clear(tx: Tx, passage_id: str) -> None:
    """An agent has sent it once; from now on a click may."""
    one = passages.find(tx, passage_id)
    if one is not None and not one.cleared:
        passages.change(tx, replace(one, cleared=True))


def _judge(tx: Tx, suggestion_id: str, verdict: Verdict, actor: Actor, said: Message | None = None) -> None:
    tx.run(
        _JUDGE,
        one=suggestion_id,
        said=verdict,
        now=tx.now,
        who=actor.id,
        sent_as=said.id if said else None,
        text_sent=said.text if said else None,
    )


def _customer(tx: Tx, actor: Actor, conversation_id: str) -> str:
    return talk.get_conversation(tx, actor, conversation_id).customer.id


def _likeness(suggested: str, sent: str) -> float:
    """From 0 to 1, over words: 1 is the same, whatever the spaces, capitals and stops."""
    one, other = _words(suggested), _words(sent)
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())[:400]
