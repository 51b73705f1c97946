"""Finding by words: BM25 over rows, in memory.

Why not a full-text index: the ranker needs the score of every passage (to divide by the question's best, and
to learn from the ones that lost), the sum of several questions' words, and rows that come and go one by one.
A list of (row, count) for each word gives all of that in about a millisecond for 100,000 passages. Only the
analysis of the language (words, lower case, stems) is tantivy's.
"""

import unicodedata
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np
import tantivy
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Numbers = NDArray[np.int64]
Number = TypeVar("Number", np.float32, np.int64)

# Robertson's usual values. Help texts differ little in length, and nothing else was better on every set.
K1 = 1.2
B = 0.75
_MAX_WORD = 40
_MOST_COUNTED = 65535
# Of words as they are written, with whatever sign stands at them: reading in a website asks for few others.
_REMEMBERED = 20_000
# Words that wait to be packed; what they take meanwhile is taken for good.
_MOST_WAITING = 200_000


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
        self._of = lru_cache(_REMEMBERED)(builder.build().analyze)

    def stems(self, text: str) -> list[str]:
        whole = text if text.isascii() else unicodedata.normalize("NFKC", text)
        # No word goes on over a space, so that each part can be looked up by itself.
        return [stem for part in whole.split() for stem in self._of(part)]


class _Numbered(dict[str, int]):
    """Each word's number, given out when it is first asked for."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number


@dataclass(frozen=True, slots=True)
class _Pack:
    """The words of some rows. Of the word `words[i]` from `starts[i]` to `starts[i + 1]`: the rows that have
    it, and how often each.
    """

    words: Numbers
    starts: Numbers
    rows: NDArray[np.int32]
    counts: NDArray[np.uint16]

    def __len__(self) -> int:
        return len(self.rows)

    def of(self, word: int) -> slice:
        at = int(self.words.searchsorted(word))
        if at == len(self.words) or self.words[at] != word:
            return slice(0, 0)
        return slice(int(self.starts[at]), int(self.starts[at + 1]))

    def joined(self, later: "_Pack") -> "_Pack":
        words = np.concatenate([np.repeat(one.words, np.diff(one.starts)) for one in (self, later)])
        order = np.argsort(words, kind="stable")
        rows = np.concatenate([self.rows, later.rows])[order]
        return _pack(words[order], rows, np.concatenate([self.counts, later.counts])[order])


def _pack(words: Numbers, rows: NDArray[np.int32], counts: NDArray[np.uint16]) -> _Pack:
    """Of pairs of word and row, by word."""
    starts = np.flatnonzero(np.diff(words, prepend=-1))
    return _Pack(words[starts], np.append(starts, len(words)), rows, counts)


class Words:
    """Rows are small integers that the caller gives out, in growing order and never twice."""

    def __init__(self, analyzer: Analyzer | None = None) -> None:
        self.analyzer = analyzer or Analyzer()
        self._numbers = _Numbered()
        # How many rows have each word.
        self._in = np.zeros(64, np.int64)
        # Each at least twice as long as the next, so that no row is packed often.
        self._packs: list[_Pack] = []
        self._waiting = array("q")
        self._waiting_rows: list[tuple[int, int]] = []
        self._lengths = np.zeros(64, np.float32)
        self._total = 0.0
        self._alive = 0

    def put(self, row: int, text: str) -> None:
        """What is put is packed when it is first asked for: many rows together at a fraction of the cost."""
        stems = self.analyzer.stems(text)
        self._waiting.extend(map(self._numbers.__getitem__, stems))
        self._waiting_rows.append((row, len(stems)))
        self._lengths = _grown(self._lengths, row + 1)
        self._lengths[row] = length = max(1, len(stems))
        self._total += length
        self._alive += 1
        if len(self._waiting) > _MOST_WAITING:
            self._settle()

    def drop(self, row: int, text: str) -> None:
        """`text` as it was put. The row scores 0 from now on; its room is free after the next rebuild."""
        self._settle()
        self._total -= float(self._lengths[row])
        self._alive -= 1
        self._lengths[row] = 0
        self._in[[self._numbers[stem] for stem in set(self.analyzer.stems(text))]] -= 1

    def scores(self, weighed: Mapping[str, float], rows: int) -> Scores:
        """BM25 of each row below `rows`; `weighed` says how much each stem counts."""
        self._settle()
        self._lengths = _grown(self._lengths, rows)
        result = np.zeros(len(self._lengths), np.float32)
        mean = self._total / max(1, self._alive)
        flat = K1 * (1 - B + B * self._lengths / max(mean, 1e-9))
        for word, weight in weighed.items():
            number = self._numbers.get(word)
            if number is None or self._in[number] <= 0:
                continue
            factor = np.float32(weight * self.rarity(word) * (K1 + 1))
            for pack in self._packs:
                there = pack.of(number)
                where, count = pack.rows[there], pack.counts[there].astype(np.float32)
                # A row stands once in a word's list, so plain addition is safe.
                result[where] += factor * count / (count + flat[where])
        result[self._lengths == 0] = 0
        return result[:rows]

    def rarity(self, word: str) -> float:
        """How much a word tells: its inverse document frequency, never below 0."""
        self._settle()
        number = self._numbers.get(word)
        known = 0 if number is None else max(0, int(self._in[number]))
        return float(np.log(1 + (self._alive - known + 0.5) / (known + 0.5)))

    def _settle(self) -> None:
        if not self._waiting_rows:
            return
        self._in = _grown(self._in, len(self._numbers))
        fresh = self._packed()
        self._in[fresh.words] += np.diff(fresh.starts)
        while self._packs and len(self._packs[-1]) < 2 * len(fresh):
            fresh = self._packs.pop().joined(fresh)
        self._packs.append(fresh)
        self._waiting, self._waiting_rows = array("q"), []

    def _packed(self) -> _Pack:
        rows, lengths = np.array(self._waiting_rows, np.int64).T
        # The waiting rows' places, not the rows: a pair is one number, however many rows there were.
        pairs = np.frombuffer(self._waiting, np.int64) * len(rows) + np.repeat(np.arange(len(rows)), lengths)
        pairs, counts = np.unique(pairs, return_counts=True)
        words, places = np.divmod(pairs, len(rows))
        return _pack(words, rows[places].astype(np.int32), counts.clip(max=_MOST_COUNTED).astype(np.uint16))


def _grown(values: NDArray[Number], size: int) -> NDArray[Number]:
    """With zeros behind, in leaps."""
    if size <= len(values):
        return values
    grown = np.zeros(max(size, 2 * len(values)), values.dtype)
    grown[: len(values)] = values
    return grown


def weighed(stems: Iterable[str]) -> dict[str, float]:
    """A word said twice is not twice as telling."""
    return dict.fromkeys(stems, 1.0)
