"""Finding by meaning: exact search over all vectors, in memory.

Each number is kept in 8 bits with one scale a row: a quarter of the memory, as fast to read (memory is what
bounds this), and wrong by about .0005 of a cosine, far below what separates two passages. 100,000 rows take
38 MB and about 30 ms on one core for three questions at once; an approximate index would be quicker and needs
building, memory, and luck.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

_BLOCK = 2048


class Meaning:
    """Vectors of owners; an owner is a small integer that the caller gives out and may have several."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._count = 0
        self._numbers = np.zeros((0, size), np.int8)
        self._scales = np.zeros(0, np.float32)
        self._owners = np.zeros(0, np.int32)
        self._rows: dict[int, list[int]] = {}

    def __len__(self) -> int:
        return self._count

    def put(self, owner: int, vectors: Vectors) -> None:
        """Vectors (k, size) of length 1, besides those that the owner has."""
        self.put_each([owner] * len(vectors), vectors)

    def put_each(self, owners: Sequence[int], vectors: Vectors) -> None:
        """The same of many owners: each row of `vectors` is one's."""
        start, end = self._count, self._count + len(vectors)
        self._make_room(end)
        scales = np.maximum(np.abs(vectors).max(axis=1), 1e-9) / 127
        self._numbers[start:end] = np.rint(vectors / scales[:, None])
        self._scales[start:end] = scales
        self._owners[start:end] = owners
        for row, owner in enumerate(owners, start):
            self._rows.setdefault(owner, []).append(row)
        self._count = end

    def drop(self, owner: int) -> None:
        """The last row takes the place of each one that goes, so that no holes are ever searched."""
        for row in sorted(self._rows.pop(owner, ()), reverse=True):
            last = self._count - 1
            if row != last:
                self._move(last, row)
            self._count = last

    def of(self, owner: int) -> Vectors:
        """What the owner has, shape (k, size), as it is searched."""
        rows = self._rows.get(owner, [])
        return np.asarray(self._numbers[rows] * self._scales[rows, None], np.float32)

    def best(self, questions: Vectors, owners: int) -> Vectors:
        """(q, size) -> (q, owners): the product with each owner's nearest vector; -1 for those without."""
        result = np.full((len(questions), owners), -1.0, np.float32)
        found = self._products(np.ascontiguousarray(questions.T))
        for row, products in enumerate(found):
            np.maximum.at(result[row], self._owners[: self._count], products)
        return result

    def _products(self, questions: Vectors) -> Vectors:
        found = np.empty((questions.shape[1], self._count), np.float32)
        block = np.empty((_BLOCK, self._size), np.float32)
        for start in range(0, self._count, _BLOCK):
            end = min(start + _BLOCK, self._count)
            part = block[: end - start]
            np.copyto(part, self._numbers[start:end])
            found[:, start:end] = (part @ questions).T * self._scales[start:end]
        return found

    def _move(self, old: int, new: int) -> None:
        owner = int(self._owners[old])
        self._numbers[new] = self._numbers[old]
        self._scales[new] = self._scales[old]
        self._owners[new] = owner
        rows = self._rows[owner]
        rows[rows.index(old)] = new

    def _make_room(self, rows: int) -> None:
        if rows <= len(self._scales):
            return
        room = max(rows, len(self._scales) * 3 // 2, 64)
        old, self._numbers = self._numbers, np.zeros((room, self._size), np.int8)
        self._numbers[: self._count] = old[: self._count]
        self._scales = np.concatenate([self._scales, np.zeros(room - len(self._scales), np.float32)])
        self._owners = np.concatenate([self._owners, np.zeros(room - len(self._owners), np.int32)])
