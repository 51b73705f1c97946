"""What the widget's answers look like on the wire."""

from dataclasses import dataclass

from frontdesk.people.model import AgentBrief
from frontdesk.talk.model import File, Happening, Message, Words


@dataclass(frozen=True)
class VisitorConversation:
    id: str
    agent: AgentBrief | None
    closed: bool
    started_at: int
    last_at: int
    last: Words | None
    last_position: int
    customer_saw: int
    team_saw: int
    unread: int
    start: str | None


@dataclass(frozen=True)
class VisitorCompany:
    name: str
    colour: str
    greeting: str


@dataclass(frozen=True)
class VisitorSelf:
    id: str
    name: str | None


@dataclass(frozen=True)
class Greeting:
    seq: int
    company: VisitorCompany
    agents: list[AgentBrief]
    here: list[str]
    answers_in: int | None
    customer: VisitorSelf | None
    conversations: list[VisitorConversation]


@dataclass(frozen=True)
class Timeline:
    seq: int
    items: list[Message | Happening]
    more: bool


@dataclass(frozen=True)
class Said:
    message: Message
    conversation: VisitorConversation


@dataclass(frozen=True)
class Uploaded:
    file: File


@dataclass(frozen=True)
class Vouched:
    customer: VisitorSelf
