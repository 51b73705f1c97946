"""The list of customers."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query, Response

from frontdesk.api.answers import as_json
from frontdesk.api.customer_answers import CustomersAnswer
from frontdesk.api.door import AsAgent, Here
from frontdesk.base.body import Id
from frontdesk.base.db import Reading
from frontdesk.base.routes import Routes
from frontdesk.people import read_profiles
from frontdesk.people.profile_model import as_row
from frontdesk.search import people
from frontdesk.search.model import FOREVER
from frontdesk.talk import customer_list
from frontdesk.talk.customer_list import Order, Wanted

router = Routes(prefix="/api", tags=["customers"])

Moment = Annotated[int | None, Query(ge=0, le=FOREVER)]
Words = Annotated[str | None, Query(max_length=500)]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What was asked for; `q` are words, as in search."""

    q: str
    wanted: Wanted
    order: Order


async def narrowing(
    q: Annotated[str, Query(max_length=2_000)] = "",
    company: Id | None = None,
    country: Words = None,
    city: Words = None,
    label: Id | None = None,
    field: Id | None = None,
    value: Words = None,
    seen_after: Moment = None,
    seen_before: Moment = None,
    named: bool | None = None,
    order: Order = "seen",
) -> Narrowing:
    wanted = Wanted(None, company, country, city, label, field, value, seen_after, seen_before, named)
    return Narrowing(q, wanted, order)


AsNarrowed = Annotated[Narrowing, Depends(narrowing)]


@router.get("/customers", response_model=CustomersAnswer)
async def page(
    here: Here,
    me: AsAgent,
    asked: AsNarrowed,
    after: Annotated[str | None, Query(max_length=1_000)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    def query(view: Reading) -> dict[str, object]:
        wanted = people.narrowed(view, me.actor, asked.q, asked.wanted)
        found = customer_list.page(view, me.actor, wanted, order=asked.order, after=after, limit=limit)
        rows = [as_row(one) for one in read_profiles.those(view, found.ids)]
        return {"seq": view.head(), "rows": rows, "next": found.next, "count": found.count}

    return as_json(await here.desk.read(query))
