"""What happened to passages, and at which questions: remembered, found by nearness, forgotten by customer."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from frontdesk.know.meaning import Meaning

Values = NDArray[np.float32]


class Marks:
    """`name` is what they are saved as; `forms`, in how many of its forms a question is remembered."""

    name: ClassVar[str]
    forms: ClassVar[int] = 1

    def __init__(self, size: int) -> None:
        self.size = size
        self.passages: list[str] = []
        self.origins: list[str] = []
        self._meanings = tuple(Meaning(size) for _ in range(self.forms))

    def __len__(self) -> int:
        return len(self.passages)

    def add(self, passage_id: str, vectors: Values, origin: str) -> None:
        """`vectors`: of the question's forms, shape (forms, size)."""
        for meaning, vector in zip(self._meanings, vectors, strict=True):
            meaning.put(len(self), vector[None])
        self.passages.append(passage_id)
        self.origins.append(origin)

    def near(self, vectors: Values) -> Values:
        """The cosine of each mark with a question, in each form: shape (forms, len)."""
        pairs = zip(self._meanings, vectors, strict=True)
        return np.stack([meaning.best(vector[None], len(self))[0] for meaning, vector in pairs])

    def without(self, origin: str) -> Self:
        other = type(self)(self.size)
        for passage_id, whose, vectors in zip(self.passages, self.origins, self.vectors(), strict=True):
            if whose != origin:
                other.add(passage_id, vectors, whose)
        return other

    def vectors(self) -> Values:
        """Shape (len, forms, size)."""
        rows = [np.concatenate([form.of(row) for form in self._meanings]) for row in range(len(self))]
        return np.stack(rows) if rows else np.zeros((0, self.forms, self.size), np.float32)

    def save(self, values: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
        values[self.name] = {"passages": self.passages, "origins": self.origins}
        arrays[self.name] = self.vectors().astype(np.float16)

    def load(self, values: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
        told = values[self.name]
        rows = zip(told["passages"], arrays[self.name], told["origins"], strict=True)
        for passage_id, vectors, origin in rows:
            # Saved before there were several forms: the one stands for all.
            all_forms = np.broadcast_to(np.atleast_2d(vectors), (self.forms, self.size))
            self.add(passage_id, all_forms.astype(np.float32), origin)
