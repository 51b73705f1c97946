"""What the team says among itself: notes, the threads under them, and whom they call. Pure."""

import re
from dataclasses import dataclass

from frontdesk.base.text import said

LONGEST_NOTE = 10_000
_EXCERPT = 280
_TOKEN = re.compile(r"@\[(agent|team):([0-9a-z]{26})\]")


@dataclass(frozen=True, slots=True)
class Called:
    """Ids in the order in which they stand in the text; whether they are somebody is not known here."""

    agents: tuple[str, ...]
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Stands under the message or happening at `position`. `answers` is the place of its thread's newest.
    The text of a deleted one is empty.
    """

    id: str
    conversation_id: str
    position: int
    at: int
    agent_id: str
    text: str
    edited_at: int | None
    deleted_at: int | None
    answers: int
    answered_at: int | None
    mentions: Called


@dataclass(frozen=True, slots=True)
class ThreadAnswer:
    """Answers of a thread count 1, 2, 3 … by their `place`; a deleted one keeps it."""

    id: str
    note_id: str
    conversation_id: str
    place: int
    at: int
    agent_id: str
    text: str
    edited_at: int | None
    deleted_at: int | None
    mentions: Called


@dataclass(frozen=True, slots=True)
class Wording:
    """What was said until `at`."""

    at: int
    text: str


def called_in(text: str) -> Called:
    """Whom `@[agent:ID]` and `@[team:ID]` name."""
    found = {kind: tuple(dict.fromkeys(id for what, id in _TOKEN.findall(text) if what == kind))
             for kind in ("agent", "team")}  # fmt: skip
    return Called(found["agent"], found["team"])


def note_text(text: str) -> str:
    """The text as it will be kept. Raises Invalid when there is nothing to say or too much."""
    return said(text, LONGEST_NOTE, "The note")


def note_excerpt(text: str) -> str:
    """One line of it; a mention in it is whole or not there."""
    line = " ".join(text.split())
    if len(line) <= _EXCERPT:
        return line
    end = _EXCERPT - 1
    cut = next((one.start() for one in _TOKEN.finditer(line) if one.start() < end < one.end()), end)
    return line[:cut].rstrip() + "…"
