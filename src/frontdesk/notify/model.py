"""What an agent is told of, besides what the lists show."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["mentioned", "answered", "noted", "handed", "continued", "woke"]


@dataclass(frozen=True, slots=True)
class Notice:
    id: str
    at: int
    kind: Kind
    conversation_id: str
    by_id: str | None
    note_id: str | None
    excerpt: str
    seen: bool


@dataclass(frozen=True, slots=True)
class Telling:
    """What happened, to be told to some. `about` is the id of what it tells of: nobody is told twice."""

    conversation_id: str
    about: str
    by_id: str | None = None
    note_id: str | None = None
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Bell:
    """How many an agent has not seen, and the newest of all."""

    unseen: int
    items: list[Notice]
