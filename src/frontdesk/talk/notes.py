"""Notes: what the team says among itself under a customer's words."""

from dataclasses import dataclass, replace

from sqlalchemy import bindparam, func, select, update

from frontdesk.base.access import require
from frontdesk.base.db import Tx
from frontdesk.base.errors import Invalid
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared
from frontdesk.people.model import Actor
from frontdesk.talk import events, mentions, read, read_notes
from frontdesk.talk.access import may_note, may_reword
from frontdesk.talk.note_model import Called, Note, called_in, note_text
from frontdesk.talk.tables import note, wording

_INSERT = Prepared(note.insert())
_CHANGE = Prepared(
    update(note)
    .where(note.c.id == bindparam("one"))
    .values(text=bindparam("said"), edited_at=bindparam("edited"), deleted_at=bindparam("deleted"))
)
_KEEP = Prepared(wording.insert())
_LAST = Prepared(select(func.max(wording.c.at)).where(wording.c.of_id == bindparam("one")))
NOBODY = Called((), ())


@dataclass(frozen=True, slots=True)
class Noted:
    """A note, and whom it calls that was not called before."""

    note: Note
    called: list[str]


def add(tx: Tx, actor: Actor, *, conversation_id: str, text: str) -> Noted:
    """A note under what was said last. It moves the conversation nowhere."""
    kept = note_text(text)
    one = read.get_conversation(tx, actor, conversation_id)
    require(may_note(actor), "conversation")
    said = Note(
        new_id(), one.id, one.last_position, tx.now, actor.id, kept, None, None, 0, None, called_in(kept)
    )
    tx.run(
        _INSERT,
        id=said.id,
        conversation_id=said.conversation_id,
        position=said.position,
        at=said.at,
        agent_id=said.agent_id,
        text=said.text,
        edited_at=None,
        deleted_at=None,
        answers=0,
        answered_at=None,
    )
    tx.emit(events.NoteAdded(said))
    return Noted(said, mentions.call(tx, said, said.id, actor.id, said.mentions))


def edit(tx: Tx, actor: Actor, *, note_id: str, text: str) -> Noted:
    """Says it otherwise; what it said before is kept for admins."""
    kept = note_text(text)
    before = _own(tx, actor, note_id)
    if before.deleted_at is not None:
        raise Invalid("The note was deleted.")
    if kept == before.text:
        return Noted(before, [])
    return _changed(tx, replace(before, text=kept, edited_at=tx.now, mentions=called_in(kept)), before.text)


def delete(tx: Tx, actor: Actor, *, note_id: str) -> Noted:
    """Its words go, its place and its thread stay; deleting it again changes nothing."""
    before = _own(tx, actor, note_id)
    if before.deleted_at is not None:
        return Noted(before, [])
    return _changed(tx, replace(before, text="", deleted_at=tx.now, mentions=NOBODY), before.text)


def _own(tx: Tx, actor: Actor, note_id: str) -> Note:
    one = read_notes.get_note(tx, actor, note_id)
    require(may_reword(actor, one.agent_id), "note")
    return one


def _changed(tx: Tx, after: Note, said: str) -> Noted:
    keep_wording(tx, after.id, said)
    tx.run(_CHANGE, one=after.id, said=after.text, edited=after.edited_at, deleted=after.deleted_at)
    tx.emit(events.NoteChanged(after))
    return Noted(after, mentions.call(tx, after, after.id, after.agent_id, after.mentions))


def keep_wording(tx: Tx, of_id: str, said: str) -> None:
    """What it said until now; two within a millisecond stand one after the other."""
    last = tx.value(_LAST, one=of_id)
    tx.run(_KEEP, of_id=of_id, at=max(tx.now, (last or 0) + 1), text=said)
