"""Labels: which there are, and what wears them."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from frontdesk.api.answers import LabelAnswer, Nothing, done
from frontdesk.api.door import AsAgent, Here
from frontdesk.base.body import Command, Id
from frontdesk.base.routes import Routes
from frontdesk.talk import labelling, labels, merging

router = Routes(prefix="/api", tags=["labels"])

Name = Annotated[str, Field(max_length=300)]
Colour = Annotated[str, Field(max_length=20)]


class AddLabel(Command):
    name: Name
    colour: Colour
    own: bool


class ChangeLabel(Command):
    name: Name | None = None
    colour: Colour | None = None


class MergeLabel(Command):
    into: Id


class PutLabel(Command):
    label_id: Id
    message_id: Id | None
    on: bool


@router.post("/labels", status_code=201, response_model=LabelAnswer)
async def add(body: AddLabel, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(me.actor.key, body.client_id, labels.add, me.actor, **body.rest())
    return done(result, 201)


@router.post("/labels/{label_id}", response_model=LabelAnswer)
async def change(label_id: Id, body: ChangeLabel, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, labels.change, me.actor, label_id=label_id, **body.rest()
    )
    return done(result)


@router.post("/labels/{label_id}/retire", response_model=LabelAnswer)
async def retire(label_id: Id, body: Command, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(me.actor.key, body.client_id, labels.retire, me.actor, label_id=label_id)
    return done(result)


@router.post("/labels/{label_id}/merge", response_model=LabelAnswer)
async def merge(label_id: Id, body: MergeLabel, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, merging.merge, me.actor, label_id=label_id, into=body.into
    )
    return done(result)


@router.post("/conversations/{conversation_id}/labels", response_model=Nothing)
async def put(conversation_id: Id, body: PutLabel, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(
        me.actor.key,
        body.client_id,
        labelling.put,
        me.actor,
        conversation_id=conversation_id,
        **body.rest(),
    )
    return done(result)
