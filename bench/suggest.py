"""A question in, suggestions out: one process, passages with a language's rare and common words."""

import gc
import os
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from bench.figures import percentile, spread
from frontdesk.know import encoder
from frontdesk.know.encoder import MiniLM
from frontdesk.know.model import Passage, Turn
from frontdesk.suggest.engine import Engine

Vectors = NDArray[np.float32]

_QUESTIONS, _FIRST = 300, 20
_PORTION = 1000
_TOPICS = 400
_SPREAD = 0.8
_TEXT, _TITLE, _ASKED = 70, 4, 12
_SMALL = 10_000
BAR_MS = {"small": 60.0, "large": 150.0}
BAR_MB = {"small": 350.0, "large": 700.0}
_FRESH_MB = 350.0


def suggest(passages: int, threads: int) -> dict[str, Any]:
    engine = Engine(MiniLM(threads))
    engine.embed([Turn("customer", "Hello")])
    fresh = _resident_mb()
    words = _Words(np.random.default_rng(7))
    began = perf_counter()
    _fill(engine, words, passages)
    filled = perf_counter() - began
    read, ranked = _asked(engine, words)
    both = [one + other for one, other in zip(read, ranked, strict=True)]
    gc.collect()
    return {
        "passages": passages,
        "threads": threads,
        "questions": _QUESTIONS,
        **spread(both),
        "read_p50_ms": percentile(read, 50),
        "rank_p50_ms": percentile(ranked, 50),
        "rank_p99_ms": percentile(ranked, 99),
        "fill_s": round(filled, 1),
        "fresh_mb": fresh,
        "resident_mb": _resident_mb(),
    }


class _Words:
    """Texts of English words, the n-th most frequent used in proportion to 1/n."""

    def __init__(self, dice: np.random.Generator) -> None:
        known = Tokenizer.from_file(str(encoder.words_file())).get_vocab()
        whole = sorted((place, word) for word, place in known.items() if word.isalpha() and len(word) > 2)
        self._words = [word for _, word in whole]
        chances = 1 / np.arange(1, len(self._words) + 1)
        self._sums = np.cumsum(chances / chances.sum())
        self._dice = dice

    def text(self, length: int) -> str:
        drawn = np.searchsorted(self._sums, self._dice.random(length))
        return " ".join(self._words[min(one, len(self._words) - 1)] for one in drawn)


def _fill(engine: Engine, words: _Words, passages: int) -> None:
    """Vectors are made, in groups as real ones are: embedding so many texts would take an hour."""
    dice = np.random.default_rng(11)
    topics = dice.standard_normal((_TOPICS, engine.encoder.size)).astype(np.float32)
    for start in range(0, passages, _PORTION):
        made = [_passage(words, number) for number in range(start, min(start + _PORTION, passages))]
        engine.put([(one, _vectors(dice, topics, len(engine.texts_of(one)))) for one in made])


def _passage(words: _Words, number: int) -> Passage:
    """Every fifth one answers a question, as half of a company's pages or its past answers do."""
    asks = (words.text(_ASKED) + "?",) if number % 5 == 0 else ()
    title, text = words.text(_TITLE), words.text(_TEXT)
    url = f"https://shop.example/{number // 4}"
    return Passage(f"p{number}", "site", "page", title, "", asks, text, url, 0)


def _vectors(dice: np.random.Generator, topics: Vectors, count: int) -> Vectors:
    topic = topics[dice.integers(len(topics))]
    made = topic + _SPREAD * dice.standard_normal((count, len(topic))).astype(np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return np.asarray(made, np.float32)


def _asked(engine: Engine, words: _Words) -> tuple[list[float], list[float]]:
    """Milliseconds to read each question, and to rank and choose. Every talk is new but for its beginning."""
    read, ranked = [], []
    for _ in range(_FIRST + _QUESTIONS):
        turns = _talk(words)
        engine.embed(turns[:1])
        began = perf_counter()
        question = engine.embed(turns)
        there = perf_counter()
        engine.chosen(engine.rank(question), engine.threshold())
        read.append(1000 * (there - began))
        ranked.append(1000 * (perf_counter() - there))
    return read[_FIRST:], ranked[_FIRST:]


def _talk(words: _Words) -> Sequence[Turn]:
    """What was asked before, what an agent answered, and what is asked now."""
    first, now = (Turn("customer", words.text(_ASKED) + "?") for _ in range(2))
    return first, Turn("agent", words.text(_ASKED)), now


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


def bars(passages: int) -> dict[str, float]:
    size = "small" if passages <= _SMALL else "large"
    return {"p99_ms": BAR_MS[size], "resident_mb": BAR_MB[size], "fresh_mb": _FRESH_MB}


def holds(figures: dict[str, Any]) -> bool:
    return all(figures[name] <= bar for name, bar in bars(figures["passages"]).items())
