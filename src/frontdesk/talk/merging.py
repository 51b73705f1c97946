"""Two labels become one. Each statement does it for every conversation at once."""

from sqlalchemy import Text, bindparam, case, func, literal, select, update
from sqlalchemy.sql.elements import ColumnElement

from frontdesk.base.db import Tx
from frontdesk.base.errors import Invalid
from frontdesk.base.sql import Prepared, insert_those, upsert
from frontdesk.people.model import Actor
from frontdesk.talk import labels, list_events, listed
from frontdesk.talk.label_model import Label
from frontdesk.talk.tables import conversation, label, labelling, listing, own_label, own_labelling, tally

C, L, T, P = conversation.c, listing.c, labelling.c, own_labelling.c


def _as(name: str) -> ColumnElement[str]:
    return bindparam(name, type_=Text)


_MOVE = insert_those(
    labelling,
    ["conversation_id", "message_id", "label_id", "agent_id", "at"],
    select(T.conversation_id, T.message_id, _as("into"), T.agent_id, T.at).where(T.label_id == _as("old")),
)
_MOVE_OWN = insert_those(
    own_labelling,
    ["agent_id", "conversation_id", "message_id", "label_id", "at"],
    select(P.agent_id, P.conversation_id, P.message_id, _as("into"), P.at).where(P.label_id == _as("old")),
)
_LEAVE = Prepared(labelling.delete().where(T.label_id == _as("old")))
_LEAVE_OWN = Prepared(own_labelling.delete().where(P.label_id == _as("old")))
_FORGET = Prepared(label.delete().where(label.c.id == _as("old")))
_FORGET_OWN = Prepared(own_label.delete().where(own_label.c.id == _as("old")))

# Labels stand on a conversation with a space between them; here each has one on both sides.
_PADDED = literal(" ") + C.labels + literal(" ")
_WEAR = Prepared(
    update(conversation)
    .where(C.id.in_(select(L.conversation_id).where(L.list == _as("old"))))
    .values(
        labels=func.trim(
            case(
                (func.replace(_PADDED, _as("into_padded"), "") != _PADDED,
                 func.replace(_PADDED, _as("old_padded"), " ")),
                else_=func.replace(_PADDED, _as("old_padded"), _as("into_padded")),
            )
        )
    )
)  # fmt: skip
_STAND = insert_those(
    listing,
    ["conversation_id", "list", "owner_id", "closed", "last_at"],
    select(L.conversation_id, _as("into"), L.owner_id, L.closed, L.last_at).where(L.list == _as("old")),
)
_STAND_NO_MORE = Prepared(listing.delete().where(L.list == _as("old")))
_OPEN = Prepared(select(func.count()).select_from(listing).where(L.list == _as("into"), L.closed == 0))
_TALLY = upsert(tally, ["place"], ["open"])


def merge(tx: Tx, actor: Actor, *, label_id: str, into: str) -> dict[str, Label]:
    """What wears the one wears the other, and the one is no more. Raises Invalid for
    one of the team's with an own one.
    """
    one, other = labels.changeable(tx, actor, label_id), labels.changeable(tx, actor, into)
    if one.own != other.own:
        raise Invalid("The team's labels and your own are not one.", fields={"into": "Of the other kind"})
    if one.id == other.id or other.retired:
        raise Invalid("This label cannot take another's place.", fields={"into": "Choose another label"})
    if one.own:
        _move_own(tx, one.id, other.id)
        open_ = _stand(tx, listed.own(actor.id, one.id), listed.own(actor.id, other.id))
        tx.run(_FORGET_OWN, old=one.id)
    else:
        _move(tx, one.id, other.id)
        open_ = _stand(tx, one.id, other.id)
        tx.run(_FORGET, old=one.id)
    tx.emit(list_events.LabelsMerged(actor.id, one.id, other, open_))
    return {"label": other}


def _move(tx: Tx, old: str, into: str) -> None:
    tx.run(_WEAR, old=old, old_padded=f" {old} ", into_padded=f" {into} ")
    tx.run(_MOVE, old=old, into=into)
    tx.run(_LEAVE, old=old)


def _move_own(tx: Tx, old: str, into: str) -> None:
    tx.run(_MOVE_OWN, old=old, into=into)
    tx.run(_LEAVE_OWN, old=old)


def _stand(tx: Tx, old: str, into: str) -> int:
    """How many open ones stand there now."""
    tx.run(_STAND, old=old, into=into)
    tx.run(_STAND_NO_MORE, old=old)
    open_ = int(tx.value(_OPEN, into=into))
    tx.run(_TALLY, place=listed.counted_as(into), open=open_)
    tx.run(_TALLY, place=listed.counted_as(old), open=0)
    return open_
