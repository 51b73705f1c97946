"""Search: one question over everything that an agent may read."""

from typing import Annotated

from fastapi import Query, Response

from frontdesk.api.answers import SearchAnswer, as_json
from frontdesk.api.door import AsAgent, Here
from frontdesk.base.body import Id
from frontdesk.base.db import Reading
from frontdesk.base.routes import Routes
from frontdesk.search import past, read
from frontdesk.search.model import FOREVER, MOST, By, Narrowed, State
from frontdesk.search.naming import names
from frontdesk.search.query import parsed

router = Routes(prefix="/api", tags=["search"])

Moment = Annotated[int | None, Query(ge=0, le=FOREVER)]


@router.get("/search", response_model=SearchAnswer)
async def search(
    here: Here,
    me: AsAgent,
    q: Annotated[str, Query(max_length=20_000)] = "",
    label: Id | None = None,
    agent: Id | None = None,
    team: Id | None = None,
    channel: Annotated[str | None, Query(max_length=40)] = None,
    state: State | None = None,
    since: Moment = None,
    until: Moment = None,
    by: By | None = None,
    file: bool = False,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 20,
    offset: Annotated[int, Query(ge=-1000, le=1000)] = 0,
) -> Response:
    """`q` may hold filters itself; `offset` is the asker's clock in minutes, for the days named there."""
    chosen = Narrowed(label, agent, team, channel, state, since, until, by, file)

    def query(view: Reading) -> dict[str, object]:
        asked = parsed(q, names(view, me.actor, offset), chosen)
        found = read.search(view, me.actor, asked, limit)
        return {
            "seq": view.head(),
            "groups": found.groups,
            "counts": found.counts,
            "labels": found.labels,
            "unknown": found.unknown,
            "filling": past.is_left(view),
        }

    return as_json(await here.desk.read(query))
