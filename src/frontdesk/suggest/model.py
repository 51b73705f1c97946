"""Suggestions, and what became of them."""

from dataclasses import dataclass
from typing import Literal

from frontdesk.know.model import Kind

Verdict = Literal["sent", "edited", "rejected", "ignored"]
Sure = Literal["sure", "likely", "perhaps"]

MOST = 3
SURE, LIKELY = 0.8, 0.6


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a suggestion comes from. A page has a title and an address; a past answer has whose it was, and
    the message that holds it; a document is read at the desk, by its source and passage.
    """

    kind: Kind
    title: str
    url: str | None
    at: int
    agent_id: str | None
    conversation_id: str | None
    message_id: str | None
    source_id: str | None
    passage_id: str | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One purple card. `blanks` are the words of the gaps in `text`, in order; `one_click` says whether
    a click may send it as it stands. `confidence`, from 0 to 1: how often such a one was right.
    """

    id: str
    passage_id: str | None
    text: str
    blanks: tuple[str, ...]
    origins: tuple[Origin, ...]
    confidence: float
    sure: Sure
    one_click: bool
    drafted: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """What lies under a conversation whose newest position is `position`, until anything is said or done."""

    conversation_id: str
    position: int
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """A suggestion to a question that no customer asked, shown or below the bar, and what spoke for it."""

    suggestion: Suggestion
    is_shown: bool
    words: list[str]
    meaning: float


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that found no answer: as it was asked last, and how often one like it was asked."""

    id: str
    text: str
    times: int
    last_at: int
    conversation_id: str


@dataclass(frozen=True, slots=True)
class Point:
    """With the bar at confidence `bar`: the share of questions that get a suggestion, and of those the
    share whose first one is right.
    """

    shown: float
    right: float
    bar: float


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares of all questions: the given answer came first, was among three, nothing was shown."""

    first: float
    three: float
    silent: float
    curve: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A replay of the company's own history: learning as it went, and as if nobody ever judged."""

    at: int
    engine: str
    conversations: int
    questions: int
    now: Quality | None
    before: Quality | None


@dataclass(frozen=True, slots=True)
class Week:
    """What became of the suggestions that were shown; `monday` in ms."""

    monday: int
    sent: int
    edited: int
    ignored: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Used:
    """The same for one source."""

    source_id: str
    kind: str
    name: str
    shown: int
    sent: int
    edited: int
    ignored: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`bar` is the confidence from which on a suggestion is shown."""

    running: bool
    bar: float
    report: Report | None
    weeks: tuple[Week, ...]
    sources: tuple[Used, ...]


def sure(confidence: float) -> Sure:
    if confidence >= SURE:
        return "sure"
    return "likely" if confidence >= LIKELY else "perhaps"
