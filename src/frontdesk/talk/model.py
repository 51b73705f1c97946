"""Conversations and what is said in them."""

from dataclasses import dataclass
from typing import Literal

from frontdesk.base.errors import Invalid
from frontdesk.base.text import said
from frontdesk.people.model import CustomerBrief

Side = Literal["customer", "agent"]
What = Literal[
    "taken", "released", "closed", "reopened", "continued_in", "continued_from", "handed_over",
    "handed_to_team", "put_back", "taken_over", "team_retired",
]  # fmt: skip
Place = Literal["mine", "unassigned", "mentions", "starred", "snoozed", "all"]

LONGEST_MESSAGE = 10_000
MOST_FILES = 10
_EXCERPT = 140


@dataclass(frozen=True, slots=True)
class Words:
    """The last thing said, for a row of the list."""

    by: Side
    agent_id: str | None
    text: str
    file: str | None
    at: int
    position: int


@dataclass(frozen=True, slots=True)
class Was:
    """Where a conversation stood before a fact: what moves the counts."""

    owner_id: str | None
    closed: bool
    team_id: str | None
    snoozed: bool


@dataclass(frozen=True, slots=True)
class Conversation:
    """Positions count 1, 2, 3 … over messages and happenings together; 0 means none.

    `asked_position` is the customer's newest message; `customer_saw` and `team_saw` are the newest
    positions each side has seen; `customer_unread` counts answers the customer has not seen. `labels` are
    the ids of the team's labels on it and on its messages.
    """

    id: str
    customer: CustomerBrief
    channel: str
    owner_id: str | None
    closed: bool
    started_at: int
    last_at: int
    last: Words | None
    last_position: int
    asked_position: int
    customer_saw: int
    team_saw: int
    customer_unread: int
    start: str | None
    team_id: str | None
    snoozed_until: int | None
    labels: tuple[str, ...]

    @property
    def was(self) -> Was:
        return Was(self.owner_id, self.closed, self.team_id, self.snoozed_until is not None)


@dataclass(frozen=True, slots=True)
class Mention:
    """Where an agent was called and has not looked: in a note, or in an answer under it (`answer_id`)."""

    note_id: str
    answer_id: str | None
    agent_id: str
    at: int
    text: str


@dataclass(frozen=True, slots=True)
class OpenGone:
    """Where an open conversation was counted that is erased."""

    owner_id: str | None
    team_id: str | None
    snoozed: bool
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row(Conversation):
    """A conversation in one agent's list, with how far that agent has read and who called them last."""

    read_position: int
    mention: Mention | None
    starred: bool
    own_labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenCounts:
    """Open conversations, by place, as one agent sees them; `teams` by id, those where something waits."""

    mine: int
    unassigned: int
    mentions: int
    starred: int
    snoozed: int
    teams: dict[str, int]
    labels: dict[str, int]


@dataclass(frozen=True, slots=True)
class File:
    """Width and height are set for pictures, which alone may be shown inline."""

    id: str
    name: str
    type: str
    size: int
    width: int | None
    height: int | None


@dataclass(frozen=True, slots=True)
class Message:
    id: str
    conversation_id: str
    position: int
    at: int
    by: Side
    agent_id: str | None
    text: str
    files: tuple[File, ...]
    client_id: str


@dataclass(frozen=True, slots=True)
class Said:
    """A message, and its conversation after it."""

    message: Message
    conversation: Conversation


@dataclass(frozen=True, slots=True)
class Happening:
    """A grey line: what became of the conversation. `agent_id` None: the customer did it, or the desk itself.
    `other_id` is a conversation, the agent who has it now or had it before, or a team, as `what` says.
    """

    conversation_id: str
    position: int
    at: int
    what: What
    agent_id: str | None
    other_id: str | None


def message_text(text: str, files: int) -> str:
    """The text as it will be kept. Raises Invalid when there is nothing to say or too much."""
    kept = said(text, LONGEST_MESSAGE, "The message", needed=not files)
    if files > MOST_FILES:
        raise Invalid(f"At most {MOST_FILES} files in one message.", fields={"files": "Too many"})
    return kept


def excerpt(text: str) -> str:
    line = " ".join(text[: 4 * _EXCERPT].split())
    return line if len(line) <= _EXCERPT else line[: _EXCERPT - 1].rstrip() + "…"
