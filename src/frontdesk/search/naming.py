"""The names that a typed filter may use: folded, of who and what the asker may see."""

from sqlalchemy import bindparam, select

from frontdesk.base.db import Reading
from frontdesk.base.sql import Prepared
from frontdesk.people.model import Actor
from frontdesk.people.tables import agent, team
from frontdesk.search.query import Names
from frontdesk.search.terms import words
from frontdesk.talk.tables import label, own_label

_AGENTS = Prepared(select(agent.c.name, agent.c.id))
_TEAMS = Prepared(select(team.c.name, team.c.id).where(team.c.retired_at.is_(None)))
_LABELS = Prepared(select(label.c.name, label.c.id).where(label.c.retired_at.is_(None)))
_OWN_LABELS = Prepared(
    select(own_label.c.name, own_label.c.id).where(
        own_label.c.retired_at.is_(None), own_label.c.agent_id == bindparam("me")
    )
)


def names(view: Reading, actor: Actor, offset: int) -> Names:
    """Where the team and the asker have labels of one name, the asker's own is meant."""
    labels = [*view.all(_LABELS), *view.all(_OWN_LABELS, me=actor.id)]
    return Names(
        labels=_folded(labels),
        agents=_folded(view.all(_AGENTS)),
        teams=_folded(view.all(_TEAMS)),
        me=actor.id,
        offset=offset,
    )


def _folded(rows: list[tuple[str, ...]]) -> dict[str, str]:
    return {" ".join(words(name)): id for name, id in rows}
