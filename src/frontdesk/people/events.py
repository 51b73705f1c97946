"""What can happen to people, in the past tense."""

from dataclasses import dataclass

from frontdesk.base.log import NOBODY, Event, only
from frontdesk.people.model import Agent, Company, CustomerBrief, Me, Retention, Team
from frontdesk.people.profile_model import CustomerCompany, OwnField, Profile


@dataclass(frozen=True, slots=True)
class _OfCustomer(Event):
    customer: CustomerBrief

    def about(self) -> tuple[str | None, str | None]:
        return None, self.customer.id


@dataclass(frozen=True, slots=True)
class CustomerAppeared(_OfCustomer):
    pass


@dataclass(frozen=True, slots=True)
class CustomerChanged(_OfCustomer):
    pass


@dataclass(frozen=True, slots=True)
class CustomersMerged(Event):
    """`gone_id` turned out to be `kept`, whose conversations these are now."""

    kept: CustomerBrief
    gone_id: str
    conversations: tuple[str, ...]

    def about(self) -> tuple[str | None, str | None]:
        return None, self.kept.id


@dataclass(frozen=True, slots=True)
class MergeUndone(Event):
    """`customer` is there again, and these are their conversations."""

    customer: CustomerBrief
    kept_id: str
    conversations: tuple[str, ...]

    def about(self) -> tuple[str | None, str | None]:
        return None, self.customer.id


@dataclass(frozen=True, slots=True)
class HistoryChanged(Event):
    """What is whose is another: this customer's sockets begin anew."""

    customer_id: str

    def audience(self) -> str:
        return NOBODY

    def about(self) -> tuple[str | None, str | None]:
        return None, self.customer_id


@dataclass(frozen=True, slots=True)
class AgentAdded(Event):
    agent: Agent


@dataclass(frozen=True, slots=True)
class AgentChanged(Event):
    agent: Agent


@dataclass(frozen=True, slots=True)
class PreferencesChanged(Event):
    """Personal."""

    me: Me

    def audience(self) -> str:
        return only(self.me.id)


@dataclass(frozen=True, slots=True)
class CompanyChanged(Event):
    company: Company


@dataclass(frozen=True, slots=True)
class CustomerBlocked(Event):
    """Or not any more: `on` false. `until` 0: until somebody lifts it; None: not blocked."""

    customer_id: str
    until: int | None
    on: bool

    def about(self) -> tuple[str | None, str | None]:
        return None, self.customer_id


@dataclass(frozen=True, slots=True)
class RetentionChanged(Event):
    """Heard by no socket: the settings ask for it, and every process keeps to it."""

    retention: Retention

    def audience(self) -> str:
        return NOBODY


@dataclass(frozen=True, slots=True)
class TeamSaved(Event):
    """Made, changed or retired."""

    team: Team


@dataclass(frozen=True, slots=True)
class WaysChanged(Event):
    """Heard by no socket: the settings ask for them."""

    def audience(self) -> str:
        return NOBODY


@dataclass(frozen=True, slots=True)
class SessionEnded(Event):
    """Heard by no socket: it closes them. `digest` None: every session of the agent."""

    agent_id: str
    digest: str | None

    def audience(self) -> str:
        return NOBODY


@dataclass(frozen=True, slots=True)
class TokenReplaced(Event):
    """A visitor proved who they are and holds a new token; sockets of the old one are closed."""

    digest: str

    def audience(self) -> str:
        return NOBODY


@dataclass(frozen=True, slots=True)
class ProfileChanged(_OfCustomer):
    """`fields` says which; `by` is the agent who did it, None for the site, the visitor, an import."""

    profile: Profile
    fields: list[str]
    by: str | None


@dataclass(frozen=True, slots=True)
class CustomerCompanySaved(Event):
    """Made or changed; `renamed`: its name is another now."""

    company: CustomerCompany
    renamed: bool


@dataclass(frozen=True, slots=True)
class ImportBegan(Event):
    """Heard by no socket: who waits for it asks how far it is."""

    import_id: str

    def audience(self) -> str:
        return NOBODY


@dataclass(frozen=True, slots=True)
class OwnFieldsSaved(Event):
    """All of them, in their order."""

    fields: list[OwnField]
