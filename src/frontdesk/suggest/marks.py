"""What happened to passages, and at which questions: remembered, found by nearness, forgotten by customer."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from frontdesk.know.meaning import Meaning

Values = NDArray[np.float32]


class Marks:
    """`name` is what they are saved as."""

    name: ClassVar[str]

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

    def without(self, origin: str) -> Self:
        other = type(self)(self.size)
        for passage_id, whose, vector in zip(self.passages, self.origins, self.vectors(), strict=True):
            if whose != origin:
                other.add(passage_id, vector, whose)
        return other

    def vectors(self) -> Values:
        rows = [self._meaning.of(row)[0] for row in range(len(self))]
        return np.stack(rows) if rows else np.zeros((0, self.size), np.float32)

    def save(self, values: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
        values[self.name] = {"passages": self.passages, "origins": self.origins}
        arrays[self.name] = self.vectors().astype(np.float16)

    def load(self, values: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
        told = values[self.name]
        rows = zip(told["passages"], arrays[self.name], told["origins"], strict=True)
        for passage_id, vector, origin in rows:
            self.add(passage_id, vector.astype(np.float32), origin)
