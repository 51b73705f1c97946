"""Lists, conversations, messages."""

from typing import Annotated, Any, Literal

from fastapi import Query, Response
from pydantic import Field

from frontdesk.api.answers import (
    ConversationAnswer,
    Nothing,
    PageAnswer,
    RowAnswer,
    SaidAnswer,
    StateAnswer,
    TimelineAnswer,
    as_json,
    done,
)
from frontdesk.api.door import AsAgent, Here
from frontdesk.base.body import Command, Id
from frontdesk.base.db import Reading, Tx
from frontdesk.base.errors import Conflict
from frontdesk.base.routes import Routes
from frontdesk.know import identifiers
from frontdesk.notify import notices, rules
from frontdesk.notify.model import Telling
from frontdesk.people import company, merging, own_fields, read, teams
from frontdesk.people.model import Actor, Channel
from frontdesk.suggest import feedback
from frontdesk.talk import conversations, labelling, labels, lists, messages, read_notes, ready
from frontdesk.talk import read as talk
from frontdesk.talk.model import LONGEST_MESSAGE, Conversation, Place, Said, excerpt

router = Routes(prefix="/api", tags=["conversations"])

Position = Annotated[int | None, Query(ge=0, le=2**31 - 1)]
Limit = Annotated[int, Query(ge=1, le=200)]


class Send(Command):
    text: Annotated[str, Field(max_length=LONGEST_MESSAGE * 2)] = ""
    files: Annotated[list[Id], Field(max_length=20, default_factory=list)]
    as_new: bool = False
    suggestion_id: Id | None = None
    clicked: bool = False
    confirmed: bool = False


class ReadTo(Command):
    position: Annotated[int, Field(ge=0, le=2**31 - 1)]


@router.get("/state", response_model=StateAnswer)
async def state(here: Here, me: AsAgent) -> Response:
    return as_json(await here.desk.read(_state, me.actor))


def _state(view: Reading, actor: Actor) -> dict[str, object]:
    return {
        "seq": view.head(),
        "me": read.get_me(view, actor.id),
        "agents": read.agents(view),
        "company": company.get(view),
        "teams": teams.everyone(view),
        "labels": labels.seen_by(view, actor),
        "ready": ready.seen_by(view, actor),
        "counts": lists.counts(view, actor),
        "notices": notices.bell(view, actor),
        "own_fields": own_fields.everything(view),
    }


@router.get("/conversations", response_model=PageAnswer)
async def page(
    here: Here,
    me: AsAgent,
    place: Place,
    closed: bool = False,
    order: Literal["newest", "oldest"] = "newest",
    after: Annotated[str | None, Query(max_length=60)] = None,
    limit: Limit = 50,
    team: Id | None = None,
    label: Id | None = None,
    channel: Channel | None = None,
) -> Response:
    def query(view: Reading) -> dict[str, object]:
        narrowed = lists.Filters(team, label, channel)
        rows, goes_on = lists.page(
            view, me.actor, place, closed=closed, order=order, after=after, limit=limit, filters=narrowed
        )
        return {"seq": view.head(), "rows": rows, "next": goes_on}

    return as_json(await here.desk.read(query))


@router.get("/conversations/{conversation_id}", response_model=RowAnswer)
async def one(conversation_id: Id, here: Here, me: AsAgent) -> Response:
    def query(view: Reading) -> dict[str, object]:
        row = talk.get_row(view, me.actor, conversation_id)
        worn = labelling.of_conversation(view, me.actor, conversation_id)
        return {"seq": view.head(), "conversation": row, "labelled": worn}

    return as_json(await here.desk.read(query))


@router.get("/conversations/{conversation_id}/timeline", response_model=TimelineAnswer)
async def timeline(
    conversation_id: Id,
    here: Here,
    me: AsAgent,
    before: Position = None,
    after: Position = None,
    limit: Limit = 60,
) -> Response:
    def query(view: Reading) -> dict[str, object]:
        items, more = talk.timeline(view, me.actor, conversation_id, before=before, after=after, limit=limit)
        places = [one.position for one in items] or [0]
        read_in = read_notes.read_places(view, me.actor, conversation_id, min(places), max(places))
        worn = labelling.of_conversation(view, me.actor, conversation_id)
        return {"seq": view.head(), "items": items, "more": more, "threads": read_in, "labelled": worn}

    return as_json(await here.desk.read(query))


@router.post("/conversations/{conversation_id}/messages", status_code=201, response_model=SaidAnswer)
async def send(conversation_id: Id, body: Send, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(
        me.actor.key,
        body.client_id,
        _answer,
        me.actor,
        body.client_id,
        conversation_id=conversation_id,
        **body.rest(),
    )
    return done(result, 201)


def _answer(
    tx: Tx,
    actor: Actor,
    client_id: str,
    *,
    suggestion_id: str | None,
    clicked: bool,
    confirmed: bool,
    conversation_id: str,
    text: str,
    **rest: Any,
) -> Said:
    """What is sent, and what that says of what was suggested, at once."""
    if suggestion_id is not None:
        feedback.check(tx, actor, suggestion_id, text, clicked)
    if not confirmed:
        _ask_about_strangers(tx, actor, conversation_id, text)
    said = messages.send(tx, actor, client_id, conversation_id=conversation_id, text=text, **rest)
    feedback.answered(tx, actor, said, suggestion_id)
    if said.conversation.id != conversation_id:
        _tell_owner(tx, actor, conversation_id, said)
    return said


def _tell_owner(tx: Tx, actor: Actor, conversation_id: str, said: Said) -> None:
    """A colleague answers their customer in a conversation of their own."""
    owner_id = talk.get_conversation(tx, actor, conversation_id).owner_id
    what = Telling(conversation_id, said.message.id, actor.id, None, excerpt(said.message.text))
    notices.tell(tx, rules.of_continuing(actor.id, owner_id), what)


@router.post("/conversations/{conversation_id}/close", response_model=ConversationAnswer)
async def close(conversation_id: Id, body: Command, here: Here, me: AsAgent) -> Response:
    return done(
        await here.desk.command(
            me.actor.key, body.client_id, _close, me.actor, conversation_id=conversation_id
        )
    )


def _ask_about_strangers(tx: Tx, actor: Actor, conversation_id: str, text: str) -> None:
    """What belongs to another customer leaves only when somebody says so. Raises Conflict."""
    one = talk.get_conversation(tx, actor, conversation_id)
    if found := identifiers.foreign(tx, one.customer.id, text, lambda id: merging.is_now(tx, id)):
        data = {"reason": "foreign", "found": found}
        raise Conflict("This holds something that belongs to another customer.", data=data)


def _close(tx: Tx, actor: Actor, *, conversation_id: str) -> dict[str, Conversation]:
    closed = conversations.close(tx, actor, conversation_id)
    feedback.closed(tx, actor, conversation_id)
    return closed


@router.post("/conversations/{conversation_id}/reopen", response_model=ConversationAnswer)
async def reopen(conversation_id: Id, body: Command, here: Here, me: AsAgent) -> Response:
    return done(
        await here.desk.command(
            me.actor.key, body.client_id, conversations.reopen, me.actor, conversation_id=conversation_id
        )
    )


@router.post("/conversations/{conversation_id}/read", response_model=Nothing)
async def read_to(conversation_id: Id, body: ReadTo, here: Here, me: AsAgent) -> Response:
    return done(
        await here.desk.command(
            me.actor.key,
            body.client_id,
            conversations.read_to,
            me.actor,
            conversation_id=conversation_id,
            position=body.position,
        )
    )
