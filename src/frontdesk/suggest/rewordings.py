"""Answers that were edited before they were sent, and what the team says instead.

An edited answer was nearly right, so it is remembered as one. But once it was edited several times for such a
question, an approved or past answer to that question, where there is one, is what the team wants to say.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frontdesk.know.meaning import Meaning
from frontdesk.suggest.question import LAST, Question
from frontdesk.suggest.shelf import Shelf

Values = NDArray[np.float32]

TIMES = 3  # Edits after which the team's own wording goes before.
_NEAR = 0.7  # Cosine from which on an edit was made for such a question.
_OWN = ("answer", "reply")
_BEHIND = 0.05


class Rewordings:
    def __init__(self, size: int) -> None:
        self.size = size
        self.passages: list[str] = []
        self.origins: list[str] = []
        self._meaning = Meaning(size)

    def __len__(self) -> int:
        return len(self.passages)

    def add(self, passage_id: str, question: Question) -> None:
        self._add(passage_id, question.vectors[LAST], question.origin)

    def _add(self, passage_id: str, vector: Values, origin: str) -> None:
        self._meaning.put(len(self), vector[None])
        self.passages.append(passage_id)
        self.origins.append(origin)

    def outdone(self, question: Question, shelf: Shelf, scores: Values) -> Values:
        """What to take from each place's score, shape (places,)."""
        result = np.zeros(len(scores), np.float32)
        often = self._often(question.vectors[LAST])
        if not often:
            return result
        own = self._own(question, shelf, often)
        for passage_id in often:
            place = shelf.places.get(passage_id)
            if place is not None and len(own):
                result[place] = max(0.0, float(scores[place] - scores[own].max()) + _BEHIND)
        return result

    def _often(self, vector: Values) -> set[str]:
        """Passages that were edited often enough for questions near this one."""
        if not len(self):
            return set()
        near = self._meaning.best(vector[None], len(self))[0] >= _NEAR
        edited = [passage_id for passage_id, counts in zip(self.passages, near, strict=True) if counts]
        return {one for one in edited if edited.count(one) >= TIMES}

    def _own(self, question: Question, shelf: Shelf, often: set[str]) -> NDArray[np.int64]:
        """Places of the team's own answers to questions near this one."""
        asked = shelf.questions.best(question.vectors[[LAST]], len(shelf))[0]
        there = [int(place) for place in np.flatnonzero(asked >= _NEAR)]
        known = zip(there, shelf.at(there), strict=True)
        return np.array([at for at, one in known if one.kind in _OWN and one.id not in often], np.int64)

    def without(self, origin: str) -> "Rewordings":
        other = Rewordings(self.size)
        for passage_id, whose, vector in zip(self.passages, self.origins, self.vectors(), strict=True):
            if whose != origin:
                other._add(passage_id, vector, whose)
        return other

    def vectors(self) -> Values:
        rows = [self._meaning.of(row)[0] for row in range(len(self))]
        return np.stack(rows) if rows else np.zeros((0, self.size), np.float32)

    def save(self, values: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
        values["rewordings"] = {"passages": self.passages, "origins": self.origins}
        arrays["rewordings"] = self.vectors().astype(np.float16)

    def load(self, values: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
        told = values["rewordings"]
        rows = zip(told["passages"], arrays["rewordings"], told["origins"], strict=True)
        for passage_id, vector, origin in rows:
            self._add(passage_id, vector.astype(np.float32), origin)
