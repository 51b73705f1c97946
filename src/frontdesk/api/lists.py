"""What moves a conversation between one's own lists: stars and snoozing."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from frontdesk.api.answers import Nothing, done
from frontdesk.api.door import AsAgent, Here
from frontdesk.base.body import Command, Id
from frontdesk.base.routes import Routes
from frontdesk.talk import snooze as sleep
from frontdesk.talk import stars

router = Routes(prefix="/api", tags=["lists"])


class Star(Command):
    on: bool


class Snooze(Command):
    until: Annotated[int, Field(ge=0, le=2**53 - 1)] | None


@router.post("/conversations/{conversation_id}/star", response_model=Nothing)
async def star(conversation_id: Id, body: Star, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, stars.put, me.actor, conversation_id=conversation_id, on=body.on
    )
    return done(result)


@router.post("/conversations/{conversation_id}/snooze", response_model=Nothing)
async def snooze(conversation_id: Id, body: Snooze, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(
        me.actor.key,
        body.client_id,
        sleep.snooze,
        me.actor,
        conversation_id=conversation_id,
        until=body.until,
    )
    return done(result)
