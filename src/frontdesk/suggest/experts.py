"""The heads of one desk: trained on its old questions, asked about new ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frontdesk.suggest import heads
from frontdesk.suggest.question import CONTEXT, CUSTOMER, FORMS, LAST, Question
from frontdesk.suggest.signals import fused

Values = NDArray[np.float32]

SIGNALS = ("expert", "order", "letters")
LEAST = 60  # Old questions from which on heads are worth it.
_TALKS = 0.2  # Share of questions with a talk before them from which on its state is read.
_PENALTY = {"meaning": 5e-4, "letters": 1e-4}
_ROUNDS = {"meaning": 10, "letters": 4}
_FLOOR = 8.0  # Below a probability of e^-8 all are the same.


@dataclass(frozen=True, slots=True)
class Experts:
    """`forms`: which of a question's vectors the first head reads."""

    classes: tuple[str, ...]
    forms: tuple[int, ...]
    meaning: heads.Head
    letters: heads.Head
    rarities: Values

    def signals(self, question: Question, places: Mapping[str, int], count: int) -> dict[str, Values]:
        """`expert`: the first head's probability; `order`: its logarithm brought to 0..1, which still tells
        the tenth from the twentieth; `letters`: the second head's probability.

        Each of shape (count,): 0 for passages that answered nothing yet.
        """
        expert, letters = (chances[0] for chances in self.chances([question]))
        order = np.maximum(0, 1 + np.log(expert + 1e-9) / _FLOOR)
        there = np.array([places.get(one, -1) for one in self.classes])
        known = there >= 0
        result = {name: np.zeros(count, np.float32) for name in SIGNALS}
        for name, values in zip(SIGNALS, (expert, order, letters), strict=True):
            result[name][there[known]] = values[known]
        return result

    def chances(self, questions: Sequence[Question]) -> tuple[Values, Values]:
        """Of the two heads, each (n, classes)."""
        rows = _read([one.vectors for one in questions], self.forms)
        typed = heads.Spelled([heads.letters(one.text) for one in questions], self.rarities)
        return self.meaning.chances(rows), self.letters.chances(typed.rows(np.arange(len(questions))))

    def save(self, values: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
        values["experts"] = {"classes": self.classes, "forms": self.forms}
        arrays["expert_meaning"] = self.meaning.weights.astype(np.float16)
        arrays["expert_letters"] = self.letters.weights.astype(np.float16)
        arrays["expert_rarities"] = self.rarities


def loaded(values: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> Experts | None:
    if "experts" not in values:
        return None
    told = values["experts"]
    return Experts(
        tuple(told["classes"]),
        tuple(told["forms"]),
        heads.Head(arrays["expert_meaning"].astype(np.float32)),
        heads.Head(arrays["expert_letters"].astype(np.float32)),
        arrays["expert_rarities"].astype(np.float32),
    )


def trained(pairs: Sequence[tuple[Question, str]], own: Mapping[str, Values]) -> Experts:
    """From old questions and their answers; `own`: the vectors of the passages themselves."""
    classes = tuple(sorted({answer for _, answer in pairs}))
    number = {one: place for place, one in enumerate(classes)}
    labels = np.array([number[answer] for _, answer in pairs])
    talks = np.mean([bool(question.turns) for question, _ in pairs])
    forms = tuple(range(FORMS)) if talks >= _TALKS else (LAST,)
    # A passage is an example of itself, so that one with a single old question is not swallowed by others.
    themselves = [_as_question(own[one]) for one in classes if one in own]
    rows = _read([*(question.vectors for question, _ in pairs), *themselves], forms)
    all_labels = np.concatenate([labels, [number[one] for one in classes if one in own]]).astype(np.int64)
    meaning = heads.trained(
        lambda some: rows[some],
        all_labels,
        rows.shape[1],
        len(classes),
        _PENALTY["meaning"],
        _ROUNDS["meaning"],
    )
    groups = [heads.letters(question.text) for question, _ in pairs]
    weights = heads.rarities(groups)
    spelled = heads.Spelled(groups, weights)
    typed = heads.trained(
        spelled.rows,
        labels,
        heads.LETTERS,
        len(classes),
        _PENALTY["letters"],
        _ROUNDS["letters"],
    )
    return Experts(classes, forms, meaning, typed, weights)


def _as_question(vector: Values) -> Values:
    forms = np.zeros((FORMS, len(vector)), np.float32)
    forms[[LAST, CONTEXT, CUSTOMER]] = vector
    return forms


def _read(vectors: Sequence[Values], forms: Sequence[int]) -> Values:
    """(n, forms * size), of length about 1."""
    chosen = np.stack(vectors)[:, list(forms)].reshape(len(vectors), -1)
    return np.asarray(chosen / np.sqrt(len(forms)), np.float32)


def silenced(
    found: Mapping[str, Values], weights: Mapping[str, float], alive: NDArray[np.bool_]
) -> dict[str, Values]:
    """No say for the heads where a passage that they never saw is the best without them: it may be new."""
    plain = fused({name: values for name, values in found.items() if name not in SIGNALS}, weights)
    best = int(np.argmax(np.where(alive, plain, -np.inf)))
    if found["expert"][best] > 0:
        return {}
    return {name: np.zeros_like(found[name]) for name in SIGNALS}
