"""One customer: who they are, changed in place, and who changed it."""

from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import Field

from frontdesk.api.answers import as_json, done
from frontdesk.api.customer_answers import ChangesAnswer, CustomerAnswer, PageSeen, ProfileAnswer
from frontdesk.api.door import AsAgent, Here
from frontdesk.base.body import Command, Id
from frontdesk.base.db import Reading, Tx
from frontdesk.base.routes import Routes
from frontdesk.people import changes, profiles, read_profiles
from frontdesk.people.model import Actor
from frontdesk.people.profile_model import LONGEST
from frontdesk.presence import read as presence
from frontdesk.talk import read as talk

router = Routes(prefix="/api", tags=["customers"])

Line = Annotated[str, Field(max_length=1_000)]
Text = Annotated[str, Field(max_length=LONGEST["about"] * 2)]
Values = Annotated[dict[str, Text], Field(max_length=200)]


class ChangeCustomer(Command):
    """What is not named stays, what is empty is emptied. `seen`: what stood there when the agent began."""

    name: Line | None = None
    email: Line | None = None
    phone: Line | None = None
    title: Line | None = None
    about: Text | None = None
    company_id: Annotated[str, Field(pattern=r"^([0-9a-z]{26})?$")] | None = None
    company_name: Line | None = None
    fields: Values | None = None
    seen: Annotated[dict[str, Text | None], Field(max_length=200)] | None = None


@router.get("/customers/{customer_id}", response_model=CustomerAnswer)
async def one(customer_id: Id, here: Here, me: AsAgent) -> Response:
    def query(view: Reading) -> dict[str, object]:
        found = read_profiles.get(view, me.actor, customer_id)
        return {
            "seq": view.head(),
            "customer": found,
            "page": _page(view, found.id),
            "conversations": talk.many_of_customer(view, me.actor, found.id),
            "duplicates": read_profiles.alike(view, found),
        }

    return as_json(await here.desk.read(query))


def _page(view: Reading, customer_id: str) -> PageSeen | None:
    """Only while they are on the site."""
    found = presence.page_of(view, customer_id)
    return None if found is None else PageSeen(*found)


@router.post("/customers/{customer_id}", response_model=ProfileAnswer)
async def change(customer_id: Id, body: ChangeCustomer, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, _change, me.actor, customer_id=customer_id, **body.rest()
    )
    return done(result)


def _change(tx: Tx, actor: Actor, *, customer_id: str, **asked: Any) -> dict[str, Any]:
    return profiles.change(tx, actor, customer_id, profiles.Asked(**asked))


@router.get("/customers/{customer_id}/changes", response_model=ChangesAnswer)
async def changed(
    customer_id: Id,
    here: Here,
    me: AsAgent,
    after: Id | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    def query(view: Reading) -> dict[str, object]:
        one = read_profiles.get(view, me.actor, customer_id)
        found, goes_on = changes.page(view, me.actor, one.id, after=after, limit=limit)
        return {"seq": view.head(), "changes": found, "next": goes_on}

    return as_json(await here.desk.read(query))
