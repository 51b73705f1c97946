"""Old questions and the passage that answered each: accepted suggestions, and the desk's own history."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from frontdesk.know.meaning import Meaning
from frontdesk.know.words import Analyzer, Words
from frontdesk.suggest.question import CONTEXT, FORMS, Question

Vectors = NDArray[np.float32]


class Memory:
    """Row i: the question `texts[i]` was answered by the passage `answers[i]`."""

    def __init__(self, size: int, analyzer: Analyzer) -> None:
        self.texts: list[str] = []
        self.answers: list[str] = []
        self.origins: list[str] = []
        self.forms = tuple(Meaning(size) for _ in range(FORMS))
        self.words = Words(analyzer)
        self._known: set[tuple[str, str, bytes]] = set()

    def __len__(self) -> int:
        return len(self.texts)

    def add(self, question: Question, passage_id: str) -> bool:
        """False where this very question was known with this answer."""
        key = (question.text, passage_id, question.vectors[CONTEXT].tobytes()[:16])
        if key in self._known:
            return False
        self._known.add(key)
        row = len(self)
        for form, vector in zip(self.forms, question.vectors, strict=True):
            form.put(row, vector[None])
        self.words.put(row, question.text)
        self.texts.append(question.text)
        self.answers.append(passage_id)
        self.origins.append(question.origin)
        return True

    def places(self, known: dict[str, int]) -> NDArray[np.int64]:
        """Where each row's answer stands; -1 for one that is gone."""
        return np.array([known.get(one, -1) for one in self.answers], np.int64)

    def near(self, form: int, vector: Vectors) -> Vectors:
        """The cosine of each row with a question's vector."""
        return self.forms[form].best(vector[None], len(self))[0]


def best_of_each(values: Vectors, places: NDArray[np.int64], count: int, floor: float) -> Vectors:
    """(rows,) -> (count,): the highest value among the rows of each place."""
    result = np.full(count, floor, np.float32)
    there = places >= 0
    np.maximum.at(result, places[there], values[there])
    return result


def votes(cosines: Vectors, places: NDArray[np.int64], count: int, neighbours: int = 10) -> Vectors:
    """(count,): the share of the nearest old questions that each place answered; nearer ones count more."""
    result = np.zeros(count, np.float32)
    there = np.flatnonzero(places >= 0)
    if not len(there):
        return result
    nearest = there[np.argsort(-cosines[there], kind="stable")[:neighbours]]
    weights = np.exp((cosines[nearest] - 1) / 0.1)
    np.add.at(result, places[nearest], weights / max(float(weights.sum()), 1e-9))
    return result


def joined(parts: Sequence[Vectors]) -> Vectors:
    return np.max(np.stack(parts), axis=0)
