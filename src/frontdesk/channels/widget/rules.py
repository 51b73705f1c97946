"""What every question of a visitor is held against, in memory, until the log says that it has changed."""

from collections.abc import Iterable
from dataclasses import dataclass

from frontdesk.base.db import Reading
from frontdesk.base.desk import Desk
from frontdesk.base.log import Fact
from frontdesk.people import blocks, company, retention
from frontdesk.people.blocks import Blocks
from frontdesk.people.model import AddressKept
from frontdesk.presence import invites

_OF_RULES = {"CompanyChanged", "RetentionChanged", "CustomerBlocked", "VisitorInvited", "InviteEnded"}


@dataclass(frozen=True, slots=True)
class Held:
    """`invited` are browsers that have not been told yet."""

    sites: frozenset[str]
    addresses: AddressKept
    blocks: Blocks
    invited: frozenset[str]


class Rules:
    """`hear` listens to the log; every process has its own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._held: Held | None = None
        self._round = 0

    def hear(self, facts: Iterable[Fact]) -> None:
        if any(one.kind in _OF_RULES for one in facts):
            self.drop()

    def drop(self) -> None:
        self._held = None
        self._round += 1

    async def now(self) -> Held:
        held = self._held
        if held is not None:
            return held
        began = self._round
        held = await self._desk.read(_read)
        # What changed while it was read may not be in it.
        if began == self._round and held.sites:
            self._held = held
        return held

    async def blocks(self) -> Blocks:
        return (await self.now()).blocks


def _read(view: Reading) -> Held:
    house = company.find(view)
    return Held(
        frozenset(house.allowed_sites if house else ()),
        retention.get(view).addresses,
        blocks.read(view),
        invites.untold(view),
    )
