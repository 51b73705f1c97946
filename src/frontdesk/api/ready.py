"""Ready replies."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from frontdesk.api.answers import Nothing, ReadyAnswer, done
from frontdesk.api.door import AsAgent, Here
from frontdesk.base.body import Command, Id
from frontdesk.base.routes import Routes
from frontdesk.talk import ready
from frontdesk.talk.model import LONGEST_MESSAGE

router = Routes(prefix="/api/ready", tags=["ready"])


class ChangeReady(Command):
    name: Annotated[str, Field(max_length=300)]
    text: Annotated[str, Field(max_length=LONGEST_MESSAGE * 2)]


class AddReady(ChangeReady):
    own: bool


@router.post("", status_code=201, response_model=ReadyAnswer)
async def add(body: AddReady, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(me.actor.key, body.client_id, ready.add, me.actor, **body.rest())
    return done(result, 201)


@router.post("/{ready_id}", response_model=ReadyAnswer)
async def change(ready_id: Id, body: ChangeReady, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, ready.change, me.actor, ready_id=ready_id, **body.rest()
    )
    return done(result)


@router.post("/{ready_id}/remove", response_model=Nothing)
async def remove(ready_id: Id, body: Command, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(me.actor.key, body.client_id, ready.remove, me.actor, ready_id=ready_id)
    return done(result)
