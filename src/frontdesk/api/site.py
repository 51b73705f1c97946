"""Who is on the company's site now, and the first word that an agent says to one of them."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Path, Query, Response
from pydantic import Field

from frontdesk.api.answers import Nothing, as_json, done
from frontdesk.api.door import AsAgent, Here
from frontdesk.base.body import Command
from frontdesk.base.db import Reading, Tx
from frontdesk.base.errors import Conflict
from frontdesk.base.routes import Routes
from frontdesk.people.model import Actor
from frontdesk.presence import invites, read
from frontdesk.presence.read import Visitor
from frontdesk.talk import read_events

router = Routes(prefix="/api", tags=["site"])

BrowserId = Annotated[str, Path(min_length=16, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]


@dataclass(frozen=True, slots=True)
class LiveVisitor(Visitor):
    talking: str | None


@dataclass(frozen=True)
class VisitorsAnswer:
    visitors: list[LiveVisitor]
    count: int


class Invite(Command):
    text: Annotated[str, Field(max_length=invites.LONGEST * 2)]


@router.get("/visitors", response_model=VisitorsAnswer)
async def visitors(here: Here, me: AsAgent, limit: Annotated[int, Query(ge=0, le=500)] = 200) -> Response:
    return as_json(await here.desk.read(_visitors, me.actor, limit))


def _visitors(view: Reading, actor: Actor, limit: int) -> VisitorsAnswer:
    found, count = read.on_site(view, limit)
    known = [one.customer.id for one in found if one.customer is not None]
    talking = read_events.talking(view, actor, known)
    return VisitorsAnswer([_live(one, talking) for one in found], count)


def _live(one: Visitor, talking: dict[str, str]) -> LiveVisitor:
    values = {name: getattr(one, name) for name in Visitor.__dataclass_fields__}
    return LiveVisitor(**values, talking=talking.get(one.customer.id) if one.customer else None)


@router.post("/visitors/{browser}/invite", response_model=Nothing)
async def invite(browser: BrowserId, body: Invite, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, _invite, me.actor, browser_id=browser, text=body.text
    )
    return done(result)


def _invite(tx: Tx, actor: Actor, *, browser_id: str, text: str) -> dict[str, object]:
    customer_id = read.whose(tx, browser_id)
    if customer_id is not None:
        talking = read_events.talking(tx, actor, [customer_id])
        if talking:
            raise Conflict(
                "This visitor is in a conversation already.",
                data={"reason": "talking", "conversation_id": talking[customer_id]},
            )
    invites.invite(tx, actor, browser_id=browser_id, text=text)
    return {}
