"""Who is asking. Every route names exactly one policy here; a test fails for one that names none."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from frontdesk.base.access import require
from frontdesk.base.clock import SECOND, now_ms, ticks_ms
from frontdesk.base.desk import Desk
from frontdesk.base.errors import Unknown
from frontdesk.base.files import Files
from frontdesk.base.ids import digest, is_token
from frontdesk.base.rates import Rate, network
from frontdesk.base.settings import Settings
from frontdesk.know.blanks import Blanker
from frontdesk.know.encoders import Encoders
from frontdesk.live.hub import Hub
from frontdesk.people import read, sessions
from frontdesk.people.access import may_manage
from frontdesk.people.model import Actor
from frontdesk.people.places import Places
from frontdesk.suggest.proposer import Proposer

# How long an ended session may still be believed by a process that has just asked.
_BELIEVED_FOR = 1 * SECOND
_MOST_BELIEVED = 5_000


@dataclass(frozen=True, slots=True)
class SignedIn:
    actor: Actor
    digest: str


@dataclass(slots=True)
class Context:
    """What the routes stand on."""

    desk: Desk
    files: Files
    hub: Hub
    settings: Settings
    built: Path
    proposer: Proposer
    blanker: Blanker
    encoders: Encoders
    places: Places
    signs_in: Rate = field(default_factory=lambda: Rate(10, 900))
    writes: Rate = field(default_factory=lambda: Rate(600, 60))
    believed: dict[str, tuple[SignedIn, int]] = field(default_factory=dict)


async def context(request: Request) -> Context:
    """Async, like the policies, because FastAPI sends everything else through a thread."""
    found: Context = request.app.state.context
    return found


Here = Annotated[Context, Depends(context)]


async def anyone() -> None:
    """Policy: nobody needs to be signed in."""


async def agent(request: Request, here: Here) -> SignedIn:
    """Policy: an agent who is signed in. Raises Unknown."""
    one = await signed_in(here, request.cookies.get(cookie_name(is_secure(here, request)), ""))
    if request.method != "GET":
        here.writes.spend(one.actor.id)
    return one


async def admin(request: Request, here: Here) -> SignedIn:
    """Policy: an agent who is an admin. Raises Unknown or Refused."""
    one = await agent(request, here)
    require(may_manage(one.actor))
    return one


POLICIES = (anyone, agent, admin)

Anyone = Annotated[None, Depends(anyone)]
AsAgent = Annotated[SignedIn, Depends(agent)]
AsAdmin = Annotated[SignedIn, Depends(admin)]


async def signed_in(here: Context, token: str) -> SignedIn:
    """The agent behind a session's cookie. Raises Unknown."""
    key = digest(token)
    known = here.believed.get(key)
    if known is not None and ticks_ms() < known[1]:
        return known[0]
    here.believed.pop(key, None)
    one = await still_signed_in(here, token)
    if len(here.believed) > _MOST_BELIEVED:
        here.believed.clear()
    here.believed[key] = (one, ticks_ms() + _BELIEVED_FOR)
    return one


async def still_signed_in(here: Context, token: str) -> SignedIn:
    """The same as it is this very moment: a socket that is let in late would stay for long."""
    if not is_token(token):
        raise Unknown("Sign in first.")
    key = digest(token)
    found = await here.desk.read(read.find_session, key)
    if found is None or now_ms() - found[2] > sessions.IDLE_FOR:
        raise Unknown("Sign in first.")
    if now_ms() - found[2] > sessions.SEEN_EVERY:
        await here.desk.write(sessions.seen, key)
    return SignedIn(found[0], key)


def is_secure(here: Context, request: Request) -> bool:
    base = here.settings.base_url
    return base.startswith("https:") if base else request.url.scheme in ("https", "wss")


def cookie_name(secure: bool) -> str:
    """The prefix makes browsers refuse such a cookie from anybody but this very host."""
    return "__Host-frontdesk" if secure else "frontdesk"


def address_of(request: Request) -> str:
    return network(request.client.host if request.client else "")
