"""A question in, suggestions out: one process, passages with a language's rare and common words."""

import gc
import os
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.figures import percentile, spread
from bench.knowledge import ASKED, Words, portions
from frontdesk.know.encoder import MiniLM
from frontdesk.know.model import Turn
from frontdesk.suggest.engine import Engine

_QUESTIONS, _FIRST = 300, 20
_SMALL = 10_000
BAR_MS = {"small": 60.0, "large": 150.0}
BAR_MB = {"small": 350.0, "large": 700.0}
_FRESH_MB = 350.0


def suggest(passages: int, threads: int) -> dict[str, Any]:
    engine = Engine(MiniLM(threads))
    engine.embed([Turn("customer", "Hello")])
    fresh = _resident_mb()
    words = Words()
    began = perf_counter()
    for portion in portions(words, passages, engine.encoder.size):
        engine.put(portion)
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


def _asked(engine: Engine, words: Words) -> tuple[list[float], list[float]]:
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


def _talk(words: Words) -> Sequence[Turn]:
    """What was asked before, what an agent answered, and what is asked now."""
    first, now = (Turn("customer", words.text(ASKED) + "?") for _ in range(2))
    return first, Turn("agent", words.text(ASKED)), now


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


def bars(passages: int) -> dict[str, float]:
    size = "small" if passages <= _SMALL else "large"
    return {"p99_ms": BAR_MS[size], "resident_mb": BAR_MB[size], "fresh_mb": _FRESH_MB}


def holds(figures: dict[str, Any]) -> bool:
    return all(figures[name] <= bar for name, bar in bars(figures["passages"]).items())
