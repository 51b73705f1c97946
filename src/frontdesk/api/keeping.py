"""Who may not write, how long things are kept, and where places come from."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from frontdesk.api.answers import as_json, done
from frontdesk.api.door import AsAdmin, AsAgent, Here
from frontdesk.base.body import Command, Id
from frontdesk.base.routes import Routes
from frontdesk.people import blocks, console, fetching, retention
from frontdesk.people.model import AddressKept, Block, Retention
from frontdesk.people.places import FOLDER

router = Routes(prefix="/api", tags=["keeping"])

Moment = Annotated[int, Field(ge=0, le=2**53 - 1)]
Days = Annotated[int, Field(ge=1, le=3_650)]


@dataclass(frozen=True)
class BlocksAnswer:
    blocks: list[Block]


@dataclass(frozen=True)
class BlockAnswer:
    blocked_until: int | None


@dataclass(frozen=True)
class RetentionAnswer:
    retention: Retention


@dataclass(frozen=True)
class PlacesAnswer:
    """`built_at`: when the city database was made; null: there is none, and nobody is anywhere. `fault`: why
    it could not be fetched the last time.
    """

    built_at: int | None
    version: str | None
    fetched_at: int | None
    fault: str | None
    attribution: str
    attribution_url: str


class BlockCustomer(Command):
    until: Moment | None
    network: bool = False


class Keep(Command):
    """What is left out stays as it is; `closed_days` 0: for ever."""

    events_days: Days | None = None
    addresses: AddressKept | None = None
    addresses_days: Days | None = None
    closed_days: Annotated[int, Field(ge=0, le=36_500)] | None = None


@router.get("/blocks", response_model=BlocksAnswer)
async def blocked(here: Here, me: AsAgent) -> Response:
    return as_json(BlocksAnswer(await here.desk.read(blocks.shown)))


@router.post("/customers/{customer_id}/block", response_model=BlockAnswer)
async def block(customer_id: Id, body: BlockCustomer, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(
        me.actor.key,
        body.client_id,
        blocks.block,
        me.actor,
        customer_id=customer_id,
        until=body.until,
        network=body.network,
    )
    return done(result)


@router.post("/customers/{customer_id}/unblock", response_model=BlockAnswer)
async def unblock(customer_id: Id, body: Command, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, blocks.unblock, me.actor, customer_id=customer_id
    )
    return done(result)


@router.get("/retention", response_model=RetentionAnswer)
async def kept(here: Here, me: AsAgent) -> Response:
    return as_json(RetentionAnswer(await here.desk.read(retention.get)))


@router.post("/retention", response_model=RetentionAnswer)
async def keep(body: Keep, here: Here, me: AsAdmin) -> Response:
    changes = {name: value for name, value in body.rest().items() if value is not None}
    if changes.get("closed_days") == 0:
        changes["closed_days"] = None
    result = await here.desk.command(me.actor.key, body.client_id, retention.change, me.actor, **changes)
    return done(result)


@router.get("/places", response_model=PlacesAnswer)
async def places(here: Here, me: AsAgent) -> Response:
    known = await run_in_threadpool(fetching.about, here.settings.data / FOLDER)
    named = console.ATTRIBUTION, console.ATTRIBUTION_URL
    return as_json(PlacesAnswer(here.places.built_at, known.version, known.fetched_at, known.fault, *named))
