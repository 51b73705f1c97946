"""Agents: added, changed, disabled."""

import re
from typing import Any

import orjson
from sqlalchemy import bindparam, func, select, update

from frontdesk.base.access import require
from frontdesk.base.db import Tx
from frontdesk.base.errors import Conflict, Invalid
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared, insert_if_new
from frontdesk.base.text import one_line, words
from frontdesk.people import read, sessions
from frontdesk.people.access import may_disable, may_manage
from frontdesk.people.events import AgentAdded, AgentChanged, PreferencesChanged
from frontdesk.people.model import COLOURS, Actor, Agent, Me, Preferences, Role, merged
from frontdesk.people.tables import agent

_EMAIL = re.compile(r"[^@\s<>\"']{1,64}@[^@\s<>\"'.]+(\.[^@\s<>\"'.]+)+")

_INSERT = insert_if_new(agent)
_MANY = Prepared(select(func.count()).select_from(agent))
_ADMINS = Prepared(
    select(func.count()).select_from(agent).where(agent.c.role == "admin", agent.c.disabled_at.is_(None))
)
_DISABLE = Prepared(update(agent).where(agent.c.id == bindparam("one")).values(disabled_at=bindparam("when")))
_ROLE = Prepared(update(agent).where(agent.c.id == bindparam("one")).values(role=bindparam("new")))
_PASSWORD = Prepared(update(agent).where(agent.c.id == bindparam("one")).values(password=bindparam("new")))
_PICTURE = Prepared(update(agent).where(agent.c.id == bindparam("one")).values(picture=bindparam("new")))
_PROFILE = Prepared(
    update(agent)
    .where(agent.c.id == bindparam("one"))
    .values(name=bindparam("called"), preferences=bindparam("chosen"))
)


def address(email: str) -> str:
    """The address as it is kept: lower case. Raises Invalid."""
    kept = one_line(email, 200).lower()
    if not _EMAIL.fullmatch(kept):
        reason = "The part after the dot is missing" if "@" in kept else "The @ is missing"
        raise Invalid("This is not an e-mail address.", fields={"email": reason})
    return kept


def add(
    tx: Tx, *, email: str, name: str, role: Role, password: str | None, colour: str | None = None
) -> Agent:
    """A new agent. `password` is a hash. Raises Conflict when the address has one already."""
    one = Agent(
        new_id(), words(name, "name", 80, "The name"), role, None, colour or _next_colour(tx), disabled=False
    )
    added = tx.run(
        _INSERT,
        id=one.id,
        name=one.name,
        email=address(email),
        role=role,
        password=password,
        picture=None,
        colour=one.colour,
        preferences=orjson.dumps(Preferences()).decode(),
        created_at=tx.now,
        disabled_at=None,
    )
    if not added:
        raise Conflict("There is an agent with this e-mail already.", fields={"email": "Already an agent"})
    tx.emit(AgentAdded(one))
    return one


def _next_colour(tx: Tx) -> str:
    return COLOURS[tx.value(_MANY) % len(COLOURS)]


def disable(tx: Tx, actor: Actor, agent_id: str) -> dict[str, Agent]:
    """Ends everything of theirs: sessions, sockets, and so every right they had."""
    require(may_disable(actor, agent_id))
    _keep_an_admin(tx, read.get_agent(tx, agent_id))
    tx.run(_DISABLE, one=agent_id, when=tx.now)
    sessions.end_all(tx, agent_id)
    return _changed(tx, agent_id)


def enable(tx: Tx, actor: Actor, agent_id: str) -> dict[str, Agent]:
    require(may_manage(actor))
    read.get_agent(tx, agent_id)
    tx.run(_DISABLE, one=agent_id, when=None)
    return _changed(tx, agent_id)


def _keep_an_admin(tx: Tx, leaving: Agent) -> None:
    """Raises Conflict rather than leaving the desk to nobody: two may be asked at the same moment."""
    if leaving.role == "admin" and not leaving.disabled and tx.value(_ADMINS) <= 1:
        raise Conflict("The desk needs at least one admin.")


def give_role(tx: Tx, actor: Actor, agent_id: str, *, role: Role) -> dict[str, Agent]:
    require(may_manage(actor))
    before = read.get_agent(tx, agent_id)
    if role != "admin":
        _keep_an_admin(tx, before)
    tx.run(_ROLE, one=agent_id, new=role)
    return _changed(tx, agent_id)


def _changed(tx: Tx, agent_id: str) -> dict[str, Agent]:
    after = read.get_agent(tx, agent_id)
    tx.emit(AgentChanged(after))
    return {"agent": after}


def change_profile(
    tx: Tx, actor: Actor, *, name: str | None = None, preferences: dict[str, Any] | None = None
) -> dict[str, Me]:
    before = read.get_me(tx, actor.id)
    kept = words(name, "name", 80, "The name") if name is not None else before.name
    chosen = merged(before.preferences, preferences or {})
    tx.run(_PROFILE, one=actor.id, called=kept, chosen=orjson.dumps(chosen).decode())
    return _changed_me(tx, actor, team_too=kept != before.name)


def change_picture(tx: Tx, actor: Actor, picture: str | None, *, size: int) -> dict[str, Me]:
    """`size` is what a repeated command is known by; its picture lies at another address."""
    tx.run(_PICTURE, one=actor.id, new=picture)
    return _changed_me(tx, actor, team_too=True)


def _changed_me(tx: Tx, actor: Actor, *, team_too: bool) -> dict[str, Me]:
    me = read.get_me(tx, actor.id)
    tx.emit(PreferencesChanged(me))
    if team_too:
        _changed(tx, actor.id)
    return {"me": me}


def change_password(tx: Tx, actor: Actor, keep_session: str, password: str) -> dict[str, object]:
    """`password` is a hash. Every other session of the agent ends."""
    tx.run(_PASSWORD, one=actor.id, new=password)
    sessions.end_others(tx, actor.id, keep_session)
    return {}
