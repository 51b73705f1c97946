"""Answers that were edited before they were sent, and what the team says instead.

An edited answer was nearly right, so it is remembered as one. But once it was edited several times for such a
question, an approved or past answer to that question, where there is one, is what the team wants to say.
"""

import numpy as np
from numpy.typing import NDArray

from frontdesk.suggest.marks import Marks, Values
from frontdesk.suggest.question import LAST, Question
from frontdesk.suggest.shelf import Shelf

TIMES = 3  # Edits after which the team's own wording goes before.
_NEAR = 0.7  # Cosine from which on an edit was made for such a question.
_OWN = ("answer", "reply")
_BEHIND = 0.05


class Rewordings(Marks):
    name = "rewordings"

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
        near = self.near(vector[None])[0] >= _NEAR
        edited = [passage_id for passage_id, counts in zip(self.passages, near, strict=True) if counts]
        return {one for one in edited if edited.count(one) >= TIMES}

    def _own(self, question: Question, shelf: Shelf, often: set[str]) -> NDArray[np.int64]:
        """Places of the team's own answers to questions near this one."""
        asked = shelf.questions.best(question.vectors[[LAST]], len(shelf))[0]
        there = [int(place) for place in np.flatnonzero(asked >= _NEAR)]
        known = zip(there, shelf.at(there), strict=True)
        return np.array([at for at, one in known if one.kind in _OWN and one.id not in often], np.int64)
