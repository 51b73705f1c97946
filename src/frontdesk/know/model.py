"""What the desk knows: sources, their pages, and the passages that can be suggested."""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["page", "document", "answer", "reply"]
SourceKind = Literal["website", "document", "answers", "conversations"]
PageState = Literal["read", "unchanged", "skipped", "failed"]

# Approved answers and past conversations are always there, once each.
ANSWERS = "answers"
CONVERSATIONS = "conversations"

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
