"""Customers who turn out to be one person become one, with everything they said; for thirty days it can be
undone.

Conversations, files, tokens, identities and what is known go over in one transaction. What stands elsewhere
under the id of who is gone (past answers, whose number is whose, questions) stays there: whoever reads it
asks `people/merging.py` who that is now, and erasing erases all of them.
"""

from typing import Any

from sqlalchemy import bindparam, select, update

from frontdesk.base.access import require
from frontdesk.base.db import Tx
from frontdesk.base.errors import Invalid
from frontdesk.base.sql import Prepared
from frontdesk.people import blocks, customers, merging, profiles
from frontdesk.people.events import (
    CustomerBlocked,
    CustomerChanged,
    CustomersMerged,
    HistoryChanged,
    MergeUndone,
)
from frontdesk.people.model import SYSTEM, Actor, CustomerBrief, Merge
from frontdesk.people.profile_model import USUAL
from frontdesk.talk.access import may_join
from frontdesk.talk.tables import attachment, conversation

C, A = conversation.c, attachment.c
_THEIRS = Prepared(select(C.id).where(C.customer_id == bindparam("whom")).order_by(C.id))
_MOVE = Prepared(
    update(conversation)
    .where(C.id == bindparam("one"), C.customer_id == bindparam("whom"))
    .values(customer_id=bindparam("other"))
)
_OTHER = conversation.alias("other")
# A client makes the mark of a conversation that it begins; two may have made the same one.
_SAME_START = Prepared(
    select(C.id, C.start)
    .join(_OTHER, _OTHER.c.start == C.start)
    .where(C.customer_id == bindparam("whom"), _OTHER.c.customer_id == bindparam("with_whom"))
)
_START = Prepared(update(conversation).where(C.id == bindparam("one")).values(start=bindparam("mark")))
_UPLOADED = Prepared(select(A.id).where(A.uploader == bindparam("whose")))
_HAND = Prepared(
    update(attachment)
    .where(A.id == bindparam("one"), A.uploader == bindparam("whose"))
    .values(uploader=bindparam("now_whose"))
)


def join(tx: Tx, actor: Actor, *, customer_id: str, into: str) -> dict[str, Any]:
    """The one becomes the other, whose words win where both have some. Whoever was merged before stands for
    who they are now. Raises Missing, and Invalid where the two are one already.
    """
    require(may_join(actor), "customer")
    gone, kept = merging.last(tx, customer_id), merging.last(tx, into)
    if gone.id == kept.id:
        raise Invalid("These two are one customer already.", fields={"into": "Choose another customer"})
    agent_id = actor.id if actor.kind == "agent" else None
    moved = _gathered(tx, gone.id, kept.id) | merging.fold(tx, gone.id, kept.id, agent_id)
    merge_id = merging.keep(tx, gone.id, kept.id, agent_id, moved)
    after = merging.last(tx, kept.id)
    tx.emit(CustomersMerged(after, gone.id, tuple(moved["conversations"])))
    _begin_anew(tx, gone.id, kept, after)
    profiles.settle(tx, kept.id, _fields(moved), agent_id)
    if moved["blocks"]:
        _tell_blocked(tx, gone.id, kept.id)
    return {"customer": after, "merge": merging.get(tx, merge_id)[0]}


def proven(tx: Tx, anonymous: CustomerBrief | None, one: CustomerBrief) -> CustomerBrief:
    """The site vouched for whoever was nobody until now: what they said before is theirs. Tokens of other
    browsers do not come along into a proven history.
    """
    if anonymous is None or anonymous.proven or anonymous.id == one.id:
        return one
    customers.drop_tokens(tx, anonymous.id)
    joined: CustomerBrief = join(tx, SYSTEM, customer_id=anonymous.id, into=one.id)["customer"]
    return joined


def undo(tx: Tx, actor: Actor, *, merge_id: str) -> dict[str, Any]:
    """They are two again; saying it twice changes nothing. What was said or written down since stays with
    who was kept. Raises Missing, and Invalid after thirty days.
    """
    require(may_join(actor), "merge")
    one, moved = merging.get(tx, merge_id)
    holder = merging.last(tx, one.kept_id)
    if one.undone_at is not None:
        return {"customer": merging.last(tx, one.gone.id), "kept": holder}
    agent_id = actor.id if actor.kind == "agent" else None
    again = merging.unfold(tx, one, moved, agent_id)
    back = tuple(_scattered(tx, one, moved, holder.id))
    tx.emit(MergeUndone(again, holder.id, back))
    after = merging.last(tx, holder.id)
    _begin_anew(tx, again.id, holder, after)
    for other in dict.fromkeys((again.id, one.kept_id, holder.id)):
        tells = other in (again.id, holder.id)
        profiles.settle(tx, other, _fields(moved), agent_id, tells=tells)
    if moved["blocks"]:
        _tell_blocked(tx, again.id, holder.id)
    return {"customer": again, "kept": after}


def _begin_anew(tx: Tx, other_id: str, was: CustomerBrief, kept: CustomerBrief) -> None:
    if was != kept:
        tx.emit(CustomerChanged(kept))
    tx.emit(HistoryChanged(other_id))
    tx.emit(HistoryChanged(kept.id))


def _fields(moved: dict[str, Any]) -> list[str]:
    """What of the profile is another now, as profiles name it."""
    usual = {name.removesuffix("_id") for name in moved["profile"]} & set(USUAL)
    return [*usual, *(field for field, _ in moved["values"])]


def _tell_blocked(tx: Tx, *customers: str) -> None:
    for one in customers:
        until = blocks.until(tx, one)
        tx.emit(CustomerBlocked(one, until, until is not None))


def _gathered(tx: Tx, gone: str, kept: str) -> dict[str, Any]:
    starts = [list(row) for row in tx.all(_SAME_START, whom=gone, with_whom=kept)]
    tx.many(_START, [{"one": id, "mark": None} for id, _ in starts])
    ids = [id for (id,) in tx.all(_THEIRS, whom=gone)]
    tx.many(_MOVE, [{"one": id, "whom": gone, "other": kept} for id in ids])
    files = [id for (id,) in tx.all(_UPLOADED, whose=_key(gone))]
    _hand(tx, files, gone, kept)
    return {"conversations": ids, "starts": starts, "files": files}


def _scattered(tx: Tx, one: Merge, moved: dict[str, Any], holder: str) -> list[str]:
    """What came along goes back from whoever has it now, unless it has gone elsewhere since."""
    back = [id for id in moved["conversations"] if tx.run(_MOVE, one=id, whom=holder, other=one.gone.id)]
    tx.many(_START, [{"one": id, "mark": mark} for id, mark in moved["starts"] if id in back])
    _hand(tx, moved["files"], holder, one.gone.id)
    return back


def _hand(tx: Tx, files: list[str], whose: str, now_whose: str) -> None:
    rows = [{"one": id, "whose": _key(whose), "now_whose": _key(now_whose)} for id in files]
    tx.many(_HAND, rows)


def _key(customer_id: str) -> str:
    return Actor("customer", customer_id).key
