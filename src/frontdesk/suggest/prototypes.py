"""What a passage's questions look like: the mean of its own vector and of the old questions it answered.

This learns best from few. It moves with the first accepted question, one wrong one hardly moves it, and a
passage with a hundred old questions has no hundred chances to be the nearest, which is how popular passages
swallow the questions of others (the prototypical networks of Snell and others, 2017, without a network).
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]

OWN = 1.5  # What a passage's own vector weighs, in old questions.


class Prototypes:
    """Of passages that answered something; those of all others are their own vectors."""

    def __init__(self, forms: int, size: int) -> None:
        self._sums = np.zeros((forms, 0, size), np.float32)
        self._norms = np.ones((forms, 0), np.float32)
        self._rows: dict[str, int] = {}
        self._stale: set[str] = set()
        self._places = np.zeros(0, np.int64)

    def add(self, passage_id: str, vectors: Values) -> None:
        """An old question's vectors, shape (forms, size), each as long as it weighs."""
        row = self._rows.setdefault(passage_id, len(self._rows))
        if row >= self._sums.shape[1]:
            forms, _, size = self._sums.shape
            more = max(64, row)
            self._sums = np.concatenate([self._sums, np.zeros((forms, more, size), np.float32)], axis=1)
            self._norms = np.concatenate([self._norms, np.ones((forms, more), np.float32)], axis=1)
        self._sums[:, row] += vectors
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
        there = self._places >= 0
        where, count = self._places[there], len(self._places)
        result = own.copy()
        for form, vector in enumerate(vectors):
            learnt = (self._sums[form, :count] @ vector)[there]
            norms = self._norms[form, :count][there]
            result[form, where] = (OWN * own[form, where] + learnt) / norms
        return result

    def _refresh(self, places: Mapping[str, int], vector_of: Callable[[int], Values]) -> None:
        if not self._stale:
            return
        for one in self._stale & places.keys():
            row = self._rows[one]
            whole = OWN * vector_of(places[one]) + self._sums[:, row]
            self._norms[:, row] = np.maximum(np.linalg.norm(whole, axis=1), 1e-6)
        self._places = np.array([places.get(one, -1) for one in self._rows], np.int64)
        self._stale.clear()
