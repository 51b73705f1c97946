"""What a customer may ask for: that everything of them is erased, or given to them."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from frontdesk.api.answers import done
from frontdesk.api.door import AsAdmin, AsAgent, Here
from frontdesk.base.body import Command, Id
from frontdesk.base.routes import Routes
from frontdesk.privacy import erasing, export

router = Routes(prefix="/api", tags=["privacy"])


@router.get("/customers/{unwanted_id}/export", response_class=StreamingResponse)
async def give(unwanted_id: Id, here: Here, _: AsAgent) -> StreamingResponse:
    data = await here.desk.read(export.gathered, unwanted_id)
    made = await run_in_threadpool(export.zipped, data, here.files)
    headers = {
        "Content-Disposition": f'attachment; filename="customer-{data["id"]}.zip"',
        "Cache-Control": "no-store",
    }
    return StreamingResponse(export.pieces(made), media_type="application/zip", headers=headers)


class Erase(Command):
    name: Annotated[str, Field(max_length=300)]


@dataclass(frozen=True)
class ErasedAnswer:
    """How much of each kind was erased."""

    report: dict[str, int]


@router.post("/customers/{unwanted_id}/erase", response_model=ErasedAnswer)
async def erase(unwanted_id: Id, body: Erase, here: Here, me: AsAdmin) -> Response:
    ahead = await here.desk.read(erasing.look_ahead, unwanted_id)
    # The name is no part of what is kept of the command.
    verb = erasing.erase_customer
    result = await here.desk.command(
        me.actor.key, body.client_id, verb, me.actor, body.name, ahead, customer_id=unwanted_id
    )
    return done(result)
