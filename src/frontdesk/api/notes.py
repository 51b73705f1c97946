"""Notes, and the threads under them: the team's alone."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from frontdesk.api.answers import (
    Answered,
    NoteAnswer,
    NotesAnswer,
    Nothing,
    ThreadShown,
    WordingsAnswer,
    as_json,
    done,
)
from frontdesk.api.door import AsAdmin, AsAgent, Here
from frontdesk.base.body import Command, Id
from frontdesk.base.db import Reading, Tx
from frontdesk.base.routes import Routes
from frontdesk.notify import notices, rules
from frontdesk.notify.model import Telling
from frontdesk.people.model import Actor
from frontdesk.talk import mentions, notes, read, read_notes, threads
from frontdesk.talk.note_model import LONGEST_NOTE, Note, ThreadAnswer, note_excerpt

router = Routes(prefix="/api", tags=["notes"])


class NoteSaid(Command):
    text: Annotated[str, Field(max_length=LONGEST_NOTE * 2)]


class ThreadSeen(Command):
    place: Annotated[int, Field(ge=0, le=2**31 - 1)]


@router.post("/conversations/{conversation_id}/notes", status_code=201, response_model=NoteAnswer)
async def add(conversation_id: Id, body: NoteSaid, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, _add, me.actor, conversation_id=conversation_id, text=body.text
    )
    return done(result, 201)


def _add(tx: Tx, actor: Actor, *, conversation_id: str, text: str) -> dict[str, Note]:
    return _told(tx, actor, notes.add(tx, actor, conversation_id=conversation_id, text=text), is_new=True)


def _told(tx: Tx, actor: Actor, noted: notes.Noted, *, is_new: bool) -> dict[str, Note]:
    """Whom it calls, and the owner of the conversation when it is new."""
    one = noted.note
    owner_id = read.get_conversation(tx, actor, one.conversation_id).owner_id if is_new else None
    what = Telling(one.conversation_id, one.id, actor.id, one.id, note_excerpt(one.text))
    notices.tell(tx, rules.of_note(actor.id, owner_id, noted.called), what)
    return {"note": one}


@router.post("/notes/{note_id}/edit", response_model=NoteAnswer)
async def edit(note_id: Id, body: NoteSaid, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, _edit, me.actor, note_id=note_id, text=body.text
    )
    return done(result)


def _edit(tx: Tx, actor: Actor, *, note_id: str, text: str) -> dict[str, Note]:
    return _told(tx, actor, notes.edit(tx, actor, note_id=note_id, text=text), is_new=False)


@router.post("/notes/{note_id}/delete", response_model=NoteAnswer)
async def delete(note_id: Id, body: Command, here: Here, me: AsAgent) -> Response:
    return done(await here.desk.command(me.actor.key, body.client_id, _delete, me.actor, note_id=note_id))


def _delete(tx: Tx, actor: Actor, *, note_id: str) -> dict[str, Note]:
    return {"note": notes.delete(tx, actor, note_id=note_id).note}


@router.get("/notes/{note_id}/wordings", response_model=WordingsAnswer)
async def wordings(note_id: Id, here: Here, me: AsAdmin) -> Response:
    def query(view: Reading) -> dict[str, object]:
        read_notes.get_note(view, me.actor, note_id)
        return {"wordings": read_notes.wordings(view, me.actor, note_id)}

    return as_json(await here.desk.read(query))


@router.get("/threads/{thread_answer_id}/wordings", response_model=WordingsAnswer)
async def answer_wordings(thread_answer_id: Id, here: Here, me: AsAdmin) -> Response:
    def query(view: Reading) -> dict[str, object]:
        read_notes.get_answer(view, me.actor, thread_answer_id)
        return {"wordings": read_notes.wordings(view, me.actor, thread_answer_id)}

    return as_json(await here.desk.read(query))


@router.get("/conversations/{conversation_id}/notes", response_model=NotesAnswer)
async def of_conversation(conversation_id: Id, here: Here, me: AsAgent) -> Response:
    def query(view: Reading) -> dict[str, object]:
        read.get_conversation(view, me.actor, conversation_id)
        return {"seq": view.head(), "notes": read_notes.of_conversation(view, conversation_id)}

    return as_json(await here.desk.read(query))


@router.get("/notes/{note_id}/thread", response_model=ThreadShown)
async def thread(note_id: Id, here: Here, me: AsAgent) -> Response:
    def query(view: Reading) -> dict[str, object]:
        return {
            "seq": view.head(),
            "note": read_notes.get_note(view, me.actor, note_id),
            "answers": read_notes.answers(view, me.actor, note_id),
            "read_place": read_notes.read_place(view, me.actor, note_id),
        }

    return as_json(await here.desk.read(query))


@router.post("/notes/{note_id}/thread", status_code=201, response_model=Answered)
async def answer(note_id: Id, body: NoteSaid, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, _answer, me.actor, note_id=note_id, text=body.text
    )
    return done(result, 201)


def _answer(tx: Tx, actor: Actor, *, note_id: str, text: str) -> dict[str, Note | ThreadAnswer]:
    return _told_in_thread(tx, actor, threads.answer(tx, actor, note_id=note_id, text=text), is_new=True)


def _told_in_thread(
    tx: Tx, actor: Actor, said: threads.Answered, *, is_new: bool
) -> dict[str, Note | ThreadAnswer]:
    """Whom it calls; everybody in the thread when it is new."""
    one, under = said.answer, said.note
    what = Telling(under.conversation_id, one.id, actor.id, under.id, note_excerpt(one.text))
    author, there = (under.agent_id, threads.who_answered(tx, under.id)) if is_new else (actor.id, set())
    notices.tell(tx, rules.of_answer(actor.id, author, there, said.called), what)
    return {"answer": one, "note": under}


@router.post("/threads/{thread_answer_id}/edit", response_model=Answered)
async def edit_answer(thread_answer_id: Id, body: NoteSaid, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, _edit_answer, me.actor, answer_id=thread_answer_id, text=body.text
    )
    return done(result)


def _edit_answer(tx: Tx, actor: Actor, *, answer_id: str, text: str) -> dict[str, Note | ThreadAnswer]:
    said = threads.edit(tx, actor, answer_id=answer_id, text=text)
    return _told_in_thread(tx, actor, said, is_new=False)


@router.post("/threads/{thread_answer_id}/delete", response_model=Answered)
async def delete_answer(thread_answer_id: Id, body: Command, here: Here, me: AsAgent) -> Response:
    return done(
        await here.desk.command(
            me.actor.key, body.client_id, _delete_answer, me.actor, answer_id=thread_answer_id
        )
    )


def _delete_answer(tx: Tx, actor: Actor, *, answer_id: str) -> dict[str, Note | ThreadAnswer]:
    gone = threads.delete(tx, actor, answer_id=answer_id)
    return {"answer": gone.answer, "note": gone.note}


@router.post("/notes/{note_id}/thread/read", response_model=Nothing)
async def read_thread(note_id: Id, body: ThreadSeen, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, threads.read_to, me.actor, note_id=note_id, place=body.place
    )
    return done(result)


@router.post("/conversations/{conversation_id}/looked", response_model=Nothing)
async def looked(conversation_id: Id, body: Command, here: Here, me: AsAgent) -> Response:
    """Opening a conversation answers every call and notice there."""
    return done(
        await here.desk.command(
            me.actor.key, body.client_id, _look, me.actor, conversation_id=conversation_id
        )
    )


def _look(tx: Tx, actor: Actor, *, conversation_id: str) -> dict[str, object]:
    mentions.look(tx, actor, conversation_id=conversation_id)
    notices.see_here(tx, actor, conversation_id)
    return {}
