"""Labels on conversations and on single messages. A conversation stands under each label that it or one of
its messages wears.
"""

from dataclasses import replace

from sqlalchemy import bindparam, func, select, update

from frontdesk.base.access import require
from frontdesk.base.db import Reading, Tx
from frontdesk.base.errors import Invalid, Missing
from frontdesk.base.sql import Prepared, insert_if_new
from frontdesk.people.model import Actor
from frontdesk.talk import labels, list_events, listed, read
from frontdesk.talk.access import may_keep
from frontdesk.talk.label_model import MOST_HERE, Labelling
from frontdesk.talk.model import Conversation
from frontdesk.talk.tables import conversation, labelling, message, own_labelling

C, M, T, P = conversation.c, message.c, labelling.c, own_labelling.c
_PUT, _PUT_OWN = insert_if_new(labelling), insert_if_new(own_labelling)
_HERE = (T.conversation_id == bindparam("one"), T.label_id == bindparam("label"))
_HERE_OWN = (
    P.agent_id == bindparam("agent"), P.conversation_id == bindparam("one"), P.label_id == bindparam("label")
)  # fmt: skip
_TAKE_OFF = Prepared(labelling.delete().where(*_HERE, T.message_id == bindparam("on_message")))
_TAKE_OFF_OWN = Prepared(own_labelling.delete().where(*_HERE_OWN, P.message_id == bindparam("on_message")))
_WEARS = Prepared(select(func.count()).select_from(labelling).where(*_HERE))
_WEARS_OWN = Prepared(select(func.count()).select_from(own_labelling).where(*_HERE_OWN))
_WEAR = Prepared(update(conversation).where(C.id == bindparam("one")).values(labels=bindparam("all_of_them")))
_SAID_HERE = Prepared(select(M.id).where(M.id == bindparam("message"), M.conversation_id == bindparam("one")))
_ALL = Prepared(
    select(T.message_id, T.label_id)
    .where(T.conversation_id == bindparam("one"))
    .order_by(T.message_id, T.label_id)
)
_ALL_OWN = Prepared(
    select(P.message_id, P.label_id)
    .where(P.agent_id == bindparam("agent"), P.conversation_id == bindparam("one"))
    .order_by(P.message_id, P.label_id)
)


def of_conversation(view: Reading, actor: Actor, conversation_id: str) -> list[Labelling]:
    """The team's and the actor's own, on the conversation and on its messages."""
    if actor.kind != "agent":
        return []
    rows = view.all(_ALL, one=conversation_id), view.all(_ALL_OWN, one=conversation_id, agent=actor.id)
    return [Labelling(message_id or None, label_id) for some in rows for message_id, label_id in some]


def put(
    tx: Tx, actor: Actor, *, conversation_id: str, label_id: str, message_id: str | None, on: bool
) -> dict[str, object]:
    """On or off; doing it twice changes nothing. Raises Missing for a colleague's own label."""
    one = read.get_conversation(tx, actor, conversation_id)
    require(may_keep(actor), "conversation")
    which = labels.get(tx, actor, label_id)
    if message_id is not None and tx.first(_SAID_HERE, one=one.id, message=message_id) is None:
        raise Missing("There is no such message.")
    if on and which.retired:
        raise Invalid("This label is retired.")
    if which.own:
        _own(tx, actor, one, label_id, message_id, on)
    else:
        _teams(tx, actor, one, label_id, message_id, on)
    return {}


def _teams(tx: Tx, actor: Actor, one: Conversation, label_id: str, message_id: str | None, on: bool) -> None:
    what = {"conversation_id": one.id, "message_id": message_id or "", "label_id": label_id}
    if on:
        _check_room(label_id, one.labels)
        changed = tx.run(_PUT, **what, agent_id=actor.id, at=tx.now)
    else:
        changed = tx.run(_TAKE_OFF, one=one.id, label=label_id, on_message=message_id or "")
    if changed:
        after = _worn(tx, one, label_id, bool(tx.value(_WEARS, one=one.id, label=label_id)))
        kind = list_events.Labelled if on else list_events.Unlabelled
        tx.emit(kind(after, one.was, message_id, label_id, actor.id, listed.open_in(tx, label_id)))


def _worn(tx: Tx, one: Conversation, label_id: str, wears: bool) -> Conversation:
    """The conversation wears it, or not, together with its messages."""
    if (label_id in one.labels) == wears:
        return one
    left = tuple(id for id in one.labels if id != label_id)
    after = replace(one, labels=(*one.labels, label_id) if wears else left)
    tx.run(_WEAR, one=one.id, all_of_them=" ".join(after.labels))
    (listed.put if wears else listed.take_out)(tx, label_id, after)
    return after


def _own(tx: Tx, actor: Actor, one: Conversation, label_id: str, message_id: str | None, on: bool) -> None:
    whose = {"agent": actor.id, "one": one.id, "label": label_id}
    before, here = bool(tx.value(_WEARS_OWN, **whose)), message_id or ""
    if on:
        _check_room(label_id, read.own_labels(tx, actor, one.id))
        row = {"agent_id": actor.id, "conversation_id": one.id, "label_id": label_id}
        changed = tx.run(_PUT_OWN, **row, message_id=here, at=tx.now)
    else:
        changed = tx.run(_TAKE_OFF_OWN, **whose, on_message=here)
    if not changed:
        return
    its_list, now = listed.own(actor.id, label_id), bool(tx.value(_WEARS_OWN, **whose))
    if before != now:
        (listed.put if now else listed.take_out)(tx, its_list, one)
    kind = list_events.OwnLabelled if on else list_events.OwnUnlabelled
    row_after = read.get_row(tx, actor, one.id)
    tx.emit(kind(actor.id, row_after, listed.open_in(tx, its_list), message_id, label_id))


def _check_room(label_id: str, worn: tuple[str, ...]) -> None:
    if label_id not in worn and len(worn) >= MOST_HERE:
        raise Invalid(f"At most {MOST_HERE} labels on a conversation.")
