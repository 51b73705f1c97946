"""Customers' companies: chosen while somebody types, made right there, changed on their page."""

from typing import Annotated, Any

from fastapi import Query, Response

from frontdesk.api.answers import as_json, done
from frontdesk.api.customer_answers import (
    CompanyNotes,
    CompanyPage,
    CustomerCompaniesAnswer,
    CustomerCompanyAnswer,
)
from frontdesk.api.customers import Line, Text, Values
from frontdesk.api.door import AsAgent, Here
from frontdesk.api.history import Cursor, Limit, PastAnswer
from frontdesk.base.body import Command, Id
from frontdesk.base.db import Reading, Tx
from frontdesk.base.routes import Routes
from frontdesk.people import changes, companies, read_profiles
from frontdesk.people.model import Actor
from frontdesk.people.profile_model import as_row
from frontdesk.talk import customer_list, past

router = Routes(prefix="/api", tags=["companies"])

_SHOWN = 50


class AddCompany(Command):
    name: Line


class ChangeCompany(Command):
    """What is not named stays, what is empty is emptied."""

    name: Line | None = None
    website: Line | None = None
    about: Text | None = None
    fields: Values | None = None


@router.get("/companies", response_model=CustomerCompaniesAnswer)
async def typing(
    here: Here,
    me: AsAgent,
    q: Annotated[str, Query(max_length=300)] = "",
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> Response:
    """Those whose name begins with what was typed."""

    def query(view: Reading) -> dict[str, object]:
        return {"seq": view.head(), "companies": companies.beginning(view, me.actor, q, limit)}

    return as_json(await here.desk.read(query))


@router.post("/companies", status_code=201, response_model=CustomerCompanyAnswer)
async def add(body: AddCompany, here: Here, me: AsAgent) -> Response:
    """The one of this name, new or not."""
    result = await here.desk.command(me.actor.key, body.client_id, companies.add, me.actor, **body.rest())
    return done(result, 201)


@router.get("/companies/{company_id}", response_model=CompanyPage)
async def page(company_id: Id, here: Here, me: AsAgent) -> Response:
    def query(view: Reading) -> dict[str, object]:
        one = companies.get(view, me.actor, company_id)
        wanted = customer_list.Wanted(company=company_id)
        who = customer_list.page(view, me.actor, wanted, order="name", after=None, limit=_SHOWN).ids
        return {
            "seq": view.head(),
            "company": one,
            "customers": [as_row(some) for some in read_profiles.those(view, who)],
            "changes": changes.page(view, me.actor, company_id, after=None, limit=_SHOWN)[0],
        }

    return as_json(await here.desk.read(query))


@router.get("/companies/{company_id}/conversations", response_model=PastAnswer)
async def conversations(
    company_id: Id, here: Here, me: AsAgent, after: Cursor = None, limit: Limit = 20
) -> Response:
    def query(view: Reading) -> PastAnswer:
        companies.get(view, me.actor, company_id)
        found, goes_on = past.of_company(view, me.actor, company_id, after=after, limit=limit)
        return PastAnswer(view.head(), found, goes_on)

    return as_json(await here.desk.read(query))


@router.get("/companies/{company_id}/notes", response_model=CompanyNotes)
async def notes(
    company_id: Id, here: Here, me: AsAgent, before: Cursor = None, limit: Limit = 20
) -> Response:
    def query(view: Reading) -> CompanyNotes:
        companies.get(view, me.actor, company_id)
        found, goes_on = past.notes_of_company(view, me.actor, company_id, before=before, limit=limit)
        return CompanyNotes(view.head(), found, goes_on)

    return as_json(await here.desk.read(query))


@router.post("/companies/{company_id}", response_model=CustomerCompanyAnswer)
async def change(company_id: Id, body: ChangeCompany, here: Here, me: AsAgent) -> Response:
    result = await here.desk.command(
        me.actor.key, body.client_id, _change, me.actor, company_id=company_id, **body.rest()
    )
    return done(result)


def _change(tx: Tx, actor: Actor, *, company_id: str, **asked: Any) -> dict[str, Any]:
    return {"company": companies.change(tx, actor, company_id, companies.Changed(**asked))}
