"""What a conversation asks, in the forms in which it is compared."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from frontdesk.know.encoder import Encoder
from frontdesk.know.model import Turn

Vectors = NDArray[np.float32]

_BEFORE = 2  # Turns before the last one that say what "it" is; more drowned the question.
_BACK = 12  # Turns of which the talk so far is made.
_CHARS = 700  # Of one turn: what comes later in a long message seldom changes what is asked.
_KEPT = 4000  # Texts whose vectors are kept: a talk goes on with turns that were read before. 6 MB.

# The rows of `Question.vectors`.
LAST, CONTEXT, AGENT, AGENTS, CUSTOMER = range(5)
FORMS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """`text`: what the customer wrote since the last agent's turn. `turns`: the talk until then, in order.

    `vectors`, shape (5, size): of the text; of the text with the two turns before it; of the agent's turn
    before it; the means of the agents' and of the customer's turns so far. Zeros where there are none.
    `origin` says whose question it is, for `Engine.forget`.
    """

    text: str
    turns: tuple[Turn, ...]
    vectors: Vectors
    origin: str = ""

    @property
    def before(self) -> list[str]:
        """The turns that say what the last one is about."""
        return [turn.text[:_CHARS] for turn in self.turns[-_BEFORE:]]


def split(turns: Sequence[Turn]) -> tuple[tuple[Turn, ...], str]:
    """The talk before, and what the customer wrote at its end; both may be empty."""
    end = len(turns)
    while end and turns[end - 1].by == "agent":
        end -= 1
    start = end
    while start and turns[start - 1].by == "customer":
        start -= 1
    return tuple(turns[:start]), "\n".join(turn.text for turn in turns[start:end]).strip()


class Reader:
    """Makes questions of talks; remembers the vectors of turns."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()

    def read(self, talks: Sequence[Sequence[Turn]], origin: str = "") -> list[Question]:
        """Many at once: each different text is embedded once."""
        parts = [split(talk) for talk in talks]
        rows = self._vectors({text for before, last in parts for text in _texts(before, last)})
        return [Question(last, before, self._forms(before, last, rows), origin) for before, last in parts]

    def _forms(self, before: Sequence[Turn], last: str, rows: dict[str, Vectors]) -> Vectors:
        forms = np.zeros((FORMS, self._encoder.size), np.float32)
        if last:
            forms[LAST] = rows[last]
            forms[CONTEXT] = rows[_with_context(before, last)]
        agents = [rows[text] for text in _said(before, "agent")]
        customer = [rows[text] for text in [*_said(before, "customer"), last] if text]
        if agents:
            forms[AGENT], forms[AGENTS] = agents[-1], np.mean(agents, axis=0)
        if customer:
            forms[CUSTOMER] = np.mean(customer, axis=0)
        return forms

    def _vectors(self, texts: set[str]) -> dict[str, Vectors]:
        with self._lock:
            found = {text: self._known[text] for text in texts if text in self._known}
        missing = sorted(texts - found.keys())
        if missing:
            found |= zip(missing, self._encoder.embed(missing), strict=True)
            self._keep(missing, found)
        return found

    def _keep(self, texts: Iterable[str], found: dict[str, Vectors]) -> None:
        with self._lock:
            for text in texts:
                self._known[text] = found[text]
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)


def _texts(before: Sequence[Turn], last: str) -> list[str]:
    here = [last, _with_context(before, last)] if last else []
    return [*here, *_said(before, "agent"), *_said(before, "customer")]


def _said(before: Sequence[Turn], by: str) -> list[str]:
    texts = (turn.text[:_CHARS].strip() for turn in before[-_BACK:] if turn.by == by)
    return [text for text in texts if text]


def _with_context(before: Sequence[Turn], last: str) -> str:
    return "\n".join([*(turn.text[:_CHARS] for turn in before[-_BEFORE:]), last])
