"""The bell: what an agent was told."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import Field

from frontdesk.api.answers import Nothing, NoticesAnswer, as_json, done
from frontdesk.api.door import AsAgent, Here
from frontdesk.base.body import Command, Id
from frontdesk.base.db import Reading
from frontdesk.base.routes import Routes
from frontdesk.notify import notices

router = Routes(prefix="/api", tags=["notices"])


class SeeNotices(Command):
    ids: Annotated[list[Id], Field(max_length=200, default_factory=list)]
    all: bool = False


@router.get("/notices", response_model=NoticesAnswer)
async def page(
    here: Here, me: AsAgent, before: Annotated[str | None, Query(max_length=60)] = None
) -> Response:
    def query(view: Reading) -> dict[str, object]:
        items, goes_on = notices.page(view, me.actor, before)
        return {"seq": view.head(), "items": items, "next": goes_on}

    return as_json(await here.desk.read(query))


@router.post("/notices/seen", response_model=Nothing)
async def see(body: SeeNotices, here: Here, me: AsAgent) -> Response:
    if body.all:
        return done(await here.desk.command(me.actor.key, body.client_id, notices.see_all, me.actor))
    return done(await here.desk.command(me.actor.key, body.client_id, notices.see, me.actor, ids=body.ids))
