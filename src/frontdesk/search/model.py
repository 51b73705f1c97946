"""What is asked, and what is found."""

from dataclasses import dataclass
from typing import Literal

from frontdesk.people.model import CustomerBrief

Kind = Literal["conversation", "message", "note", "answer", "customer", "file"]
State = Literal["open", "closed"]
By = Literal["customer", "agent"]

# Counted up to here; beyond it is "100+".
MOST = 100
# Far in the future, in milliseconds.
FOREVER = 2**53


@dataclass(frozen=True, slots=True)
class Word:
    """`start` is what every form of it begins with; `stems` are those of each language, where they fit."""

    text: str
    start: str
    stems: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A word with its forms, or several words that stand side by side; the last may go on if `is_open`."""

    words: tuple[Word, ...]
    is_exact: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Everything else a hit must be. None, or False, does not matter; times are milliseconds."""

    label: str | None = None
    agent: str | None = None
    team: str | None = None
    channel: str | None = None
    state: State | None = None
    since: int | None = None
    until: int | None = None
    by: By | None = None
    file: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    wanted: tuple[Clause, ...]
    unwanted: tuple[Clause, ...]
    narrowed: Narrowed
    # Named in the text, but nobody and nothing is called so: nothing can be found.
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """`excerpt` is text in pieces, and whether each is what was sought. `by` of a file is its message's.
    `item_id` is what stands in the timeline: the message of a file, the note of an answer in its thread.
    A customer comes with their latest conversation.
    """

    kind: Kind
    id: str
    conversation_id: str | None
    customer: CustomerBrief
    at: int
    position: int | None
    by: By | None
    agent_id: str | None
    excerpt: tuple[tuple[str, bool], ...]
    closed: bool | None
    owner_id: str | None
    item_id: str | None


@dataclass(frozen=True, slots=True)
class CompanyHit:
    """A customers' company. `at`: when it was written down first."""

    kind: Literal["company"]
    id: str
    name: str
    at: int
    excerpt: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class LabelCount:
    """A label that may be asked for, and how many of the found conversations bear it."""

    label_id: str
    name: str
    colour: str
    own: bool
    count: int


@dataclass(frozen=True, slots=True)
class Groups:
    conversations: list[Hit]
    messages: list[Hit]
    notes: list[Hit]
    customers: list[Hit]
    files: list[Hit]
    companies: list[CompanyHit]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were found, at most `MOST` of each; one more says that there are more."""

    conversations: int
    messages: int
    notes: int
    customers: int
    files: int
    companies: int


@dataclass(frozen=True, slots=True)
class Found:
    """`labels` counts the found conversations by label; `unknown` are the typed filters nothing is called."""

    groups: Groups
    counts: Counts
    labels: list[LabelCount]
    unknown: list[str]
