"""Suggestions under a conversation, and what the agents make of them."""

from typing import Annotated, get_args

from fastapi import Response
from pydantic import Field

from frontdesk.api.answers import Nothing, ProposalAnswer, TriedAnswer, UnansweredAnswer, as_json, done
from frontdesk.api.door import AsAgent, Here
from frontdesk.base.body import Body, Command, Id
from frontdesk.base.db import Reading
from frontdesk.base.routes import Routes
from frontdesk.suggest import feedback, read
from frontdesk.suggest.model import Tried, Verdict

router = Routes(prefix="/api", tags=["suggestions"])


class Try(Body):
    question: Annotated[str, Field(min_length=1, max_length=2_000)]


class SawSuggestions(Command):
    ids: Annotated[list[Id], Field(min_length=1, max_length=10)]


@router.get("/conversations/{conversation_id}/suggestions", response_model=ProposalAnswer)
async def suggestions(conversation_id: Id, here: Here, me: AsAgent) -> Response:
    """What lies under the conversation. A question that no engine has read yet is read now."""

    def query(view: Reading) -> dict[str, object]:
        return {"seq": view.head(), "proposal": read.proposal(view, me.actor, conversation_id)}

    found = await here.desk.read(query)
    here.proposer.want(conversation_id)
    return as_json(found)


@router.post("/conversations/{conversation_id}/suggestions/seen", response_model=Nothing)
async def seen(conversation_id: Id, body: SawSuggestions, here: Here, me: AsAgent) -> Response:
    return done(
        await here.desk.command(
            me.actor.key,
            body.client_id,
            feedback.seen,
            me.actor,
            conversation_id=conversation_id,
            ids=body.ids,
        )
    )


@router.post("/suggestions/{suggestion_id}/reject", response_model=Nothing)
async def reject(suggestion_id: Id, body: Command, here: Here, me: AsAgent) -> Response:
    return done(
        await here.desk.command(
            me.actor.key, body.client_id, feedback.reject, me.actor, suggestion_id=suggestion_id
        )
    )


@router.post("/knowledge/try", response_model=TriedAnswer)
async def try_out(body: Try, here: Here, me: AsAgent) -> Response:
    """What a question would bring up, also below the bar. Nothing is kept of it."""
    found, bar = await here.proposer.ask(body.question)
    ids = [one.suggestion.passage_id for one in found if one.suggestion.passage_id]
    verdicts = await here.desk.read(read.verdicts, me.actor, ids)
    return as_json({"bar": bar, "found": [_found(one, verdicts) for one in found]})


def _found(one: Tried, verdicts: dict[str, dict[Verdict, int]]) -> dict[str, object]:
    known = verdicts.get(one.suggestion.passage_id or "", {})
    counts = {verdict: known.get(verdict, 0) for verdict in get_args(Verdict)}
    shown = {"suggestion": one.suggestion, "is_shown": one.is_shown, "words": one.words}
    return {**shown, "meaning": one.meaning, **counts}


@router.get("/knowledge/unanswered", response_model=UnansweredAnswer)
async def unanswered(here: Here, me: AsAgent) -> Response:
    return as_json({"questions": await here.desk.read(read.unanswered, me.actor)})
