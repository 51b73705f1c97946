"""Customers who are one person."""

from fastapi import Response

from frontdesk.api.answers import MergeAnswer, MergesAnswer, PartedAnswer, as_json, done
from frontdesk.api.door import AsAgent, Here
from frontdesk.base.body import Command, Id
from frontdesk.base.db import Reading
from frontdesk.base.routes import Routes
from frontdesk.people import merging
from frontdesk.talk import joining

router = Routes(prefix="/api", tags=["customers"])


class Join(Command):
    into: Id


@router.post("/customers/{gone_id}/merge", response_model=MergeAnswer)
async def join(gone_id: Id, body: Join, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, joining.join, me.actor, customer_id=gone_id, into=body.into
    )
    return done(result)


@router.get("/customers/{gone_id}/merges", response_model=MergesAnswer)
async def merges(gone_id: Id, here: Here, _: AsAgent) -> Response:
    def query(view: Reading) -> dict[str, object]:
        return {"seq": view.head(), "merges": merging.of_customer(view, gone_id)}

    return as_json(await here.desk.read(query))


@router.post("/merges/{merge_id}/undo", response_model=PartedAnswer)
async def undo(merge_id: Id, body: Command, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(me.actor.key, body.client_id, joining.undo, me.actor, merge_id=merge_id)
    return done(result)
