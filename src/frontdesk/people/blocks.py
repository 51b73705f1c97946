"""Who may not write, and from where: until a day, or until somebody lifts it."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from sqlalchemy import bindparam, or_, select

from frontdesk.base.access import require
from frontdesk.base.db import Reading, Tx
from frontdesk.base.errors import Invalid, Missing, Refused
from frontdesk.base.ids import new_id
from frontdesk.base.sql import Prepared
from frontdesk.people.access import may_block
from frontdesk.people.customers import BRIEF, as_brief
from frontdesk.people.events import CustomerBlocked
from frontdesk.people.model import Actor, Block
from frontdesk.people.places import network_of
from frontdesk.people.tables import block as blocks
from frontdesk.people.tables import customer, identity

FOR_EVER = 0

B, C, I = blocks.c, customer.c, identity.c  # noqa: E741 - the tables' first letters
_HOLDS = or_(B.until.is_(None), B.until > bindparam("now"))
_ALL = Prepared(select(B.customer_id, B.network, B.until).where(_HOLDS))
_SHOWN = Prepared(
    select(*BRIEF, B.network, B.at, B.agent_id, B.until)
    .join(customer, C.id == B.customer_id)
    .where(_HOLDS)
    .order_by(B.at.desc(), B.id)
    .limit(bindparam("most", 500))
)
_UNTIL = Prepared(select(B.until).where(B.customer_id == bindparam("one"), _HOLDS))
# For others' queries, too; `now` is theirs to bind. Few are blocked: the channel's index would lead through
# every browser there ever was.
BROWSERS = (
    select(I.external_id)
    .join(blocks, B.customer_id == I.customer_id)
    .where(I.channel.concat("") == "browser", _HOLDS)
)
_BROWSERS = Prepared(BROWSERS)
_WHO = Prepared(select(C.id, C.address).where(C.id == bindparam("one"), C.merged_into.is_(None)))
_PUT = Prepared(blocks.insert())
_LIFT = Prepared(blocks.delete().where(B.customer_id == bindparam("one")))
_OVER = Prepared(blocks.delete().where(B.until <= bindparam("now")).returning(B.customer_id))


@dataclass(frozen=True, slots=True)
class Blocks:
    """Everybody who is blocked; held in memory by whoever asks all the time."""

    customers: Mapping[str, int | None]
    browsers: frozenset[str]
    networks: tuple[tuple[IPv4Network | IPv6Network, int | None], ...]

    def customer(self, id: str, now: int) -> bool:
        return id in self.customers and _holds(self.customers[id], now)

    def browser(self, id: str | None) -> bool:
        return id in self.browsers

    def address(self, address: str, now: int) -> bool:
        if not self.networks:
            return False
        try:
            found = ip_address(address)
        except ValueError:
            return False
        found = getattr(found, "ipv4_mapped", None) or found
        return any(found in one and _holds(until, now) for one, until in self.networks)


NOBODY = Blocks({}, frozenset(), ())


def _holds(until: int | None, now: int) -> bool:
    return until is None or until > now


def refused() -> Refused:
    return Refused("You cannot write to us here any more.", data={"reason": "blocked"})


def read(view: Reading) -> Blocks:
    rows = view.all(_ALL, now=view.now)
    browsers = frozenset(id for (id,) in view.all(_BROWSERS, now=view.now)) if rows else frozenset()
    networks = tuple((ip_network(net), until) for _, net, until in rows if net is not None)
    return Blocks({id: until for id, _, until in rows if id}, browsers, networks)


def shown(view: Reading) -> list[Block]:
    """Newest first."""
    rows = view.all(_SHOWN, now=view.now, most=500)
    return [Block(as_brief(row[:5]), row[5], row[6], row[7], row[8] or FOR_EVER) for row in rows]


def until(view: Reading, customer_id: str) -> int | None:
    """None: not blocked. FOR_EVER: until it is lifted."""
    row = view.first(_UNTIL, one=customer_id, now=view.now)
    return None if row is None else row[0] or FOR_EVER


def block(tx: Tx, actor: Actor, *, customer_id: str, until: int | None, network: bool) -> dict[str, int]:
    """`until` None: until it is lifted. With `network`, nobody who comes from theirs may write. Raises
    Missing, and Invalid for an end that is over, or where no address is known.
    """
    require(may_block(actor))
    row = tx.first(_WHO, one=customer_id)
    if row is None:
        raise Missing("There is no such customer.")
    if until is not None and until <= tx.now:
        raise Invalid("This moment is over.", fields={"until": "Later than now"})
    of = network_of(row[1]) if network and row[1] else None
    if network and of is None:
        raise Invalid("No address of this visitor is kept.", fields={"network": "Not known"})
    tx.run(_LIFT, one=customer_id)
    tx.run(_PUT, id=new_id(), customer_id=customer_id, network=of, at=tx.now, agent_id=actor.id, until=until)
    tx.emit(CustomerBlocked(customer_id, until or FOR_EVER, True))
    return {"blocked_until": until or FOR_EVER}


def unblock(tx: Tx, actor: Actor, *, customer_id: str) -> dict[str, None]:
    require(may_block(actor))
    if tx.first(_WHO, one=customer_id) is None:
        raise Missing("There is no such customer.")
    if tx.run(_LIFT, one=customer_id):
        tx.emit(CustomerBlocked(customer_id, None, False))
    return {"blocked_until": None}


def sweep(tx: Tx) -> None:
    """What has ended is over for everybody who looks."""
    for (customer_id,) in tx.all(_OVER, now=tx.now):
        if customer_id is not None:
            tx.emit(CustomerBlocked(customer_id, None, False))
