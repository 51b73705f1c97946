"""Suggestions that were rejected, and the questions they were rejected for.

Only a rejection is remembered. That one was passed over says little: most of what is passed over is right for
a question nearby, and counting it did harm wherever it was tried.
"""

from collections.abc import Mapping

import numpy as np

from frontdesk.suggest.marks import Marks, Values

_FROM = 0.5  # Cosine below which two questions have nothing to do with each other.
NEAR = 0.85  # From here on it is the same question again: what was rejected does not come back.


class Refusals(Marks):
    """A question alone and with its context: "And breakfast?" is the same question only in the same talk."""

    name = "refusals"
    forms = 2

    def nearness(self, vectors: Values, known: Mapping[str, int], count: int) -> Values:
        """For each place, how near the question is to one that it was rejected for: 0..1, shape (count,)."""
        result = np.zeros(count, np.float32)
        if len(self):
            places = np.array([known.get(one, -1) for one in self.passages])
            near = np.clip((self.near(vectors).min(axis=0) - _FROM) / (1 - _FROM), 0, 1)
            np.maximum.at(result, places[places >= 0], near[places >= 0])
        return result
