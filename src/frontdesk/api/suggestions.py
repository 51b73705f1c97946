"""Suggestions under a conversation, and what the agents make of them."""

from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import Field

from frontdesk.api.answers import Nothing, ProposalAnswer, as_json, done
from frontdesk.api.door import AsAgent, Here
from frontdesk.base.body import Command, Id
from frontdesk.base.db import Reading
from frontdesk.suggest import feedback, read

router = APIRouter(prefix="/api", tags=["suggestions"])

SomeId = Annotated[str, Path(pattern=r"^[0-9a-z]{26}$")]


class SawSuggestions(Command):
    ids: Annotated[list[Id], Field(min_length=1, max_length=10)]


@router.get("/conversations/{conversation_id}/suggestions", response_model=ProposalAnswer)
async def suggestions(conversation_id: SomeId, here: Here, me: AsAgent) -> Response:
    """What lies under the conversation. A question that no engine has read yet is read now."""

    def query(view: Reading) -> dict[str, object]:
        return {"seq": view.head(), "proposal": read.proposal(view, me.actor, conversation_id)}

    found = await here.desk.read(query)
    here.proposer.want(conversation_id)
    return as_json(found)


@router.post("/conversations/{conversation_id}/suggestions/seen", response_model=Nothing)
async def seen(conversation_id: SomeId, body: SawSuggestions, here: Here, me: AsAgent) -> Response:
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
async def reject(suggestion_id: SomeId, body: Command, here: Here, me: AsAgent) -> Response:
    return done(
        await here.desk.command(
            me.actor.key, body.client_id, feedback.reject, me.actor, suggestion_id=suggestion_id
        )
    )
