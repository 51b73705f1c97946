"""What a talk is about, where a company says the same about many things.

A hotel chain answers "Is there parking?" once for each of its hotels, a shop "How do I clean it?" once for
each product. Words and meaning cannot choose between such passages: which thing the talk named decides. A
subject is what stands above several passages that differ in what they say about it: the title over headings,
or the first part of titles such as "Hotel Anna: Is there parking?".

Whether a company is of this kind is read from its own passages: from how many stand beneath another subject
too, under the same heading. Where each page is about something else, a name in the talk must not count; there
it would only pull in the wrong page.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from frontdesk.know.model import Passage

Values = NDArray[np.float32]
Name = frozenset[str]
Stems = Callable[[str], list[str]]
Rarity = Callable[[str], float]

FADES = 0.9  # A turn earlier counts this much less.
NAMED = 0.5  # The share of a name, by how much its words tell, that has to be said.
# The share of passages with a twin beneath another subject from which on, and from which fully, names count.
_RARE, _COMMON = 0.1, 0.3
_FEW_PASSAGES = 5000
_MOST_TURNS = 12
_BETWEEN = re.compile(r"\s*(?:: | \| | - | – | — | » | › )\s*")


def divided(passage: Passage) -> tuple[str, str]:
    """(subject, what is said about it); the subject is "" where none can be told apart."""
    if passage.title and passage.heading:
        return passage.title, passage.heading
    parts = _BETWEEN.split(passage.title, maxsplit=1)
    return (parts[0], parts[1]) if len(parts) == 2 and all(parts) else ("", passage.title)


class Subjects:
    """Follows the shelf: `put` and `drop` with the same places, then `settle`."""

    def __init__(self, stems: Stems, rarity: Rarity) -> None:
        self._stems, self._rarity = stems, rarity
        self._numbers: dict[Name, int] = {}
        self._names: list[Name] = []
        self._with: dict[str, set[int]] = defaultdict(set)
        self._of: list[int] = []
        self._said: list[Name] = []
        self._changes = 0
        self._counts = np.zeros(0, np.int64)
        self.weight = 0.0
        """0 where every page is about something else, 1 where many things share their headings."""

    def put(self, place: int, passage: Passage) -> None:
        """Places come in growing order, one after the other."""
        assert place == len(self._of)
        subject, said = divided(passage)
        name = frozenset(self._stems(subject))
        self._of.append(self._number(name) if name else -1)
        self._said.append(frozenset(self._stems(said)) - name)
        self._changes += 1

    def drop(self, place: int) -> None:
        self._of[place] = -1
        self._changes += 1

    def settle(self) -> None:
        """Counts anew; with many passages, only once enough have changed to matter."""
        if self._changes * 50 < len(self._of) - _FEW_PASSAGES or not self._changes:
            return
        self._changes = 0
        told = {(of, said) for of, said in zip(self._of, self._said, strict=True) if of >= 0}
        kinds = Counter(of for of, _ in told)
        about = Counter(said for of, said in told if kinds[of] > 1)
        placed = list(zip(self._of, self._said, strict=True))
        twins = sum(kinds[of] > 1 and about[said] > 1 for of, said in placed if of >= 0)
        share = twins / max(1, sum(of >= 0 for of in self._of))
        self.weight = min(1.0, max(0.0, (share - _RARE) / (_COMMON - _RARE)))
        self._counts = np.array([kinds[number] for number in range(len(self._names))], np.int64)

    def named(self, turns: Sequence[str]) -> Values:
        """How much the talk is about each place's subject, 0..1, shape (places,). Newest turn first."""
        # The last number stands for places without a subject.
        strength = np.zeros(len(self._names) + 1, np.float32)
        for age, text in enumerate(turns[:_MOST_TURNS]):
            for number, share in self._covered(text).items():
                strength[number] = max(strength[number], share * FADES**age)
        return strength[np.array(self._of, np.int64)] if self._of else np.zeros(0, np.float32)

    def _covered(self, text: str) -> dict[int, float]:
        words = set(self._stems(text))
        touched = {number for word in words for number in self._with.get(word, ()) if self._is_one(number)}
        shares = {number: self._share(self._names[number], words) for number in touched}
        return {number: share for number, share in shares.items() if share >= NAMED}

    def _is_one(self, number: int) -> bool:
        """More than one thing is said about it."""
        return number < len(self._counts) and bool(self._counts[number] > 1)

    def _share(self, name: Name, words: set[str]) -> float:
        whole = sum(self._rarity(word) for word in name)
        return sum(self._rarity(word) for word in name & words) / whole if whole > 0 else 0.0

    def _number(self, name: Name) -> int:
        if name not in self._numbers:
            self._numbers[name] = len(self._names)
            self._names.append(name)
            for word in name:
                self._with[word].add(self._numbers[name])
        return self._numbers[name]
