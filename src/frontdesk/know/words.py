"""Finding by words: BM25 over rows, in memory.

Why not a full-text index: the ranker needs the score of every passage (to divide by the question's best, and
to learn from the ones that lost), the sum of several questions' words, and rows that come and go one by one.
A list of (row, count) for each word gives all of that in about a millisecond for 100,000 passages. Only the
analysis of the language (words, lower case, stems) is tantivy's.
"""

import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np
import tantivy
from numpy.typing import NDArray

Scores = NDArray[np.float32]

# Robertson's usual values. Help texts differ little in length, and nothing else was better on every set.
K1 = 1.2
B = 0.75
_MAX_WORD = 40


class Analyzer:
    """Text to stems, always the same way: lower case, without accents, English endings taken off."""

    def __init__(self) -> None:
        builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        filters = (
            tantivy.Filter.remove_long(_MAX_WORD),
            tantivy.Filter.lowercase(),
            tantivy.Filter.ascii_fold(),
            tantivy.Filter.stemmer("english"),
        )
        for one in filters:
            builder = builder.filter(one)
        self._analyzer = builder.build()

    def stems(self, text: str) -> list[str]:
        found: list[str] = self._analyzer.analyze(unicodedata.normalize("NFKC", text))
        return found


class Words:
    """Rows are small integers that the caller gives out, in growing order and never twice."""

    def __init__(self, analyzer: Analyzer | None = None) -> None:
        self.analyzer = analyzer or Analyzer()
        self._rows: dict[str, array[int]] = {}
        self._counts: dict[str, array[int]] = {}
        self._in: Counter[str] = Counter()
        self._lengths = np.zeros(64, np.float32)
        self._total = 0.0
        self._alive = 0

    def put(self, row: int, text: str) -> None:
        counted = Counter(self.analyzer.stems(text))
        self._grow(row + 1)
        self._lengths[row] = length = max(1, counted.total())
        self._total += length
        self._alive += 1
        rows, counts = self._rows, self._counts
        for word, count in counted.items():
            kept = count if count < 65536 else 65535
            if (there := rows.get(word)) is None:
                rows[word], counts[word] = array("i", (row,)), array("H", (kept,))
            else:
                there.append(row)
                counts[word].append(kept)
        self._in.update(counted.keys())

    def drop(self, row: int, text: str) -> None:
        """`text` as it was put. The row scores 0 from now on; its room is free after the next rebuild."""
        self._total -= float(self._lengths[row])
        self._alive -= 1
        self._lengths[row] = 0
        self._in.subtract(set(self.analyzer.stems(text)))

    def scores(self, weighed: Mapping[str, float], rows: int) -> Scores:
        """BM25 of each row below `rows`; `weighed` says how much each stem counts."""
        self._grow(rows)
        result = np.zeros(len(self._lengths), np.float32)
        mean = self._total / max(1, self._alive)
        flat = K1 * (1 - B + B * self._lengths / max(mean, 1e-9))
        for word, weight in weighed.items():
            if (found := self._rows.get(word)) is None or self._in[word] <= 0:
                continue
            where = np.frombuffer(found, np.int32)
            count = np.frombuffer(self._counts[word], np.uint16).astype(np.float32)
            # A row stands once in a word's list, so plain addition is safe.
            result[where] += np.float32(weight * self.rarity(word) * (K1 + 1)) * count / (count + flat[where])
        result[self._lengths == 0] = 0
        return result[:rows]

    def rarity(self, word: str) -> float:
        """How much a word tells: its inverse document frequency, never below 0."""
        known = max(0, self._in[word])
        return float(np.log(1 + (self._alive - known + 0.5) / (known + 0.5)))

    def _grow(self, rows: int) -> None:
        if rows > len(self._lengths):
            fresh = np.zeros(max(rows, 2 * len(self._lengths)), np.float32)
            fresh[: len(self._lengths)] = self._lengths
            self._lengths = fresh


def weighed(stems: Iterable[str]) -> dict[str, float]:
    """A word said twice is not twice as telling."""
    return dict.fromkeys(stems, 1.0)
