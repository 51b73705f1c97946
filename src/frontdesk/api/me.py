"""What an agent decides about themselves."""

from typing import Annotated, Literal

from fastapi import Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from frontdesk.api.answers import MeAnswer, Nothing, SessionsAnswer, as_json, done
from frontdesk.api.door import AsAgent, Here
from frontdesk.base.body import Body, Command, Id
from frontdesk.base.errors import Invalid
from frontdesk.base.routes import Routes
from frontdesk.people import agents, passwords, read, sessions

router = Routes(prefix="/api/me", tags=["me"])

OrderName = Literal["newest", "oldest"]


class OrderChange(Body):
    mine: OrderName | None = None
    unassigned: OrderName | None = None


class PreferenceChange(Body):
    enter_sends: bool | None = None
    sound: bool | None = None
    theme: Literal["system", "light", "dark"] | None = None
    order: OrderChange | None = None


class Profile(Command):
    name: Annotated[str, Field(max_length=300)] | None = None
    preferences: PreferenceChange | None = None


class NewPassword(Command):
    old: Annotated[str, Field(max_length=1_000)]
    new: Annotated[str, Field(max_length=1_000)]


@router.post("/profile", response_model=MeAnswer)
async def profile(body: Profile, here: Here, me: AsAgent) -> Response:
    changes = body.preferences.model_dump(exclude_none=True) if body.preferences else None
    result = await here.desk.command(
        me.actor.key, body.client_id, agents.change_profile, me.actor, name=body.name, preferences=changes
    )
    return done(result)


@router.post("/password", response_model=Nothing)
async def password(body: NewPassword, here: Here, me: AsAgent) -> Response:
    here.signs_in.spend(me.actor.id)
    stored = await here.desk.read(read.own_secret, me.actor.id)
    if not await run_in_threadpool(passwords.matches, stored, body.old):
        raise Invalid("The password you have now is not right.", fields={"old": "Not right"})
    hashed = await run_in_threadpool(passwords.hashed, body.new)
    # Neither password is part of what is kept of the command.
    result = await here.desk.command(
        me.actor.key, body.client_id, agents.change_password, me.actor, me.digest, hashed
    )
    return done(result)


@router.get("/sessions", response_model=SessionsAnswer)
async def own_sessions(here: Here, me: AsAgent) -> Response:
    return as_json({"sessions": await here.desk.read(read.sessions, me.actor.id, me.digest)})


@router.post("/sessions/{session_id}/end", response_model=Nothing)
async def end(session_id: Id, body: Command, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, sessions.end_own, me.actor, session_id=session_id
    )
    return done(result)
