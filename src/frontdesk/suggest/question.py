"""What a conversation asks, in the forms in which it is compared."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frontdesk.know.encoder import Encoder
from frontdesk.know.model import Turn

Vectors = NDArray[np.float32]

_BEFORE = 2  # Turns before the last one that say what "it" is; more drowned the question.
_CHARS = 700  # Of one turn: what comes later in a long message seldom changes what is asked.
LAST, CONTEXT, AGENT = 0, 1, 2
FORMS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """`text`: what the customer wrote since the last agent's turn. `turns`: the talk until then, in order.

    `vectors`: shape (3, size): of the text, of the text with the turns before it, of the agent's turn before
    it (zeros when there is none). `origin` says whose question it is, for `Engine.forget`.
    """

    text: str
    turns: tuple[Turn, ...]
    vectors: Vectors
    origin: str = ""

    @property
    def context(self) -> str:
        return with_context(self.turns, self.text)

    @property
    def agent(self) -> str:
        return next((turn.text for turn in reversed(self.turns) if turn.by == "agent"), "")


def split(turns: Sequence[Turn]) -> tuple[tuple[Turn, ...], str]:
    """The talk before, and what the customer wrote at its end; both may be empty."""
    end = len(turns)
    while end and turns[end - 1].by == "agent":
        end -= 1
    start = end
    while start and turns[start - 1].by == "customer":
        start -= 1
    return tuple(turns[:start]), "\n".join(turn.text for turn in turns[start:end]).strip()


def with_context(before: Sequence[Turn], text: str) -> str:
    return "\n".join([*(turn.text[:_CHARS] for turn in before[-_BEFORE:]), text[:_CHARS]])


def forms(before: Sequence[Turn], text: str) -> list[str]:
    """The texts that a question is embedded as, in the order of its vectors; "" stays without one."""
    agent = next((turn.text[:_CHARS] for turn in reversed(before) if turn.by == "agent"), "")
    return [text, with_context(before, text) if before else text, agent]


def asked(encoder: Encoder, talks: Sequence[Sequence[Turn]], origin: str = "") -> list[Question]:
    """Many at once: each different text is embedded once."""
    parts = [split(talk) for talk in talks]
    wanted = [forms(before, text) for before, text in parts]
    distinct = sorted({text for texts in wanted for text in texts if text})
    rows = dict(zip(distinct, encoder.embed(distinct), strict=True)) if distinct else {}
    nothing = np.zeros(encoder.size, np.float32)
    return [
        Question(text, before, np.stack([rows.get(one, nothing) for one in texts]), origin)
        for (before, text), texts in zip(parts, wanted, strict=True)
    ]
