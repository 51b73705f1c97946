"""What speaks for each passage as the answer to one question."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from frontdesk.know.words import weighed
from frontdesk.suggest.memory import Memory, best_of_each, joined, votes
from frontdesk.suggest.question import CONTEXT, LAST, Question
from frontdesk.suggest.shelf import Shelf

Values = NDArray[np.float32]
Signals = Mapping[str, Values]

# Scores fused by weight, words divided by the question's best: the form that held on every set that was
# tried; fusing ranks instead loses what the scores say about being sure.
WEIGHTS = {"words": 0.3, "meaning": 0.6, "context": 0.6, "votes": 0.4}


def signals(question: Question, shelf: Shelf, memory: Memory) -> Signals:
    """Each value of shape (places,)."""
    count = len(shelf)
    places = memory.places(shelf.places)
    last = memory.near(LAST, question.vectors[LAST])
    context = memory.near(CONTEXT, question.vectors[CONTEXT])
    here = shelf.meaning.best(question.vectors[[LAST, CONTEXT]], count)
    stems = weighed(shelf.analyzer.stems(question.text))
    old = best_of_each(memory.words.scores(stems, len(memory)), places, count, 0.0)
    return {
        "words": _normal(joined([shelf.words.scores(stems, count), old])),
        "meaning": joined([here[0], best_of_each(last, places, count, -1.0)]),
        "context": joined([here[1], best_of_each(context, places, count, -1.0)]),
        "votes": votes(context, places, count),
    }


def fused(found: Signals, weights: Mapping[str, float]) -> Values:
    total = sum(np.float32(weights.get(name, 0.0)) * values for name, values in found.items())
    return np.asarray(total, np.float32)


def _normal(values: Values) -> Values:
    return values / max(float(values.max(initial=0.0)), 1e-9)
