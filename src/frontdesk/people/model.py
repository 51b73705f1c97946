"""Who is who: agents, customers, and the actor behind a request."""

from dataclasses import dataclass, field
from typing import Any, Literal

from frontdesk.base.errors import Invalid

Role = Literal["admin", "agent"]
Theme = Literal["system", "light", "dark"]
Order = Literal["newest", "oldest"]
AddressKept = Literal["whole", "shortened", "none"]
Channel = Literal["widget", "messenger"]
CHANNELS: tuple[Channel, ...] = ("widget", "messenger")

# The label colours of the design; an agent's initials wear one.
COLOURS = (
    "teal", "blue", "coral", "olive", "rose", "sky", "gold", "green", "brown", "orange", "slate", "red",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. A nobody has no id: a visitor before the first word, or an agent before signing in."""

    kind: Literal["agent", "customer", "system", "nobody"]
    id: str = ""
    role: Role | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"


SYSTEM = Actor("system")
NOBODY = Actor("nobody")


@dataclass(frozen=True, slots=True)
class Agent:
    id: str
    name: str
    role: Role
    picture: str | None
    colour: str
    disabled: bool


@dataclass(frozen=True, slots=True)
class AgentBrief:
    """What a visitor sees of an agent."""

    id: str
    name: str
    picture: str | None
    colour: str


@dataclass(frozen=True, slots=True)
class Orders:
    mine: Order = "newest"
    unassigned: Order = "oldest"


@dataclass(frozen=True, slots=True)
class Preferences:
    enter_sends: bool = True
    sound: bool = True
    theme: Theme = "system"
    order: Orders = field(default_factory=Orders)


@dataclass(frozen=True, slots=True)
class Me:
    id: str
    name: str
    role: Role
    picture: str | None
    colour: str
    disabled: bool
    email: str
    preferences: Preferences


@dataclass(frozen=True, slots=True)
class CustomerBrief:
    id: str
    called: str
    named: bool
    proven: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address is. `country` has two letters, `zone` is a name such as Europe/Stockholm."""

    city: str | None = None
    country: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of a visitor before they say a word. None: not known, and what was known stays."""

    place: Place | None = None
    device: str | None = None
    language: str | None = None
    # As much of it as the company keeps.
    address: str | None = None

    @property
    def city(self) -> str | None:
        return self.place.city if self.place else None

    @property
    def country(self) -> str | None:
        return self.place.country if self.place else None

    @property
    def zone(self) -> str | None:
        return self.place.zone if self.place else None


UNSEEN = Sight()


@dataclass(frozen=True, slots=True)
class Merge:
    """`gone` turned out to be the same person as `kept_id`. `until`: so long it can be undone. `agent_id`
    None: the site vouched for it.
    """

    id: str
    kept_id: str
    gone: CustomerBrief
    at: int
    agent_id: str | None
    undone_at: int | None
    until: int


@dataclass(frozen=True, slots=True)
class Session:
    id: str
    at: int
    seen_at: int
    address: str
    device: str
    current: bool


@dataclass(frozen=True, slots=True)
class Invitation:
    id: str
    email: str
    role: Role
    expires_at: int
    invited_by: str | None


@dataclass(frozen=True, slots=True)
class Company:
    """The one company that this desk serves."""

    name: str
    website: str
    colour: str
    greeting: str
    allowed_sites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Team:
    """Some agents, under a name; a retired one only stands in old lines."""

    id: str
    name: str
    colour: str
    members: tuple[str, ...]
    retired: bool


@dataclass(frozen=True, slots=True)
class Way:
    """What begins at an address that begins with `start` waits in this team's queue."""

    id: str
    channel: Channel
    start: str
    team_id: str


@dataclass(frozen=True, slots=True)
class Block:
    """`until` 0: until it is lifted."""

    customer: CustomerBrief
    network: str | None
    at: int
    agent_id: str | None
    until: int


@dataclass(frozen=True, slots=True)
class Retention:
    """In days. `closed_days` None: what was said is kept for ever."""

    events_days: int
    addresses: AddressKept
    addresses_days: int
    closed_days: int | None


def coloured(colour: str) -> str:
    """One of COLOURS. Raises Invalid."""
    if colour not in COLOURS:
        raise Invalid("There is no such colour.", fields={"colour": "One of the twelve"})
    return colour


def called(name: str | None, city: str | None, word: str) -> str:
    """What the team calls a customer: the name; else the place; else a friendly word that stays."""
    if name:
        return name
    return f"{city} lead" if city else f"Visitor {word}"


def merged(preferences: Preferences, changes: dict[str, Any]) -> Preferences:
    """Preferences with some of them changed."""
    order = {**_as_dict(preferences.order), **changes.get("order", {})}
    rest = {key: value for key, value in changes.items() if key != "order"}
    return Preferences(**{**_as_dict(preferences), **rest, "order": Orders(**order)})


def _as_dict(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}
