"""Past answers of the team as passages: learnt when a conversation closes, grouped where they say the same.

Learning has two halves, because finding blanks takes longer than others may wait: `portion` reads and works
beside the writer, `keep` writes. Both may be repeated.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, or_, select

from frontdesk.base.clock import DAY
from frontdesk.base.db import Reading, Tx
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared
from frontdesk.know import grouping
from frontdesk.know.blanks import Blanker
from frontdesk.know.exchanges import Exchange, Turn, blanking, exchanges, is_imported
from frontdesk.know.model import CONVERSATIONS
from frontdesk.know.tables import exchange, source
from frontdesk.talk import read
from frontdesk.talk.model import Conversation
from frontdesk.talk.tables import conversation, message

C, M, E = conversation.c, message.c, exchange.c
# Who never closes is still learnt from, once nobody has written for a while.
SETTLED_AFTER = 7 * DAY
_SAID = Prepared(
    select(M.id, M.by, M.agent_id, M.at, M.text)
    .where(M.conversation_id == bindparam("one"))
    .order_by(M.position)
)
_SETTLED = Prepared(
    select(C.id)
    .where(
        C.id > bindparam("after"),
        C.answered_at.is_not(None),
        or_(C.closed == 1, C.last_at < bindparam("settled")),
    )
    .order_by(C.id)
    .limit(bindparam("limit", 50))
)
_IS_ON = Prepared(select(source.c.is_on).where(source.c.id == CONVERSATIONS))
_LEARNT = Prepared(
    select(E.id, E.passage_id, E.message_id, E.agent_id, E.at, E.question, E.text, E.asks, E.pleased)
    .where(E.conversation_id == bindparam("one"))
    .order_by(E.at, E.id)
)
_OF_CUSTOMER = Prepared(
    select(E.id, E.passage_id).where(E.customer_id == bindparam("customer")).limit(bindparam("limit", 500))
)
_INSERT = Prepared(exchange.insert())
_DELETE = Prepared(exchange.delete().where(E.id == bindparam("one")))


@dataclass(frozen=True, slots=True)
class Heard:
    """What one conversation teaches. `conversation_id` and `customer_id` as in the table `exchange`."""

    conversation_id: str
    customer_id: str
    found: tuple[Exchange, ...]


@dataclass(frozen=True, slots=True)
class Portion:
    """Some conversations, and the cursor of the next portion; None after the last."""

    heard: tuple[Heard, ...]
    after: str | None


def is_on(view: Reading) -> bool:
    """Whether past conversations are learnt from."""
    return bool(view.value(_IS_ON))


def hear(view: Reading, blanker: Blanker, conversation_id: str) -> Heard | None:
    """What is to be learnt of one conversation; None when it is gone or the source is off."""
    one = read.find_conversation(view, conversation_id)
    if one is None or not is_on(view):
        return None
    turns, name = _said(view, one)
    return Heard(one.id, one.customer.id, tuple(exchanges(turns, name, blanker)))


def _said(view: Reading, one: Conversation) -> tuple[list[Turn], str | None]:
    """All turns, and the customer's name where it is known."""
    turns = [Turn(*row) for row in view.all(_SAID, one=one.id)]
    return turns, one.customer.called if one.customer.named else None


def blanked(view: Reading, blanker: Blanker, one: Conversation, texts: Iterable[str]) -> list[str]:
    """Texts of this conversation, in which what belongs to its customer is blank."""
    blank = blanking(*_said(view, one), blanker)
    return [blank(text).text for text in texts]


def portion(view: Reading, blanker: Blanker, after: str, limit: int = 50) -> Portion:
    """The next old conversations; begin with "". The company's own words are read first, where they grew."""
    if not is_on(view):
        return Portion((), None)
    blanker.public.refresh(view)
    ids = [row[0] for row in view.all(_SETTLED, after=after, settled=view.now - SETTLED_AFTER, limit=limit)]
    heard = (hear(view, blanker, one) for one in ids)
    return Portion(tuple(one for one in heard if one), ids[-1] if len(ids) == limit else None)


def keep(tx: Tx, heard: Iterable[Heard]) -> None:
    """Learns what `hear` or `portion` found; what a conversation taught before and no longer does goes."""
    if not is_on(tx):
        return
    changed: dict[str, None] = {}
    for one in heard:
        changed.update(dict.fromkeys(_keep_one(tx, one)))
    grouping.settle(tx, list(changed))


def _keep_one(tx: Tx, heard: Heard) -> list[str]:
    """The groups that it changed. Of a conversation that was erased meanwhile nothing is learnt."""
    if not is_imported(heard.conversation_id) and read.find_conversation(tx, heard.conversation_id) is None:
        return []
    rows = tx.all(_LEARNT, one=heard.conversation_id)
    was = {row[2:]: row[:2] for row in map(tuple, rows)}
    now = {_columns(one): one for one in heard.found}
    # What only changed its wording finds its own group again, and so keeps its id.
    changed = [_learn(tx, heard, one) for content, one in now.items() if content not in was]
    for content, (id, passage_id) in was.items():
        if content not in now:
            tx.run(_DELETE, one=id)
            changed.append(passage_id)
    return changed


def _columns(one: Exchange) -> tuple[object, ...]:
    return (one.message_id, one.agent_id, one.at, one.question, one.text, int(one.asks), int(one.pleased))


def _learn(tx: Tx, heard: Heard, one: Exchange) -> str:
    group = grouping.group_for(tx, one.text)
    message_id, agent_id, at, question, text, asks, pleased = _columns(one)
    tx.run(
        _INSERT, id=new_id(), passage_id=group, conversation_id=heard.conversation_id,
        customer_id=heard.customer_id, message_id=message_id, agent_id=agent_id, at=at, question=question,
        text=text, asks=asks, pleased=pleased,
    )  # fmt: skip
    return group


def forget_customer(tx: Tx, customer_id: str) -> None:
    """What was learnt from them goes at once: answers, questions, and what stood for a group."""
    while rows := tx.all(_OF_CUSTOMER, customer=customer_id, limit=500):
        tx.many(_DELETE, [{"one": id} for id, _ in rows])
        grouping.settle(tx, sorted({passage_id for _, passage_id in rows}))


def forget_conversation(tx: Tx, conversation_id: str) -> None:
    """Of one conversation only, as when an import is taken back."""
    rows = tx.all(_LEARNT, one=conversation_id)
    for row in rows:
        tx.run(_DELETE, one=row[0])
    grouping.settle(tx, sorted({row[1] for row in rows}))
