"""What the desk knows: sources, their pages, and the passages that can be suggested."""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["page", "document", "answer", "reply"]
SourceKind = Literal["website", "document", "answers", "conversations"]
SourceState = Literal["waiting", "reading", "read", "failed", "stopped"]
PageState = Literal["waiting", "read", "unchanged", "skipped", "failed"]

# Approved answers and past conversations are always there, once each.
ANSWERS = "answers"
CONVERSATIONS = "conversations"
# The language model that comes with Frontdesk.
SHIPPED = "all-MiniLM-L6-v2-int8"
# Of one website, unless its plan says otherwise.
MOST_PAGES = 2_000

_BLANK = re.compile("⟦([^⟦⟧\n]{1,60})⟧")


@dataclass(frozen=True, slots=True)
class Passage:
    """What can be suggested. `text` is ready to send but for its blanks, written ⟦order number⟧.

    `questions` are what it answers: from the page's markup, from an approved answer, or customers' own
    words; they serve to recognise a question and are never shown. `at` is in ms: of the page's version,
    or of the past answer. `cleared`: one click may send it. `vote`: how often the same was answered.
    """

    id: str
    source_id: str
    kind: Kind
    title: str
    heading: str
    questions: tuple[str, ...]
    text: str
    url: str | None
    at: int
    agent_id: str | None = None
    conversation_id: str | None = None
    message_id: str | None = None
    customer_id: str | None = None
    cleared: bool = True
    votes: int = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """What to read of a website: from `url` on, only below `include` (everything where it is empty), nothing
    below `exclude`, `most` pages.
    """

    url: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    most: int = MOST_PAGES


@dataclass(frozen=True, slots=True)
class SourceFile:
    name: str
    type: str
    size: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reading is. `robots` are among the skipped; `now` is the path that is read this moment."""

    found: int
    read: int
    unchanged: int
    skipped: int
    robots: int
    failed: int
    now: str | None


NOT_BEGUN = Progress(0, 0, 0, 0, 0, 0, None)


@dataclass(frozen=True, slots=True)
class Source:
    """Where passages come from. `fault` says in plain words why it failed; `read_at` is when it last did not.

    `counts` are those of the reading under way, else of the last one; of a document they count its pages,
    of answers and conversations what was learnt from. `uncleared`: so many passages were learnt from
    conversations and wait for an agent's first look: one click does not send them.
    """

    id: str
    kind: SourceKind
    name: str
    plan: Plan | None
    file: SourceFile | None
    added_by: str | None
    added_at: int
    is_on: bool
    state: SourceState
    fault: str | None
    read_at: int | None
    passages: int
    uncleared: int
    counts: Progress


@dataclass(frozen=True, slots=True)
class KnownPage:
    """`reason` says in plain words why it was skipped, or why it failed."""

    id: str
    source_id: str
    url: str
    title: str
    state: PageState
    reason: str | None
    read_at: int | None
    changed_at: int | None
    passages: int


@dataclass(frozen=True, slots=True)
class KnownPassage:
    """A passage of a page or a document as the team sees it."""

    id: str
    kind: Kind
    title: str
    heading: str
    questions: tuple[str, ...]
    text: str
    url: str | None
    at: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What the team approved. The question may be empty. `message_id`: the message it was taken from."""

    id: str
    question: str
    text: str
    agent_id: str
    message_id: str | None
    conversation_id: str | None
    created_at: int
    changed_at: int
    retired_at: int | None


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """By which passages are found. `used` is its name. `next` takes its place once `done` of `count` passages
    are read with it. `fault` says in plain words what is wrong; `is_off`: therefore nothing is suggested.
    """

    used: str
    next: str | None
    done: int
    count: int
    fault: str | None
    is_off: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation as the engine reads it."""

    by: Literal["customer", "agent"]
    text: str


def blank(word: str) -> str:
    """What stands in a text for something that belonged to one customer."""
    return f"⟦{word}⟧"


def blanks_in(text: str) -> list[str]:
    """Their words, in order."""
    return _BLANK.findall(text)
