"""All passages in memory, by words and by meaning, each in a place of its own."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from frontdesk.know.meaning import Meaning
from frontdesk.know.model import Passage
from frontdesk.know.words import Analyzer, Words

Vectors = NDArray[np.float32]

_QUESTIONS = 8  # Of one passage: more say the same again, and each costs a vector.


def texts_of(passage: Passage) -> list[str]:
    """What of a passage is embedded: its whole, then each question that it answers."""
    return [whole(passage), *passage.questions[:_QUESTIONS]]


def whole(passage: Passage) -> str:
    above = ". ".join(part for part in (passage.title, passage.heading) if part)
    return f"{above}. {passage.text}" if above and passage.text else above or passage.text


class Shelf:
    """A passage keeps its place until it goes; places are counted up and used once."""

    def __init__(self, size: int) -> None:
        self.analyzer = Analyzer()
        self.words = Words(self.analyzer)
        self.meaning = Meaning(size)
        self.passages: list[Passage | None] = []
        self.places: dict[str, int] = {}

    def __len__(self) -> int:
        """Places, empty ones too."""
        return len(self.passages)

    def put(self, items: Iterable[tuple[Passage, Vectors]]) -> None:
        for passage, vectors in items:
            if passage.id in self.places:
                self.drop([passage.id])
            place = len(self.passages)
            self.passages.append(passage)
            self.places[passage.id] = place
            self.words.put(place, _worded(passage))
            self.meaning.put(place, np.asarray(vectors, np.float32))

    def drop(self, ids: Iterable[str]) -> None:
        for one in ids:
            place = self.places.pop(one, None)
            passage = None if place is None else self.passages[place]
            if place is not None and passage is not None:
                self.passages[place] = None
                self.words.drop(place, _worded(passage))
                self.meaning.drop(place)

    def alive(self) -> NDArray[np.bool_]:
        return np.array([one is not None for one in self.passages], bool)

    def at(self, places: Sequence[int]) -> list[Passage]:
        return [one for place in places if (one := self.passages[place]) is not None]


def _worded(passage: Passage) -> str:
    return "\n".join((passage.title, passage.heading, *passage.questions[:_QUESTIONS], passage.text))
