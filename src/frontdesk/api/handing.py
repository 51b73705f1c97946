"""Handing a conversation over."""

from fastapi import Response

from frontdesk.api.answers import ConversationAnswer, done
from frontdesk.api.door import AsAgent, Here
from frontdesk.base.body import Body, Command, Id
from frontdesk.base.db import Tx
from frontdesk.base.routes import Routes
from frontdesk.notify import notices, rules
from frontdesk.notify.model import Telling
from frontdesk.people import teams
from frontdesk.people.model import Actor
from frontdesk.talk import handing
from frontdesk.talk.model import Conversation

router = Routes(prefix="/api", tags=["handing"])


class ToAgent(Body):
    agent_id: Id


class ToTeam(Body):
    team_id: Id


class HandOver(Command):
    to: ToAgent | ToTeam | None


@router.post("/conversations/{conversation_id}/handover", response_model=ConversationAnswer)
async def hand_over(conversation_id: Id, body: HandOver, here: Here, me: AsAgent) -> Response:
    to = {} if body.to is None else body.to.model_dump()
    result = await here.desk.command(
        me.actor.key, body.client_id, _hand_over, me.actor, conversation_id=conversation_id, to=to
    )
    return done(result)


def _hand_over(tx: Tx, actor: Actor, *, conversation_id: str, to: dict[str, str]) -> dict[str, Conversation]:
    handed = handing.hand_over(tx, actor, conversation_id, handing.To(**to))
    if handed.happening is not None:
        members = teams.at_work(tx, to["team_id"]) if "team_id" in to else ()
        about = f"{conversation_id}-{handed.happening.position}"
        told = rules.of_handing(actor.id, handed.conversation.owner_id, members)
        notices.tell(tx, told, Telling(conversation_id, about, actor.id, None, _last(handed.conversation)))
    return {"conversation": handed.conversation}


def _last(one: Conversation) -> str:
    return "" if one.last is None else one.last.text
