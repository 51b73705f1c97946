"""Suggestions that were rejected, and the questions they were rejected for.

Only a rejection is remembered. That one was passed over says little: most of what is passed over is right for
a question nearby, and counting it did harm wherever it was tried.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frontdesk.know.meaning import Meaning

Values = NDArray[np.float32]

_FROM = 0.5  # Cosine below which two questions have nothing to do with each other.
NEAR = 0.85  # From here on it is the same question again: what was rejected does not come back.


class Refusals:
    def __init__(self, size: int) -> None:
        self.size = size
        self.passages: list[str] = []
        self.origins: list[str] = []
        self._meaning = Meaning(size)

    def __len__(self) -> int:
        return len(self.passages)

    def add(self, passage_id: str, vector: Values, origin: str) -> None:
        self._meaning.put(len(self), vector[None])
        self.passages.append(passage_id)
        self.origins.append(origin)

    def without(self, origin: str) -> "Refusals":
        other = Refusals(self.size)
        for passage_id, whose, vector in zip(self.passages, self.origins, self.vectors(), strict=True):
            if whose != origin:
                other.add(passage_id, vector, whose)
        return other

    def save(self, values: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
        values["refusals"] = {"passages": self.passages, "origins": self.origins}
        arrays["refusals"] = self.vectors().astype(np.float16)

    def load(self, values: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
        told = values["refusals"]
        rows = zip(told["passages"], arrays["refusals"], told["origins"], strict=True)
        for passage_id, vector, origin in rows:
            self.add(passage_id, vector.astype(np.float32), origin)

    def vectors(self) -> Values:
        rows = [self._meaning.of(row)[0] for row in range(len(self))]
        return np.stack(rows) if rows else np.zeros((0, self.size), np.float32)

    def nearness(self, vector: Values, known: Mapping[str, int], count: int) -> Values:
        """For each place, how near the question is to one that it was rejected for: 0..1, shape (count,)."""
        result = np.zeros(count, np.float32)
        if len(self):
            places = np.array([known.get(one, -1) for one in self.passages])
            near = np.clip((self._meaning.best(vector[None], len(self))[0] - _FROM) / (1 - _FROM), 0, 1)
            np.maximum.at(result, places[places >= 0], near[places >= 0])
        return result
