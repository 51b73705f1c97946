"""Threads: what colleagues answer under a note."""

from dataclasses import dataclass, replace

from sqlalchemy import bindparam, select, update

from frontdesk.base.access import require
from frontdesk.base.db import Tx
from frontdesk.base.errors import Invalid
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared, upsert
from frontdesk.people.model import Actor
from frontdesk.talk import events, mentions, notes, read_notes
from frontdesk.talk.access import may_reword
from frontdesk.talk.note_model import Note, ThreadAnswer, called_in, note_text
from frontdesk.talk.tables import note, thread, thread_reading

A = thread.c
_NEXT = Prepared(
    update(note)
    .where(note.c.id == bindparam("one"))
    .values(answers=note.c.answers + 1, answered_at=bindparam("when"))
    .returning(note.c.answers)
)
_INSERT = Prepared(thread.insert())
_CHANGE = Prepared(
    update(thread)
    .where(A.id == bindparam("one"))
    .values(text=bindparam("said"), edited_at=bindparam("edited"), deleted_at=bindparam("deleted"))
)
_READ = upsert(thread_reading, ["agent_id", "note_id"], ["place"])
_WHO = Prepared(select(A.agent_id).where(A.note_id == bindparam("one"), A.deleted_at.is_(None)).distinct())


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, its note after it, and whom it calls that was not called before."""

    answer: ThreadAnswer
    note: Note
    called: list[str]


def answer(tx: Tx, actor: Actor, *, note_id: str, text: str) -> Answered:
    """Under a note; also under one whose words were deleted."""
    kept = note_text(text)
    under = read_notes.get_note(tx, actor, note_id)
    place = int(tx.value(_NEXT, one=note_id, when=tx.now))
    under = replace(under, answers=place, answered_at=tx.now)
    said = ThreadAnswer(
        new_id(), note_id, under.conversation_id, place, tx.now, actor.id, kept, None, None, called_in(kept)
    )
    tx.run(
        _INSERT,
        id=said.id,
        note_id=note_id,
        place=place,
        at=said.at,
        agent_id=said.agent_id,
        text=said.text,
        edited_at=None,
        deleted_at=None,
    )
    tx.emit(events.ThreadAnswered(under, said))
    _read(tx, actor, under, place)
    return Answered(said, under, mentions.call(tx, under, said.id, actor.id, said.mentions))


def edit(tx: Tx, actor: Actor, *, answer_id: str, text: str) -> Answered:
    kept = note_text(text)
    before = _own(tx, actor, answer_id)
    if before.deleted_at is not None:
        raise Invalid("The answer was deleted.")
    after = replace(before, text=kept, edited_at=tx.now, mentions=called_in(kept))
    return _changed(tx, actor, before if kept == before.text else after, before.text)


def delete(tx: Tx, actor: Actor, *, answer_id: str) -> Answered:
    """Its words go, its place stays; deleting it again changes nothing."""
    before = _own(tx, actor, answer_id)
    after = replace(before, text="", deleted_at=before.deleted_at or tx.now, mentions=notes.NOBODY)
    return _changed(tx, actor, after, before.text)


def _own(tx: Tx, actor: Actor, answer_id: str) -> ThreadAnswer:
    one = read_notes.get_answer(tx, actor, answer_id)
    require(may_reword(actor, one.agent_id), "answer")
    return one


def _changed(tx: Tx, actor: Actor, after: ThreadAnswer, said: str) -> Answered:
    under = read_notes.get_note(tx, actor, after.note_id)
    if after.text == said:
        return Answered(after, under, [])
    notes.keep_wording(tx, after.id, said)
    tx.run(_CHANGE, one=after.id, said=after.text, edited=after.edited_at, deleted=after.deleted_at)
    tx.emit(events.ThreadAnswerChanged(under, after))
    return Answered(after, under, mentions.call(tx, under, after.id, after.agent_id, after.mentions))


def read_to(tx: Tx, actor: Actor, *, note_id: str, place: int) -> dict[str, object]:
    """How far the agent has read the thread: theirs alone."""
    _read(tx, actor, read_notes.get_note(tx, actor, note_id), place)
    return {}


def _read(tx: Tx, actor: Actor, under: Note, place: int) -> None:
    seen = min(place, under.answers)
    if seen > read_notes.read_place(tx, actor, under.id):
        tx.run(_READ, agent_id=actor.id, note_id=under.id, place=seen)
        tx.emit(events.ThreadRead(under.conversation_id, actor.id, under.id, seen))


def who_answered(tx: Tx, note_id: str) -> set[str]:
    """Whoever has an answer standing in the thread."""
    return {agent_id for (agent_id,) in tx.all(_WHO, one=note_id)}
