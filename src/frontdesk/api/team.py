"""What admins decide: agents, invitations, the company."""

from typing import Annotated

import orjson
from fastapi import Response
from pydantic import Field

from frontdesk.api.answers import (
    AgentAnswer,
    CompanyAnswer,
    InvitationAnswer,
    InvitationsAnswer,
    KeyAnswer,
    Nothing,
    as_json,
    done,
)
from frontdesk.api.door import AsAdmin, Here
from frontdesk.base.body import Command, Id
from frontdesk.base.errors import Conflict
from frontdesk.base.ids import new_id, new_token
from frontdesk.base.routes import Routes
from frontdesk.people import agents, company, read, sessions
from frontdesk.people.model import Role

router = Routes(prefix="/api", tags=["team"])

Words = Annotated[str, Field(max_length=300)]


class Invite(Command):
    email: Words
    role: Role = "agent"


class GiveRole(Command):
    role: Role


class Settings(Command):
    name: Words | None = None
    website: Words | None = None
    colour: Words | None = None
    greeting: Words | None = None
    allowed_sites: Annotated[list[Words], Field(max_length=50)] | None = None


@router.get("/invitations", response_model=InvitationsAnswer)
async def invitations(here: Here, me: AsAdmin) -> Response:
    return as_json({"invitations": await here.desk.read(read.invitations)})


@router.post("/invitations", status_code=201, response_model=InvitationAnswer)
async def invite(body: Invite, here: Here, me: AsAdmin) -> Response:
    """The link is shown to whoever asked first; a repeat of the command cannot show it again."""
    email = agents.address(body.email)
    if (await here.desk.read(read.find_secret, email))[0] is not None:
        raise Conflict("There is an agent with this e-mail already.", fields={"email": "Already an agent"})
    id, token = new_id(), new_token()
    result = await here.desk.command(
        me.actor.key, body.client_id, sessions.invite, me.actor, id, token, email=email, role=body.role
    )
    invitation = orjson.loads(result)["invitation"]
    link = f"{here.settings.address}/#invitation={token}" if invitation["id"] == id else None
    return as_json({"invitation": invitation, "link": link}, 201)


@router.post("/invitations/{invitation_id}/withdraw", response_model=Nothing)
async def withdraw(invitation_id: Id, body: Command, here: Here, me: AsAdmin) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, sessions.withdraw, me.actor, invitation_id=invitation_id
    )
    return done(result)


@router.post("/agents/{agent_id}/disable", response_model=AgentAnswer)
async def disable(agent_id: Id, body: Command, here: Here, me: AsAdmin) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, agents.disable, me.actor, agent_id=agent_id
    )
    here.believed.clear()
    return done(result)


@router.post("/agents/{agent_id}/enable", response_model=AgentAnswer)
async def enable(agent_id: Id, body: Command, here: Here, me: AsAdmin) -> Response:
    return done(
        await here.desk.command(me.actor.key, body.client_id, agents.enable, me.actor, agent_id=agent_id)
    )


@router.post("/agents/{agent_id}/role", response_model=AgentAnswer)
async def role(agent_id: Id, body: GiveRole, here: Here, me: AsAdmin) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, agents.give_role, me.actor, agent_id=agent_id, role=body.role
    )
    here.believed.clear()
    return done(result)


@router.post("/settings", response_model=CompanyAnswer)
async def settings(body: Settings, here: Here, me: AsAdmin) -> Response:
    result = await here.desk.command(me.actor.key, body.client_id, company.change, me.actor, **body.rest())
    return done(result)


@router.post("/settings/identity-key", response_model=KeyAnswer)
async def identity_key(body: Command, here: Here, me: AsAdmin) -> Response:
    """The secret with which the company's site signs who its visitors are; shown this once."""
    key = new_token()
    before = await here.desk.read(company.identity_keys)
    await here.desk.command(me.actor.key, body.client_id, company.renew_identity_key, me.actor, key)
    now = await here.desk.read(company.identity_keys)
    return as_json({"key": key if now[:1] == [key] and now != before else None})
