"""Being signed in: sessions, and links that let somebody in once."""

from sqlalchemy import bindparam, select, update

from frontdesk.base.access import require
from frontdesk.base.clock import DAY, HOUR, MINUTE
from frontdesk.base.db import Reading, Tx
from frontdesk.base.errors import Missing
from frontdesk.base.ids import digest, is_token, new_id
from frontdesk.base.sql import Prepared
from frontdesk.base.text import one_line
from frontdesk.people.access import may_manage
from frontdesk.people.events import SessionEnded
from frontdesk.people.model import Actor, Invitation, Role
from frontdesk.people.tables import agent, entrance, session

IDLE_FOR = 30 * DAY
INVITATION_FOR = 72 * HOUR
LINK_FOR = HOUR
SEEN_EVERY = MINUTE

S, E = session.c, entrance.c
_INSERT = Prepared(session.insert())
_SEEN = Prepared(update(session).where(S.digest == bindparam("token")).values(seen_at=bindparam("now")))
_END_ALL = Prepared(session.delete().where(S.agent_id == bindparam("agent")))
_END_TOKEN = Prepared(session.delete().where(S.digest == bindparam("token")))
_FIND_OWN = Prepared(select(S.digest).where(S.id == bindparam("one"), S.agent_id == bindparam("agent")))
_OTHERS = Prepared(select(S.digest).where(S.agent_id == bindparam("agent"), S.digest != bindparam("keep")))
_STALE = Prepared(session.delete().where(S.seen_at < bindparam("before")))
_OPEN = Prepared(entrance.insert())
_USE = Prepared(
    entrance.delete()
    .where(E.digest == bindparam("token"), E.kind == bindparam("kind"), E.expires_at > bindparam("now"))
    .returning(E.agent_id, E.email, E.role)
)
_LOOK = Prepared(
    select(E.email, E.role).where(
        E.digest == bindparam("token"), E.kind == "invitation", E.expires_at > bindparam("now")
    )
)
_WITHDRAW = Prepared(entrance.delete().where(E.id == bindparam("one"), E.kind == "invitation"))
_EXPIRED = Prepared(entrance.delete().where(E.expires_at < bindparam("now")))
_AT_WORK = Prepared(select(agent.c.id).where(agent.c.id == bindparam("agent"), agent.c.disabled_at.is_(None)))


def begin(tx: Tx, agent_id: str, token: str, *, address: str, device: str) -> None:
    """The agent is signed in with this token from now on."""
    tx.run(
        _INSERT,
        id=new_id(),
        digest=digest(token),
        agent_id=agent_id,
        at=tx.now,
        seen_at=tx.now,
        address=one_line(address, 60),
        device=one_line(device, 200),
    )


def seen(tx: Tx, token: str) -> None:
    tx.run(_SEEN, token=token, now=tx.now)


def end(tx: Tx, agent_id: str, token: str) -> None:
    """`token` is a digest."""
    tx.run(_END_TOKEN, token=token)
    tx.emit(SessionEnded(agent_id, token))


def end_own(tx: Tx, actor: Actor, session_id: str) -> dict[str, object]:
    token = tx.value(_FIND_OWN, one=session_id, agent=actor.id)
    if token is None:
        raise Missing("There is no such session.")
    end(tx, actor.id, token)
    return {}


def end_others(tx: Tx, agent_id: str, keep: str) -> None:
    for (token,) in tx.all(_OTHERS, agent=agent_id, keep=keep):
        end(tx, agent_id, token)


def end_all(tx: Tx, agent_id: str) -> None:
    tx.run(_END_ALL, agent=agent_id)
    tx.emit(SessionEnded(agent_id, None))


def invite(tx: Tx, actor: Actor, id: str, token: str, *, email: str, role: Role) -> dict[str, Invitation]:
    """An invitation that works once within three days. The token itself is kept nowhere."""
    require(may_manage(actor))
    one = Invitation(id, email, role, tx.now + INVITATION_FOR, actor.id or None)
    _open(tx, id, token, "invitation", None, email, role, actor.id, one.expires_at)
    return {"invitation": one}


def sign_in_link(tx: Tx, agent_id: str, token: str) -> None:
    """A link that signs an agent in, once, within the hour; made by the command line alone."""
    _open(tx, new_id(), token, "sign-in", agent_id, None, None, None, tx.now + LINK_FOR)


def _open(
    tx: Tx,
    id: str,
    token: str,
    kind: str,
    agent_id: str | None,
    email: str | None,
    role: str | None,
    by: str | None,
    until: int,
) -> None:
    tx.run(
        _OPEN,
        id=id,
        digest=digest(token),
        kind=kind,
        agent_id=agent_id,
        email=email,
        role=role,
        invited_by=by,
        expires_at=until,
    )


def withdraw(tx: Tx, actor: Actor, invitation_id: str) -> dict[str, object]:
    require(may_manage(actor))
    if tx.run(_WITHDRAW, one=invitation_id) == 0:
        raise Missing("There is no such invitation.")
    return {}


def look(view: Reading, token: str) -> tuple[str, Role]:
    """Address and role of an invitation. Raises Missing when it was used, withdrawn or has expired."""
    row = view.first(_LOOK, token=digest(token), now=view.now) if is_token(token) else None
    if row is None:
        raise Missing("This invitation is not valid any more. Ask for a new one.")
    return row[0], row[1]


def use_invitation(tx: Tx, token: str) -> tuple[str, Role]:
    row = tx.first(_USE, token=digest(token), kind="invitation", now=tx.now) if is_token(token) else None
    if row is None:
        raise Missing("This invitation is not valid any more. Ask for a new one.")
    return row[1], row[2]


def use_link(tx: Tx, token: str) -> str:
    """The agent's id."""
    row = tx.first(_USE, token=digest(token), kind="sign-in", now=tx.now) if is_token(token) else None
    if row is None or tx.value(_AT_WORK, agent=row[0]) is None:
        raise Missing("This link was used already or has expired. Sign in with your password.")
    agent_id: str = row[0]
    return agent_id


def sweep(tx: Tx) -> None:
    """Forget what has expired."""
    tx.run(_STALE, before=tx.now - IDLE_FOR)
    tx.run(_EXPIRED, now=tx.now)
