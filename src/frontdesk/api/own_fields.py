"""Own fields: what the company wants to know beside the usual."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from frontdesk.api.answers import done
from frontdesk.api.customer_answers import OwnFieldAnswer, OwnFieldsAnswer
from frontdesk.api.door import AsAdmin, Here
from frontdesk.base.body import Command, Id
from frontdesk.base.routes import Routes
from frontdesk.people import own_fields
from frontdesk.people.profile_model import FieldKind, FieldOf

router = Routes(prefix="/api", tags=["own fields"])

Name = Annotated[str, Field(max_length=300)]
Choices = Annotated[list[Name], Field(max_length=500, default_factory=list)]


class AddField(Command):
    of: FieldOf
    name: Name
    kind: FieldKind
    choices: Choices


class ChangeField(Command):
    name: Name
    choices: Choices


class RetireField(Command):
    on: bool = True


class OrderFields(Command):
    of: FieldOf
    ids: Annotated[list[Id], Field(max_length=1_000)]


@router.post("/own-fields", status_code=201, response_model=OwnFieldAnswer)
async def add(body: AddField, here: Here, me: AsAdmin) -> Response:
    result = await here.desk.command(me.actor.key, body.client_id, own_fields.add, me.actor, **body.rest())
    return done(result, 201)


@router.post("/own-fields/order", response_model=OwnFieldsAnswer)
async def order(body: OrderFields, here: Here, me: AsAdmin) -> Response:
    result = await here.desk.command(me.actor.key, body.client_id, own_fields.order, me.actor, **body.rest())
    return done(result)


@router.post("/own-fields/{own_field_id}", response_model=OwnFieldAnswer)
async def change(own_field_id: Id, body: ChangeField, here: Here, me: AsAdmin) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, own_fields.change, me.actor, field_id=own_field_id, **body.rest()
    )
    return done(result)


@router.post("/own-fields/{own_field_id}/retire", response_model=OwnFieldAnswer)
async def retire(own_field_id: Id, body: RetireField, here: Here, me: AsAdmin) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, own_fields.retire, me.actor, field_id=own_field_id, **body.rest()
    )
    return done(result)
