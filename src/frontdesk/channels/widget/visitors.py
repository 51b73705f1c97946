"""What a visitor does: writes, uploads, sees, proves who they are. Known by the hash of a token."""

from operator import attrgetter
from typing import Any

import jwt

from frontdesk.base import commands
from frontdesk.base.clock import HOUR, SECOND
from frontdesk.base.db import Reading, Tx
from frontdesk.base.errors import Refused
from frontdesk.base.files import Stored
from frontdesk.base.text import plain
from frontdesk.people import company, customers, teams
from frontdesk.people import read as people_read
from frontdesk.people.customers import Proof
from frontdesk.people.model import Actor, AgentBrief, CustomerBrief
from frontdesk.presence import visits
from frontdesk.talk import attachments, conversations, messages
from frontdesk.talk import read as talk_read
from frontdesk.talk.access import shown_to_customer
from frontdesk.talk.model import Conversation, File

CHANNEL = "widget"
AUDIENCE = "frontdesk"
_LONGEST_VOUCHER = HOUR
_FIELDS = tuple(Conversation.__dataclass_fields__)
_values = attrgetter(*_FIELDS)


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
    browser: str | None,
    language: str | None,
    *,
    conversation_id: str | None,
    start: str | None,
    text: str,
    files: list[str],
) -> dict[str, Any]:
    customer = customers.recognised(tx, digest, browser=browser, language=language)
    said = messages.receive(
        tx,
        customer,
        client_id,
        channel=CHANNEL,
        conversation_id=conversation_id,
        start=start,
        text=text,
        files=files,
        team_id=_queue(tx, customer.id) if conversation_id is None else None,
    )
    owner = people_read.find_brief(tx, said.conversation.owner_id)
    return {"message": said.message, "conversation": shown(said.conversation, owner)}


def _queue(tx: Tx, customer_id: str) -> str | None:
    """The team for who begins on the page that the visitor has before them."""
    if not teams.has_ways(tx, CHANNEL):
        return None
    page = visits.current_page(tx, customer_id)
    return None if page is None else teams.way_for(tx, CHANNEL, page["url"])


def key(digest: str) -> str:
    """The visitor as the sender of commands."""
    return f"visitor:{digest}"


def shown(one: Conversation, agents: dict[str, AgentBrief]) -> dict[str, Any]:
    return shown_to_customer(dict(zip(_FIELDS, _values(one), strict=True)), agents)


def add_file(tx: Tx, digest: str, stored: Stored, *, name: str, size: int) -> dict[str, File]:
    customer = customers.recognised(tx, digest)
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


def greeting(view: Reading, digest: str | None) -> dict[str, Any]:
    """Everything the chat shows when it opens."""
    one = customers.known(view, digest) if digest else None
    everyone = people_read.agents(view)
    agents = people_read.briefs(everyone)
    own = talk_read.of_customer(view, Actor("customer", one.id)) if one else []
    house = company.get(view)
    owners = {conversation.owner_id for conversation in own}
    return {
        "seq": view.head(),
        "company": {"name": house.name, "colour": house.colour, "greeting": house.greeting},
        "agents": [agents[x.id] for x in everyone if not x.disabled or x.id in owners],
        "answers_in": talk_read.answers_in(view),
        "customer": None if one is None else themselves(one),
        "conversations": [shown(conversation, agents) for conversation in own],
    }


def themselves(one: CustomerBrief) -> dict[str, Any]:
    """What a visitor hears of themselves: not what the team calls somebody without a name."""
    return {"id": one.id, "name": one.called if one.named else None}


def proof(keys: list[str], token: str) -> Proof:
    """What the site signed: HS256, `aud` "frontdesk", `sub`, and an `exp` at most an hour ahead of `iat`.
    Raises Refused, alike for everything that is wrong with it.
    """
    for key in keys:
        claims = _claims(key, token)
        if claims is not None:
            name = claims.get("name")
            return Proof(claims["sub"], name if isinstance(name, str) else None)
    raise Refused("The website's word for this visitor is not valid.")


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
    proven = customers.prove(tx, old, new, proof(company.identity_keys(tx), voucher))["customer"]
    return {"customer": themselves(proven)}
