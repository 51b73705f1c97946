"""What the widget's routes stand on, and who may come in. A visitor is whoever holds a token."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic import Field

from frontdesk.base.asgi import header
from frontdesk.base.desk import Desk
from frontdesk.base.errors import Unknown
from frontdesk.base.files import Files
from frontdesk.base.ids import digest, is_token
from frontdesk.base.rates import Rate, network
from frontdesk.base.settings import Settings
from frontdesk.channels.widget.rules import Held, Rules
from frontdesk.people import blocks, retention
from frontdesk.people.devices import device_of
from frontdesk.people.model import AgentBrief, Sight
from frontdesk.people.places import Places
from frontdesk.presence.board import Board
from frontdesk.presence.gathering import Gathering


@dataclass(slots=True)
class Widget:
    """What the widget's routes stand on."""

    desk: Desk
    files: Files
    board: Board
    settings: Settings
    built: Path
    agents: Callable[[], dict[str, AgentBrief]]
    places: Places
    rules: Rules
    gathering: Gathering
    messages: Rate = field(default_factory=lambda: Rate(60, 60))
    # What a chat asks for by itself: timelines, files, and word of what was seen.
    glances: Rate = field(default_factory=lambda: Rate(240, 60))
    # New conversations by one address: an office shares one, so this is generous; a flood is not.
    newcomers: Rate = field(default_factory=lambda: Rate(120, 3600))
    by_address: Rate = field(default_factory=lambda: Rate(1_200, 60))
    everybody: Rate = field(default_factory=lambda: Rate(20_000, 10))
    visits: Rate = field(default_factory=lambda: Rate(30, 30))
    # A page that reports without end is one browser; all together they may be many.
    visits_of_one: Rate = field(default_factory=lambda: Rate(20, 20))
    every_visit: Rate = field(default_factory=lambda: Rate(30_000, 10))
    uploads: Rate = field(default_factory=lambda: Rate(20, 60))
    # A day's files of one address: each new token has a share of its own, and the disk has an end.
    daily_uploads: Rate = field(default_factory=lambda: Rate(400, 86_400))

    def __post_init__(self) -> None:
        for one in fields(self):
            rate = getattr(self, one.name)
            if isinstance(rate, Rate):
                rate.widen(self.settings.rate_scale)


def widget_of(scope: Any) -> Widget:
    found: Widget = scope["app"].state.widget
    return found


async def anyone() -> None:
    """Policy: nobody needs to be known."""


def token_digest(scope: Any) -> str | None:
    scheme, _, token = header(scope, b"authorization").decode("latin-1").partition(" ")
    return digest(token) if scheme.lower() == "bearer" and is_token(token) else None


async def visitor(request: Request) -> str:
    """Policy: whoever holds a token; the hash of it. Raises Unknown."""
    return holder(request.scope)


def holder(scope: Any) -> str:
    found = token_digest(scope)
    if found is None:
        raise Unknown("This conversation is not known here.")
    widget_of(scope).by_address.spend(network_of(scope))
    return found


async def _here(request: Request) -> Widget:
    """Async, because FastAPI sends everything else through a thread."""
    return widget_of(request.scope)


Here = Annotated[Widget, Depends(_here)]
Anyone = Annotated[None, Depends(anyone)]
Visitor = Annotated[str, Depends(visitor)]
Browser = Annotated[str, Field(min_length=16, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
Language = Annotated[str, Field(max_length=35, pattern=r"^[A-Za-z0-9-]*$")]


def address_of(scope: Any) -> str:
    """The visitor's own: behind a proxy that is trusted, what it says of them."""
    return str(scope["client"][0]) if scope["client"] else ""


def network_of(scope: Any) -> str:
    """Who counts as one sender."""
    return network(address_of(scope))


def sight_of(here: Widget, held: Held, scope: Any, language: str | None) -> Sight:
    address = address_of(scope)
    device = device_of(header(scope, b"user-agent").decode("latin-1"))
    kept = retention.as_kept(address, held.addresses) if address else None
    return Sight(here.places.of(address), device, language or None, kept)


def let_in(held: Held, scope: Any, now: int) -> None:
    """Raises Refused for whoever comes from a network that is blocked."""
    if held.blocks.address(address_of(scope), now):
        raise blocks.refused()
