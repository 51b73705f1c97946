"""All passages in memory, by words, by meaning and by subject, each in a place of its own."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from frontdesk.know.meaning import Meaning
from frontdesk.know.model import Passage
from frontdesk.know.words import Analyzer, Words
from frontdesk.suggest.subjects import Subjects

Vectors = NDArray[np.float32]

_QUESTIONS = 8  # Of one passage: more say the same again, and each costs a vector.


def texts_of(passage: Passage) -> list[str]:
    """What of a passage is embedded: its whole, then each question that it answers."""
    return [_whole(passage), *_questions(passage)]


def _whole(passage: Passage) -> str:
    above = ". ".join(part for part in (passage.title, passage.heading) if part)
    return f"{above}. {passage.text}" if above and passage.text else above or passage.text


def _questions(passage: Passage) -> list[str]:
    """A title that asks is a question too, where a text answers it."""
    asks = [one for one in (passage.title, passage.heading) if one.rstrip().endswith("?") and passage.text]
    return [*asks, *passage.questions[:_QUESTIONS]]


class Shelf:
    """A passage keeps its place until it goes; places are counted up and used once."""

    def __init__(self, size: int) -> None:
        self.analyzer = Analyzer()
        self.words = Words(self.analyzer)
        self.wholes = Meaning(size)
        self.questions = Meaning(size)
        self.subjects = Subjects(self.analyzer.stems, self.words.rarity)
        self.passages: list[Passage | None] = []
        self.places: dict[str, int] = {}
        self.version = 0
        self._alive, self._alive_at = np.zeros(0, bool), 0

    def __len__(self) -> int:
        """Places, empty ones too."""
        return len(self.passages)

    def put(self, items: Iterable[tuple[Passage, Vectors]]) -> None:
        """With the vectors of `texts_of`; a passage that is there is replaced."""
        newest = {passage.id: (passage, vectors) for passage, vectors in items}
        if not newest:
            return
        self.drop(newest)
        first = len(self.passages)
        for place, (passage, _) in enumerate(newest.values(), first):
            self.passages.append(passage)
            self.places[passage.id] = place
            self.words.put(place, _worded(passage))
            self.subjects.put(place, passage)
        self._embed(first, [vectors for _, vectors in newest.values()])
        self.subjects.settle()

    def _embed(self, first: int, vectors: Sequence[Vectors]) -> None:
        places = range(first, first + len(vectors))
        self.wholes.put_each(places, np.stack([one[0] for one in vectors]).astype(np.float32))
        asked = [place for place, one in zip(places, vectors, strict=True) for _ in one[1:]]
        if asked:
            self.questions.put_each(asked, np.concatenate([one[1:] for one in vectors]).astype(np.float32))

    def drop(self, ids: Iterable[str]) -> None:
        self.version += 1
        for one in ids:
            place = self.places.pop(one, None)
            passage = None if place is None else self.passages[place]
            if place is not None and passage is not None:
                self.passages[place] = None
                self.words.drop(place, _worded(passage))
                self.subjects.drop(place)
                self.wholes.drop(place)
                self.questions.drop(place)

    def cosines(self, vectors: Vectors) -> Vectors:
        """Questions (q, size) -> (q, places). Where a passage has questions, they and the whole count alike:
        what people ask is nearer to a question than to its answer, and the answer tells like questions apart.
        """
        wholes = self.wholes.best(vectors, len(self))
        if not len(self.questions):
            return wholes
        asked = self.questions.best(vectors, len(self))
        return np.where(asked > -1, (wholes + asked) / 2, wholes)

    def vector_of(self, place: int) -> Vectors:
        vector: Vectors = self.wholes.of(place)[0]
        return vector

    def alive(self) -> NDArray[np.bool_]:
        """Shape (places,): is there a passage; the caller's own."""
        if self._alive_at != self.version:
            self._alive = np.array([one is not None for one in self.passages], bool)
            self._alive_at = self.version
        return self._alive.copy()

    def at(self, places: Sequence[int]) -> list[Passage]:
        return [one for place in places if (one := self.passages[place]) is not None]


def _worded(passage: Passage) -> str:
    return "\n".join((passage.title, passage.heading, *passage.questions[:_QUESTIONS], passage.text))
