"""Coming in: setting up, signing in and out, accepting an invitation."""

from typing import Annotated

from fastapi import Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from frontdesk import __version__
from frontdesk.api.answers import DeskAnswer, Invited, MeAnswer, Nothing, as_json
from frontdesk.api.door import (
    Anyone,
    AsAgent,
    Context,
    Here,
    address_of,
    cookie_name,
    is_secure,
    signed_in,
)
from frontdesk.base.body import Body, Command, Token
from frontdesk.base.db import Tx
from frontdesk.base.errors import Missing, Unknown
from frontdesk.base.ids import new_token
from frontdesk.base.routes import Routes
from frontdesk.people import agents, company, passwords, read, sessions

router = Routes(prefix="/api", tags=["coming in"])

Words = Annotated[str, Field(max_length=300)]
Password = Annotated[str, Field(max_length=1_000)]


class SetUp(Command):
    company: Words
    website: Words
    name: Words
    email: Words
    password: Password


class Credentials(Body):
    email: Words
    password: Password


class Link(Body):
    token: Token


class Acceptance(Command):
    token: Token
    name: Words
    password: Password


@router.get("/desk", response_model=DeskAnswer)
async def desk(here: Here, request: Request, _: Anyone) -> Response:
    house = await here.desk.read(company.find)
    try:
        await signed_in(here, request.cookies.get(cookie_name(is_secure(here, request)), ""))
        known = True
    except Unknown:
        known = False
    name = {"name": house.name} if house else None
    return as_json({"set_up": house is not None, "company": name, "version": __version__, "signed_in": known})


@router.post("/setup", status_code=201, response_model=MeAnswer)
async def set_up(body: SetUp, here: Here, request: Request, _: Anyone) -> Response:
    if await here.desk.read(company.find) is not None:
        raise Missing("The desk is set up already.")
    hashed = await run_in_threadpool(passwords.hashed, body.password)

    def verb(tx: Tx) -> str:
        return company.set_up(
            tx, company=body.company, website=body.website, name=body.name, email=body.email, password=hashed
        ).id

    return await _enter(here, request, await here.desk.write(verb), 201)


@router.post("/sign-in", response_model=MeAnswer)
async def sign_in(body: Credentials, here: Here, request: Request, _: Anyone) -> Response:
    email = body.email.strip().lower()
    here.signs_in.spend(address_of(request))
    here.signs_in.spend(email)
    agent_id, stored = await here.desk.read(read.find_secret, email)
    fits = await run_in_threadpool(passwords.matches, stored, body.password)
    if not fits or agent_id is None:
        raise Unknown("The e-mail or the password is wrong.")
    return await _enter(here, request, agent_id)


@router.post("/sign-in-link", response_model=MeAnswer)
async def sign_in_link(body: Link, here: Here, request: Request, _: Anyone) -> Response:
    here.signs_in.spend(address_of(request))
    return await _enter(here, request, await here.desk.write(sessions.use_link, body.token))


@router.post("/invitation/look", response_model=Invited)
async def look(body: Link, here: Here, request: Request, _: Anyone) -> Response:
    here.signs_in.spend(f"look {address_of(request)}")
    email, role = await here.desk.read(sessions.look, body.token)
    house = await here.desk.read(company.get)
    return as_json({"email": email, "role": role, "company": house.name})


@router.post("/invitation/accept", status_code=201, response_model=MeAnswer)
async def accept(body: Acceptance, here: Here, request: Request, _: Anyone) -> Response:
    here.signs_in.spend(address_of(request))
    hashed = await run_in_threadpool(passwords.hashed, body.password)

    def verb(tx: Tx) -> str:
        email, role = sessions.use_invitation(tx, body.token)
        return agents.add(tx, email=email, name=body.name, role=role, password=hashed).id

    return await _enter(here, request, await here.desk.write(verb), 201)


@router.post("/sign-out", response_model=Nothing)
async def sign_out(body: Body, here: Here, request: Request, me: AsAgent) -> Response:
    here.believed.pop(me.digest, None)
    await here.desk.write(sessions.end, me.actor.id, me.digest)
    response = as_json({})
    secure = is_secure(here, request)
    response.delete_cookie(cookie_name(secure), secure=secure, httponly=True, samesite="lax")
    return response


async def _enter(here: Context, request: Request, agent_id: str, status: int = 200) -> Response:
    """A fresh session at every sign-in, whatever cookie came along."""
    token = new_token()
    device = request.headers.get("user-agent", "")
    address = request.client.host if request.client else ""
    await here.desk.write(sessions.begin, agent_id, token, address=address, device=device)
    me = await here.desk.read(read.get_me, agent_id)
    response = as_json({"me": me}, status)
    secure = is_secure(here, request)
    age = sessions.IDLE_FOR // 1000
    response.set_cookie(
        cookie_name(secure), token, max_age=age, path="/", secure=secure, httponly=True, samesite="lax"
    )
    return response
