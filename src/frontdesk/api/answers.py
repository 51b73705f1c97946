"""What the agents' answers look like on the wire."""

from dataclasses import dataclass
from typing import Any

import orjson
from fastapi import Response

from frontdesk.notify.model import Bell, Notice
from frontdesk.people.model import (
    Agent,
    Company,
    CustomerBrief,
    Invitation,
    Me,
    Merge,
    Role,
    Session,
    Team,
    Way,
)
from frontdesk.people.profile_model import OwnField
from frontdesk.search.model import Counts, Groups, LabelCount
from frontdesk.suggest.model import Proposal, Suggestion, Unanswered
from frontdesk.talk.label_model import Label, Labelling, ReadyReply
from frontdesk.talk.model import Conversation, File, Happening, Message, OpenCounts, Row
from frontdesk.talk.note_model import Note, ThreadAnswer, Wording


def as_json(value: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(value), status, media_type="application/json")


def done(result: bytes, status: int = 200) -> Response:
    """The kept answer of a command, byte for byte."""
    return Response(result, status, media_type="application/json")


@dataclass(frozen=True)
class Named:
    name: str


@dataclass(frozen=True)
class DeskAnswer:
    set_up: bool
    company: Named | None
    version: str
    signed_in: bool


@dataclass(frozen=True)
class MeAnswer:
    me: Me


@dataclass(frozen=True)
class Invited:
    email: str
    role: Role
    company: str


@dataclass(frozen=True)
class StateAnswer:
    seq: int
    me: Me
    agents: list[Agent]
    company: Company
    teams: list[Team]
    labels: list[Label]
    ready: list[ReadyReply]
    counts: OpenCounts
    notices: Bell
    own_fields: list[OwnField]


@dataclass(frozen=True)
class PageAnswer:
    seq: int
    rows: list[Row]
    next: str | None


@dataclass(frozen=True)
class RowAnswer:
    seq: int
    conversation: Row
    labelled: list[Labelling]


@dataclass(frozen=True)
class TimelineAnswer:
    seq: int
    items: list[Message | Happening | Note]
    more: bool
    threads: dict[str, int]
    labelled: list[Labelling]


@dataclass(frozen=True)
class NoteAnswer:
    note: Note


@dataclass(frozen=True)
class NotesAnswer:
    seq: int
    notes: list[Note]


@dataclass(frozen=True)
class ThreadShown:
    seq: int
    note: Note
    answers: list[ThreadAnswer]
    read_place: int


@dataclass(frozen=True)
class Answered:
    answer: ThreadAnswer
    note: Note


@dataclass(frozen=True)
class WordingsAnswer:
    wordings: list[Wording]


@dataclass(frozen=True)
class NoticesAnswer:
    seq: int
    items: list[Notice]
    next: str | None


@dataclass(frozen=True)
class TeamAnswer:
    team: Team


@dataclass(frozen=True)
class LabelAnswer:
    label: Label


@dataclass(frozen=True)
class ReadyAnswer:
    ready: ReadyReply


@dataclass(frozen=True)
class WaysAnswer:
    ways: list[Way]


@dataclass(frozen=True)
class SaidAnswer:
    message: Message
    conversation: Conversation


@dataclass(frozen=True)
class ProposalAnswer:
    seq: int
    proposal: Proposal


@dataclass(frozen=True)
class Found:
    """What a question would bring up, and why: words in common, nearness of meaning (0 to 1), and what the
    team made of it before.
    """

    suggestion: Suggestion
    is_shown: bool
    words: list[str]
    meaning: float
    sent: int
    edited: int
    ignored: int
    rejected: int


@dataclass(frozen=True)
class TriedAnswer:
    bar: float
    found: list[Found]


@dataclass(frozen=True)
class UnansweredAnswer:
    questions: list[Unanswered]


@dataclass(frozen=True)
class ConversationAnswer:
    conversation: Conversation


@dataclass(frozen=True)
class FileAnswer:
    file: File


@dataclass(frozen=True)
class SessionsAnswer:
    sessions: list[Session]


@dataclass(frozen=True)
class InvitationsAnswer:
    invitations: list[Invitation]


@dataclass(frozen=True)
class InvitationAnswer:
    invitation: Invitation
    link: str | None


@dataclass(frozen=True)
class AgentAnswer:
    agent: Agent


@dataclass(frozen=True)
class CompanyAnswer:
    company: Company


@dataclass(frozen=True)
class KeyAnswer:
    key: str | None


@dataclass(frozen=True)
class MergeAnswer:
    """`customer` is who they both are."""

    customer: CustomerBrief
    merge: Merge


@dataclass(frozen=True)
class MergesAnswer:
    seq: int
    merges: list[Merge]


@dataclass(frozen=True)
class PartedAnswer:
    """`customer` is there again beside `kept`."""

    customer: CustomerBrief
    kept: CustomerBrief


@dataclass(frozen=True)
class Nothing:
    pass


@dataclass(frozen=True)
class SearchAnswer:
    """A count above a hundred says that there are more. `filling`: the past is not yet all indexed."""

    seq: int
    groups: Groups
    counts: Counts
    labels: list[LabelCount]
    unknown: list[str]
    filling: bool
