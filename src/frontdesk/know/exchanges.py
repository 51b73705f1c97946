"""What was needed and what was answered: pairs out of one conversation's turns."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from frontdesk.base.clock import MINUTE
from frontdesk.know import smalltalk
from frontdesk.know.blanks import Blanked, Blanker, cleaned
from frontdesk.know.everyday import language_of
from frontdesk.know.known import known_of

# Stands before the id of a conversation from before the desk, and of its customer.
IMPORTED = "imported:"
JOINED_WITHIN = 3 * MINUTE
MOST_BLANKS = 4
_QUESTION_LENGTH = 500
_NEEDS_CONTEXT = 5
_TIMELESS = re.compile(r"⟦([^⟦⟧\n]{1,60})⟧")
_SAYS_NOTHING = frozenset({"word", "name"})


@dataclass(frozen=True, slots=True)
class Turn:
    """A message, as learning reads it. `at` in ms; `agent_id` None: the customer's."""

    id: str | None
    by: Literal["customer", "agent"]
    agent_id: str | None
    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """`question` in the customer's words, without what tells who it was; never shown. `text`: the answer,
    with its blanks. `asks`: the answer is only a question back; `pleased`: the customer was.
    """

    message_id: str | None
    agent_id: str | None
    at: int
    question: str
    text: str
    asks: bool
    pleased: bool


def exchanges(turns: Sequence[Turn], name: str | None, blanker: Blanker) -> list[Exchange]:
    """`name`: the customer's, where it is known."""
    blanked = blanking(turns, name, blanker)
    found = []
    for raw in _raw(turns):
        answer = blanked(raw.text)
        if answer.blanks > MOST_BLANKS or answer.blanks * 4 > answer.words:
            continue
        question = recognisable(blanked(raw.question).text)
        if question and _is_worth(answer.text):
            found.append(replace(raw, text=_tidy(answer.text), question=question))
    return found


def blanking(turns: Sequence[Turn], name: str | None, blanker: Blanker) -> Callable[[str], Blanked]:
    """Makes blanks of what belongs to the customer of these turns. `name`: theirs, where it is known."""
    written = [turn.text for turn in turns if turn.by == "customer"]
    answered = [turn.text for turn in turns if turn.by == "agent"]
    known = known_of(name, map(cleaned, written), map(cleaned, answered))
    language = language_of(" ".join((*answered, *written)))
    return lambda text: blanker.blanked(text, known, language)


def _is_worth(answer: str) -> bool:
    return smalltalk.says_something(_TIMELESS.sub(" ", answer))


def recognisable(question: str) -> str:
    """Without blanks: kinds of numbers help to recognise a question, that there was a name does not."""
    plain = _TIMELESS.sub(lambda match: " " if match[1] in _SAYS_NOTHING else match[1], question)
    return " ".join(plain.split())[:_QUESTION_LENGTH]


def _tidy(answer: str) -> str:
    return re.sub(r"[ \t]+\n", "\n", re.sub(r"\n{3,}", "\n\n", answer))


def _raw(turns: Sequence[Turn]) -> list[Exchange]:
    """Each answer, with what the customer wrote since the one before."""
    blocks = [list(block) for _, block in groupby(turns, key=lambda turn: turn.by)]
    found: list[Exchange] = []
    for at, block in enumerate(blocks):
        if block[0].by == "agent" and at:
            question = _asked(blocks, at - 1)
            after = blocks[at + 1][0].text if at + 1 < len(blocks) else ""
            found += _answers(block, question, smalltalk.is_pleased(after))
    return found


def _asked(blocks: list[list[Turn]], at: int) -> str:
    """Short ones, "and to Norway?", with what the customer wrote before."""
    asked = "\n".join(turn.text for turn in blocks[at]).strip()
    if len(asked.split()) < _NEEDS_CONTEXT and at >= 2:
        asked = "\n".join((*(turn.text for turn in blocks[at - 2]), asked)).strip()
    return asked


def _answers(block: list[Turn], question: str, pleased: bool) -> list[Exchange]:
    """What an agent writes in one go is one answer; what comes hours later is another."""
    found = []
    for part in _in_one_go(block):
        said = [(turn, text) for turn in part if smalltalk.says_something(text := smalltalk.bare(turn.text))]
        if said and question:
            text = "\n".join(text for _, text in said)
            last = said[-1][0]
            asks = smalltalk.only_asks(text)
            found.append(Exchange(last.id, last.agent_id, last.at, question, text, asks, pleased))
    return found


def _in_one_go(block: list[Turn]) -> list[list[Turn]]:
    parts: list[list[Turn]] = []
    for turn in block:
        last = parts[-1][-1] if parts else None
        if last and last.agent_id == turn.agent_id and turn.at - last.at <= JOINED_WITHIN:
            parts[-1].append(turn)
        else:
            parts.append([turn])
    return parts


def as_imported(id: str) -> str:
    """What stands for a conversation from before the desk, and for its customer."""
    return IMPORTED + id


def is_imported(id: str) -> bool:
    return id.startswith(IMPORTED)
