"""Labels and ready replies. Pure."""

import unicodedata
from dataclasses import dataclass

from frontdesk.base.errors import Invalid
from frontdesk.base.text import words
from frontdesk.talk.model import LONGEST_MESSAGE, message_text

LONGEST_NAME = 40
MOST_LABELS = 500
MOST_HERE = 40
MOST_READY = 1_000


@dataclass(frozen=True, slots=True)
class Label:
    """The team's, or an agent's own. A retired one stays where it is and is put nowhere else."""

    id: str
    name: str
    colour: str
    own: bool
    retired: bool


@dataclass(frozen=True, slots=True)
class Labelling:
    """`message_id` None: on the conversation itself."""

    message_id: str | None
    label_id: str


@dataclass(frozen=True, slots=True)
class ReadyReply:
    """`text` may hold {customer} and {agent}, which the screen fills in. `by_id` wrote it."""

    id: str
    name: str
    text: str
    own: bool
    by_id: str


def named(name: str) -> str:
    """A label's or a ready reply's name, as it will be kept. Raises Invalid."""
    return words(name, "name", LONGEST_NAME, "The name")


def folded(name: str) -> str:
    """What makes two names the same."""
    return unicodedata.normalize("NFKC", name).casefold()


def ready_text(text: str) -> str:
    if len(text) > LONGEST_MESSAGE:
        raise Invalid("The reply is too long.", fields={"text": f"At most {LONGEST_MESSAGE:,} characters"})
    return message_text(text, 0)
