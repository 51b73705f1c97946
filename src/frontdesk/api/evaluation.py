"""How good the suggestions are, and where the bar lies."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import Field

from frontdesk.api.answers import Nothing, as_json, done
from frontdesk.api.door import AsAdmin, AsAgent, Here
from frontdesk.base.body import Command
from frontdesk.base.db import Reading
from frontdesk.base.routes import Routes
from frontdesk.suggest import report
from frontdesk.suggest.model import Evaluation

router = Routes(prefix="/api/evaluation", tags=["evaluation"])


class MoveBar(Command):
    bar: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


@router.get("", response_model=Evaluation)
async def evaluation(here: Here, me: AsAgent, weeks: Annotated[int, Query(ge=0, le=520)] = 9) -> Response:
    """`weeks` 0: since the beginning."""
    engine = here.proposer.engine
    own = 1.0 if engine is None else here.proposer.threshold(engine)

    def query(view: Reading) -> Evaluation:
        by_week, by_source = report.became(view, me.actor, weeks)
        set_bar = report.bar(view)
        bar = own if set_bar is None else set_bar
        return Evaluation(report.is_running(view), bar, report.newest(view), by_week, by_source)

    return as_json(await here.desk.read(query))


@router.post("/run", response_model=Nothing)
async def run(body: Command, here: Here, me: AsAdmin) -> Response:
    return done(await here.desk.command(me.actor.key, body.client_id, report.ask_for, me.actor))


@router.post("/bar", response_model=Nothing)
async def move_bar(body: MoveBar, here: Here, me: AsAdmin) -> Response:
    return done(
        await here.desk.command(me.actor.key, body.client_id, report.move_bar, me.actor, bar=body.bar)
    )
