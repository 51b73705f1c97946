"""Teams: who is in them, and which team's queue a new conversation waits in."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import bindparam, select, update

from frontdesk.base.access import require
from frontdesk.base.db import Reading, Tx
from frontdesk.base.errors import Invalid, Missing
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared, upsert
from frontdesk.base.text import one_line, words
from frontdesk.people.access import may_manage
from frontdesk.people.events import TeamSaved, WaysChanged
from frontdesk.people.model import CHANNELS, Actor, Team, Way, coloured
from frontdesk.people.tables import agent, membership, team, way

T, M, W = team.c, membership.c, way.c
MOST_WAYS = 200
_LONGEST_START = 500

_ALL = Prepared(select(T.id, T.name, T.colour, T.retired_at).order_by(T.id))
_ONE = Prepared(select(T.id, T.name, T.colour, T.retired_at).where(T.id == bindparam("one")))
_MEMBERS = Prepared(select(M.team_id, M.agent_id).order_by(M.agent_id))
_MEMBERS_OF = Prepared(select(M.agent_id).where(M.team_id == bindparam("one")).order_by(M.agent_id))
_AT_WORK = Prepared(
    select(M.agent_id)
    .join(agent, agent.c.id == M.agent_id)
    .where(M.team_id == bindparam("one"), agent.c.disabled_at.is_(None))
)
_AGENTS = Prepared(select(agent.c.id))
_SAVE = upsert(team, ["id"], ["name", "colour"])
_LEAVE = Prepared(membership.delete().where(M.team_id == bindparam("one")))
_JOIN = Prepared(membership.insert())
_RETIRE = Prepared(
    update(team).where(T.id == bindparam("one"), T.retired_at.is_(None)).values(retired_at=bindparam("when"))
)
_WAYS = Prepared(select(W.id, W.channel, W.start, W.team_id).order_by(W.channel, W.start))
_WAYS_OF = Prepared(select(W.start, W.team_id).where(W.channel == bindparam("by")))
_NO_WAYS = Prepared(way.delete())
_NO_WAYS_TO = Prepared(way.delete().where(W.team_id == bindparam("one")))
_LEAD = Prepared(way.insert())


def everyone(view: Reading) -> list[Team]:
    """All teams, the retired too: old lines carry their names."""
    members = defaultdict[str, list[str]](list)
    for team_id, agent_id in view.all(_MEMBERS):
        members[team_id].append(agent_id)
    return [_team(row, members[row[0]]) for row in view.all(_ALL)]


def get(view: Reading, team_id: str) -> Team:
    row = view.first(_ONE, one=team_id)
    if row is None:
        raise Missing("There is no such team.")
    return _team(row, [agent_id for (agent_id,) in view.all(_MEMBERS_OF, one=team_id)])


def _team(row: tuple[Any, ...], members: Iterable[str]) -> Team:
    return Team(*(*row[:3], tuple(members), row[3] is not None))


def is_retired(view: Reading, team_id: str) -> bool:
    """Whether nothing can wait in its queue; also of a team that never was."""
    row = view.first(_ONE, one=team_id)
    return row is None or row[3] is not None


def at_work(view: Reading, team_id: str) -> list[str]:
    """Ids of the members who are not disabled; none of a retired team."""
    if is_retired(view, team_id):
        return []
    return [agent_id for (agent_id,) in view.all(_AT_WORK, one=team_id)]


def add(tx: Tx, actor: Actor, *, name: str, colour: str, members: list[str]) -> dict[str, Team]:
    return _save(tx, actor, new_id(), name, colour, members)


def change(
    tx: Tx, actor: Actor, *, team_id: str, name: str, colour: str, members: list[str]
) -> dict[str, Team]:
    require(may_manage(actor))
    if get(tx, team_id).retired:
        raise Invalid("The team is retired.")
    return _save(tx, actor, team_id, name, colour, members)


def _save(tx: Tx, actor: Actor, id: str, name: str, colour: str, members: list[str]) -> dict[str, Team]:
    require(may_manage(actor))
    kept = words(name, "name", 40, "The name")
    worn = coloured(colour)
    joining = _known(tx, members)
    tx.run(_SAVE, id=id, name=kept, colour=worn, created_at=tx.now, retired_at=None)
    tx.run(_LEAVE, one=id)
    for agent_id in joining:
        tx.run(_JOIN, team_id=id, agent_id=agent_id)
    return _saved(tx, id)


def _known(tx: Tx, members: list[str]) -> list[str]:
    there = {id for (id,) in tx.all(_AGENTS)}
    if not there.issuperset(members):
        raise Invalid("There is no such agent.", fields={"members": "Not an agent"})
    return sorted(set(members))


def _saved(tx: Tx, team_id: str) -> dict[str, Team]:
    after = get(tx, team_id)
    tx.emit(TeamSaved(after))
    return {"team": after}


def retire(tx: Tx, actor: Actor, *, team_id: str) -> dict[str, Team]:
    """Nothing waits in its queue any more, and no way leads there; what waited is moved later."""
    require(may_manage(actor))
    before = get(tx, team_id)
    if tx.run(_RETIRE, one=team_id, when=tx.now) == 0:
        return {"team": before}
    if tx.run(_NO_WAYS_TO, one=team_id):
        tx.emit(WaysChanged())
    return _saved(tx, team_id)


def ways(view: Reading) -> list[Way]:
    return [Way(*row) for row in view.all(_WAYS)]


def lay_ways(tx: Tx, actor: Actor, *, ways: list[dict[str, str]]) -> dict[str, list[Way]]:
    """These, in place of all that were. Each has `channel`, `start`, `team_id`. Raises Invalid."""
    require(may_manage(actor))
    laid = [_way(tx, one) for one in ways]
    if len(laid) > MOST_WAYS:
        raise Invalid(f"At most {MOST_WAYS} ways.", fields={"ways": "Too many"})
    if len({(one.channel, one.start) for one in laid}) < len(laid):
        raise Invalid("An address leads to one team only.", fields={"ways": "The same address twice"})
    tx.run(_NO_WAYS)
    for one in laid:
        tx.run(_LEAD, id=one.id, channel=one.channel, start=one.start, team_id=one.team_id)
    tx.emit(WaysChanged())
    return {"ways": sorted(laid, key=lambda one: (one.channel, one.start))}


def _way(tx: Tx, given: dict[str, str]) -> Way:
    team_id, channel = given["team_id"], next((x for x in CHANNELS if x == given["channel"]), None)
    if channel is None:
        raise Invalid("There is no such channel.", fields={"ways": "No such channel"})
    if is_retired(tx, team_id):
        raise Invalid("There is no such team.", fields={"ways": "No such team"})
    start = one_line(given["start"], _LONGEST_START)
    kept = _address(start) if channel == "widget" else start
    if not kept:
        raise Invalid("This is not an address.", fields={"ways": "Begins with https://"})
    return Way(new_id(), channel, kept, team_id)


def _address(start: str) -> str:
    """As page visits write addresses, so that one can begin with the other; empty when it is none."""
    try:
        parts = urlsplit(start)
        host, port = parts.hostname or "", f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}{port}{parts.path or '/'}"


def has_ways(view: Reading, channel: str) -> bool:
    return view.first(_WAYS_OF, by=channel) is not None


def way_for(view: Reading, channel: str, address: str) -> str | None:
    """The team whose queue this address leads to: the longest start that it begins with."""
    address = (_address(address) if channel == "widget" else address) or address
    fitting = [row for row in view.all(_WAYS_OF, by=channel) if address.startswith(row[0])]
    return max(fitting, key=lambda row: len(row[0]))[1] if fitting else None
