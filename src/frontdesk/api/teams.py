"""Teams, and the ways that lead into their queues."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from frontdesk.api.answers import TeamAnswer, WaysAnswer, as_json, done
from frontdesk.api.door import AsAdmin, Here
from frontdesk.base.body import Body, Command, Id
from frontdesk.base.routes import Routes
from frontdesk.people import teams
from frontdesk.people.model import Channel

router = Routes(prefix="/api", tags=["teams"])

Words = Annotated[str, Field(max_length=300)]


class TeamSaid(Command):
    name: Words
    colour: Words
    members: Annotated[list[Id], Field(max_length=1_000)]


class WaySaid(Body):
    channel: Channel
    start: Annotated[str, Field(max_length=1_000)]
    team_id: Id


class WaysSaid(Command):
    ways: Annotated[list[WaySaid], Field(max_length=1_000)]


@router.post("/teams", status_code=201, response_model=TeamAnswer)
async def add(body: TeamSaid, here: Here, me: AsAdmin) -> Response:
    return done(
        await here.desk.command(me.actor.key, body.client_id, teams.add, me.actor, **body.rest()), 201
    )


@router.post("/teams/{team_id}", response_model=TeamAnswer)
async def change(team_id: Id, body: TeamSaid, here: Here, me: AsAdmin) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, teams.change, me.actor, team_id=team_id, **body.rest()
    )
    return done(result)


@router.post("/teams/{team_id}/retire", response_model=TeamAnswer)
async def retire(team_id: Id, body: Command, here: Here, me: AsAdmin) -> Response:
    return done(
        await here.desk.command(me.actor.key, body.client_id, teams.retire, me.actor, team_id=team_id)
    )


@router.get("/ways", response_model=WaysAnswer)
async def ways(here: Here, me: AsAdmin) -> Response:
    return as_json({"ways": await here.desk.read(teams.ways)})


@router.post("/ways", response_model=WaysAnswer)
async def lay_ways(body: WaysSaid, here: Here, me: AsAdmin) -> Response:
    return done(
        await here.desk.command(me.actor.key, body.client_id, teams.lay_ways, me.actor, **body.rest())
    )
