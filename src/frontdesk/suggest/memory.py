"""Old questions and the passage that answered each: accepted suggestions, and the desk's own history."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frontdesk.know.meaning import Meaning
from frontdesk.know.words import Analyzer, Words
from frontdesk.suggest.prototypes import Prototypes
from frontdesk.suggest.question import CONTEXT, LAST, Question

Values = NDArray[np.float32]
Places = NDArray[np.int64]

FORMS = [LAST, CONTEXT]

# What an old question weighs in its passage's prototypes, alone and with context. One that followed others
# says little alone: "How does it work?" is asked of anything.
_OPENING = np.array([[1.0], [1.0]], np.float32)
_FOLLOWING = np.array([[0.2], [1.0]], np.float32)


class Memory:
    """Row i: the question `texts[i]`, of `origins[i]`, was answered by the passage `answers[i]`."""

    def __init__(self, size: int, analyzer: Analyzer) -> None:
        self.size, self.analyzer = size, analyzer
        self.texts: list[str] = []
        self.answers: list[str] = []
        self.origins: list[str] = []
        self.follows: list[bool] = []
        self.words = Words(analyzer)
        self.prototypes = Prototypes(len(FORMS), size)
        self._near = tuple(Meaning(size) for _ in FORMS)
        self._known: set[tuple[str, str, bytes]] = set()
        self._places, self._version = np.zeros(0, np.int64), -1

    def __len__(self) -> int:
        return len(self.texts)

    def add(self, question: Question, passage_id: str) -> bool:
        """False where this very question was known with this answer."""
        vectors = question.vectors[FORMS]
        return self.add_vectors(question.text, passage_id, question.origin, vectors, bool(question.turns))

    def add_vectors(self, text: str, passage_id: str, origin: str, vectors: Values, follows: bool) -> bool:
        """`vectors`: shape (2, size), of the question alone and with its context. `follows`: it has some."""
        key = (text, passage_id, np.rint(vectors[1, :8] * 50).astype(np.int8).tobytes())
        if key in self._known:
            return False
        self._known.add(key)
        row = len(self)
        for form, vector in zip(self._near, vectors, strict=True):
            form.put(row, vector[None])
        self.words.put(row, text)
        self.prototypes.add(passage_id, vectors * (_FOLLOWING if follows else _OPENING))
        self.texts.append(text)
        self.answers.append(passage_id)
        self.origins.append(origin)
        self.follows.append(follows)
        return True

    def without(self, origin: str) -> "Memory":
        """A memory that never heard of it."""
        other = Memory(self.size, self.analyzer)
        for row, vectors in enumerate(self.vectors()):
            if self.origins[row] != origin:
                told = (self.texts[row], self.answers[row], self.origins[row])
                other.add_vectors(*told, vectors, self.follows[row])
        return other

    def save(self, values: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
        values["memory"] = {
            "texts": self.texts,
            "answers": self.answers,
            "origins": self.origins,
            "follows": self.follows,
        }
        arrays["memory"] = self.vectors().astype(np.float16)

    def load(self, values: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
        told = values["memory"]
        rows = zip(told["texts"], told["answers"], told["origins"], told["follows"], strict=True)
        for (text, passage_id, origin, follows), vectors in zip(rows, arrays["memory"], strict=True):
            self.add_vectors(text, passage_id, origin, vectors.astype(np.float32), follows)

    def vectors(self) -> Values:
        """Shape (len, 2, size), as they are searched."""
        rows = [np.concatenate([form.of(row) for form in self._near]) for row in range(len(self))]
        return np.stack(rows) if rows else np.zeros((0, len(FORMS), self.size), np.float32)

    def places(self, known: Mapping[str, int], version: int) -> Places:
        """Where each row's answer stands; -1 for one that is gone. `version` tells when `known` changed."""
        if version != self._version:
            self._version, self._places = version, np.zeros(0, np.int64)
        if len(self._places) < len(self):
            fresh = [known.get(one, -1) for one in self.answers[len(self._places) :]]
            self._places = np.concatenate([self._places, np.array(fresh, np.int64)])
        return self._places

    def near(self, question: Question) -> Values:
        """The cosine of each row with a question, alone and with its context: shape (2, len)."""
        pairs = zip(self._near, question.vectors[FORMS], strict=True)
        return np.stack([form.best(vector[None], len(self))[0] for form, vector in pairs])


def best_of_each(values: Values, places: Places, count: int, floor: float) -> Values:
    """(rows,) -> (count,): the highest value among the rows of each place."""
    result = np.full(count, floor, np.float32)
    there = places >= 0
    np.maximum.at(result, places[there], values[there])
    return result
