"""What edges ask of people."""

from collections.abc import Iterable

import orjson
from sqlalchemy import bindparam, select

from frontdesk.base.db import Reading
from frontdesk.base.db import Row as Record
from frontdesk.base.errors import Missing
from frontdesk.base.sql import Prepared
from frontdesk.base.text import one_line
from frontdesk.people.model import (
    Actor,
    Agent,
    AgentBrief,
    Invitation,
    Me,
    Orders,
    Preferences,
    Session,
)
from frontdesk.people.tables import agent, entrance, session

A, S, E = agent.c, session.c, entrance.c
AGENT = (A.id, A.name, A.role, A.picture, A.colour, A.disabled_at)
_ALL = Prepared(select(*AGENT).order_by(A.name, A.id))
_ONE = Prepared(select(*AGENT, A.email, A.preferences).where(A.id == bindparam("id")))
_AT_WORK = Prepared(select(A.id).where(A.id == bindparam("id"), A.disabled_at.is_(None)))
_SECRET = Prepared(select(A.id, A.password, A.disabled_at).where(A.email == bindparam("email")))
_OWN_SECRET = Prepared(select(A.password).where(A.id == bindparam("id")))
_BY_SESSION = Prepared(
    select(A.id, A.role, S.id, S.seen_at)
    .join(session, S.agent_id == A.id)
    .where(S.digest == bindparam("digest"), A.disabled_at.is_(None))
)
_SESSIONS = Prepared(
    select(S.id, S.at, S.seen_at, S.address, S.device, S.digest)
    .where(S.agent_id == bindparam("agent"))
    .order_by(S.seen_at.desc())
)
_INVITATIONS = Prepared(
    select(E.id, E.email, E.role, E.expires_at, E.invited_by)
    .where(E.kind == "invitation", E.expires_at > bindparam("now"))
    .order_by(E.expires_at.desc())
)


def as_agent(row: Record) -> Agent:
    """From AGENT, in its order."""
    return Agent(*(*row[:5], row[5] is not None))


def as_preferences(stored: str) -> Preferences:
    values = orjson.loads(stored)
    return Preferences(**{**values, "order": Orders(**values.get("order", {}))})


def agents(view: Reading) -> list[Agent]:
    """Everybody who is or was an agent: old messages carry their names."""
    return [as_agent(row) for row in view.all(_ALL)]


def briefs(all_agents: Iterable[Agent]) -> dict[str, AgentBrief]:
    """What visitors see of agents, by id."""
    return {one.id: AgentBrief(one.id, one.name, one.picture, one.colour) for one in all_agents}


def find_brief(view: Reading, agent_id: str | None) -> dict[str, AgentBrief]:
    """The one agent, by id, as a visitor sees them; nothing for nobody."""
    row = view.first(_ONE, id=agent_id) if agent_id else None
    return {} if row is None else briefs([as_agent(row[:6])])


def get_me(view: Reading, agent_id: str) -> Me:
    row = view.first(_ONE, id=agent_id)
    if row is None:
        raise Missing("There is no such agent.")
    return Me(*(*row[:5], row[5] is not None, row[6], as_preferences(row[7])))


def get_agent(view: Reading, agent_id: str) -> Agent:
    row = view.first(_ONE, id=agent_id)
    if row is None:
        raise Missing("There is no such agent.")
    return as_agent(row)


def is_at_work(view: Reading, agent_id: str) -> bool:
    """False also for somebody who never was an agent."""
    return view.first(_AT_WORK, id=agent_id) is not None


def find_secret(view: Reading, email: str) -> tuple[str | None, str | None]:
    """The id and the password's hash of who may sign in with this address; None, None for nobody."""
    row = view.first(_SECRET, email=one_line(email, 200).lower())
    return (None, None) if row is None or row[2] is not None else (row[0], row[1])


def own_secret(view: Reading, agent_id: str) -> str | None:
    stored: str | None = view.value(_OWN_SECRET, id=agent_id)
    return stored


def find_session(view: Reading, digest: str) -> tuple[Actor, str, int] | None:
    """The agent, the session's id and when it was last seen."""
    row = view.first(_BY_SESSION, digest=digest)
    return None if row is None else (Actor("agent", row[0], row[1]), row[2], row[3])


def sessions(view: Reading, agent_id: str, digest: str) -> list[Session]:
    return [Session(*(*row[:5], row[5] == digest)) for row in view.all(_SESSIONS, agent=agent_id)]


def invitations(view: Reading) -> list[Invitation]:
    return [Invitation(*row) for row in view.all(_INVITATIONS, now=view.now)]
