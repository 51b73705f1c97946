"""What a visitor does: writes, uploads, sees, proves who they are. Known by the hash of a token."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import jwt

from frontdesk.base import commands
from frontdesk.base.clock import HOUR, SECOND
from frontdesk.base.db import Reading, Tx
from frontdesk.base.errors import Refused
from frontdesk.base.files import Stored
from frontdesk.base.text import plain
from frontdesk.people import blocks, company, customers, profiles, teams
from frontdesk.people import read as people_read
from frontdesk.people.blocks import Blocks
from frontdesk.people.customers import Proof
from frontdesk.people.model import UNSEEN, Actor, AgentBrief, CustomerBrief, Sight
from frontdesk.presence import invites, visits
from frontdesk.presence.invites import Invite
from frontdesk.talk import attachments, conversations, joining, messages
from frontdesk.talk import read as talk_read
from frontdesk.talk.access import shown_to_customer
from frontdesk.talk.model import Conversation, File

CHANNEL = "widget"
AUDIENCE = "frontdesk"
_LONGEST_VOUCHER = HOUR
_LONGEST_CLAIM = 1_000
_MOST_FIELDS = 100
_FIELDS = tuple(Conversation.__dataclass_fields__)
_values = attrgetter(*_FIELDS)


@dataclass(frozen=True, slots=True)
class Came:
    """How somebody came who writes now. `page`: the one they are on, where it is not written down yet."""

    browser: str | None = None
    sight: Sight = UNSEEN
    page: str | None = None
    blocks: Blocks = blocks.NOBODY


def actor_of(view: Reading, digest: str) -> Actor:
    """Raises Unknown."""
    return Actor("customer", customers.get_known(view, digest).id)


def entered(view: Reading, digest: str) -> tuple[Actor, dict[str, str] | None]:
    """For a socket: the customer, or nobody yet; and the page they are looking at."""
    one = customers.known(view, digest)
    if one is None:
        return Actor("nobody"), None
    return Actor("customer", one.id), visits.current_page(view, one.id)


def write(
    tx: Tx,
    digest: str,
    client_id: str,
    came: Came,
    *,
    conversation_id: str | None,
    start: str | None,
    text: str,
    files: list[str],
) -> dict[str, Any]:
    customer = customers.recognised(tx, digest, browser=came.browser, sight=came.sight)
    if came.blocks.customer(customer.id, tx.now) or came.blocks.browser(came.browser):
        raise blocks.refused()
    if conversation_id is None:
        _open_with_invite(tx, customer, came.browser, start)
    said = messages.receive(
        tx,
        customer,
        client_id,
        channel=CHANNEL,
        conversation_id=conversation_id,
        start=start,
        text=text,
        files=files,
        team_id=_queue(tx, customer.id, came.page) if conversation_id is None else None,
    )
    profiles.claim(tx, customer.id, said.message.text)
    owner = people_read.find_brief(tx, said.conversation.owner_id)
    return {"message": said.message, "conversation": shown(said.conversation, owner)}


def _open_with_invite(tx: Tx, customer: CustomerBrief, browser: str | None, start: str | None) -> None:
    """An agent spoke first, and this is the answer: their conversation begins with what they said."""
    if start is None or talk_read.find_started_as(tx, customer.id, start) is not None:
        return
    one = invites.take(tx, browser)
    if one is not None and people_read.is_at_work(tx, one.agent_id):
        messages.speak_first(tx, one.agent_id, customer, channel=CHANNEL, start=start, text=one.text)


def _queue(tx: Tx, customer_id: str, page: str | None) -> str | None:
    """The team for who begins on the page that the visitor has before them."""
    if not teams.has_ways(tx, CHANNEL):
        return None
    known = None if page else visits.current_page(tx, customer_id)
    page = known["url"] if known else page
    return None if page is None else teams.way_for(tx, CHANNEL, page)


def key(digest: str) -> str:
    """The visitor as the sender of commands."""
    return f"visitor:{digest}"


def shown(one: Conversation, agents: dict[str, AgentBrief]) -> dict[str, Any]:
    return shown_to_customer(dict(zip(_FIELDS, _values(one), strict=True)), agents)


def add_file(
    tx: Tx, digest: str, blocked: Blocks, stored: Stored, *, name: str, size: int
) -> dict[str, File]:
    customer = customers.recognised(tx, digest)
    if blocked.customer(customer.id, tx.now):
        raise blocks.refused()
    return attachments.add(tx, Actor("customer", customer.id), stored, name=name, size=size)


def see(tx: Tx, digest: str, *, conversation_id: str, position: int) -> dict[str, object]:
    return conversations.seen_by_customer(tx, actor_of(tx, digest), conversation_id, position)


def file(view: Reading, digest: str, file_id: str) -> File:
    return attachments.get(view, actor_of(view, digest), file_id)


def timeline(
    view: Reading, digest: str, conversation_id: str, before: int | None, after: int | None, limit: int
) -> dict[str, Any]:
    actor = actor_of(view, digest)
    items, more = talk_read.timeline(view, actor, conversation_id, before=before, after=after, limit=limit)
    return {"seq": view.head(), "items": items, "more": more}


def greeting(view: Reading, digest: str | None, browser: str | None) -> tuple[dict[str, Any], bool]:
    """Everything the chat shows when it opens; and whether an agent has spoken first, who greets then."""
    one = customers.known(view, digest) if digest else None
    everyone = people_read.agents(view)
    agents = people_read.briefs(everyone)
    own = talk_read.of_customer(view, Actor("customer", one.id)) if one else []
    house = company.get(view)
    invite = _invite(view, browser, own)
    owners = {conversation.owner_id for conversation in own}
    greeters = [x for x in everyone if not x.disabled or x.id in owners]
    if invite is not None:
        greeters = [x for x in greeters if x.id in owners | {invite.agent_id}]
    answer = {
        "seq": view.head(),
        "company": {
            "name": house.name,
            "colour": house.colour,
            "greeting": invite.text if invite else house.greeting,
        },
        "agents": [agents[x.id] for x in greeters],
        "answers_in": talk_read.answers_in(view),
        "customer": None if one is None else themselves(one),
        "conversations": [shown(conversation, agents) for conversation in own],
    }
    return answer, invite is not None


def _invite(view: Reading, browser: str | None, own: list[Conversation]) -> Invite | None:
    """Whoever is in a conversation is greeted as ever."""
    one = invites.find(view, browser)
    if one is None or any(not other.closed for other in own):
        return None
    return one if people_read.is_at_work(view, one.agent_id) else None


def themselves(one: CustomerBrief) -> dict[str, Any]:
    """What a visitor hears of themselves: not what the team calls somebody without a name."""
    return {"id": one.id, "name": one.called if one.named else None}


def proof(keys: list[str], token: str) -> Proof:
    """What the site signed: HS256, `aud` "frontdesk", `sub`, and an `exp` at most an hour ahead of `iat`.
    It may say more: `name`, `email`, `phone`, `company`, `title`, and `fields` by their names.
    Raises Refused, alike for everything that is wrong with it.
    """
    for key in keys:
        claims = _claims(key, token)
        if claims is not None:
            return _proof(claims)
    raise Refused("The website's word for this visitor is not valid.")


def _proof(claims: dict[str, Any]) -> Proof:
    """Beside the name, what else the site says of them. What is not text, or a number, is not taken."""
    usual = {name: _said(claims.get(name)) for name in ("email", "phone", "company", "title")}
    fields = claims.get("fields")
    own = list(fields.items())[:_MOST_FIELDS] if isinstance(fields, dict) else []
    return Proof(
        claims["sub"],
        _said(claims.get("name")) or None,
        {name: said for name, said in usual.items() if said},
        {str(name): said for name, value in own if (said := _said(value))},
    )


def _said(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)[:_LONGEST_CLAIM]


def _claims(key: str, token: str) -> dict[str, Any] | None:
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=["HS256"],
            audience=AUDIENCE,
            leeway=30,
            options={"require": ["exp", "iat", "sub", "aud"], "strict_aud": True},
        )
    except jwt.InvalidTokenError:
        return None
    subject, begins, ends = claims["sub"], claims["iat"], claims["exp"]
    if not (isinstance(begins, int | float) and isinstance(ends, int | float)):
        return None  # the library takes a text for a number
    fits = isinstance(subject, str) and 0 < len(subject.strip()) <= 200 and plain(subject) == subject
    return claims if fits and (ends - begins) * SECOND <= _LONGEST_VOUCHER else None


def identify(tx: Tx, old: str | None, new: str, voucher: str) -> dict[str, Any]:
    if old is not None:
        # What was sent with the old token and lost its answer will be sent again with the new one.
        commands.hand_over(tx, key(old), key(new))
    before = customers.known(tx, old) if old else None
    proven = customers.prove(tx, old, new, proof(company.identity_keys(tx), voucher))["customer"]
    return {"customer": themselves(joining.proven(tx, before, proven))}
