"""What a passage's questions look like: the mean of its own vector and of the old questions it answered.

This learns best from few. It moves with the first accepted question, one wrong one hardly moves it, and a
passage with a hundred old questions has no hundred chances to be the nearest, which is how popular passages
swallow the questions of others (the prototypical networks of Snell and others, 2017, without a network).
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]

OWN = 1.0  # What a passage's own vector weighs, in old questions.


class Prototypes:
    """Of passages that answered something; those of all others are their own vectors."""

    def __init__(self, forms: int, size: int) -> None:
        self._sums = np.zeros((0, forms, size), np.float32)
        self._norms = np.ones((0, forms), np.float32)
        self._rows: dict[str, int] = {}
        self._stale: set[str] = set()

    def add(self, passage_id: str, vectors: Values, weight: float) -> None:
        """An old question's vectors, shape (forms, size)."""
        row = self._rows.setdefault(passage_id, len(self._rows))
        if row >= len(self._sums):
            more = max(64, len(self._sums))
            self._sums = np.concatenate([self._sums, np.zeros((more, *self._sums.shape[1:]), np.float32)])
            self._norms = np.concatenate([self._norms, np.ones((more, self._norms.shape[1]), np.float32)])
        self._sums[row] += np.float32(weight) * vectors
        self._stale.add(passage_id)

    def changed(self, passage_id: str) -> None:
        """The passage itself came, went, or is another now."""
        if passage_id in self._rows:
            self._stale.add(passage_id)

    def cosines(
        self, vectors: Values, own: Values, places: Mapping[str, int], vector_of: Callable[[int], Values]
    ) -> Values:
        """A question's cosine with every prototype, shape (forms, places).

        `own`: its cosine with each passage itself. `vector_of` gives a place's own vector, shape (size,).
        """
        self._refresh(places, vector_of)
        there = [(places[one], row) for one, row in self._rows.items() if one in places]
        result = own.copy()
        if there:
            where, rows = (np.array(part) for part in zip(*there, strict=True))
            for form, vector in enumerate(vectors):
                with_old = OWN * own[form, where] + self._sums[rows, form] @ vector
                result[form, where] = with_old / self._norms[rows, form]
        return result

    def _refresh(self, places: Mapping[str, int], vector_of: Callable[[int], Values]) -> None:
        for one in self._stale:
            if one in places:
                row = self._rows[one]
                whole = OWN * vector_of(places[one]) + self._sums[row]
                self._norms[row] = np.maximum(np.linalg.norm(whole, axis=1), 1e-6)
        self._stale.clear()
