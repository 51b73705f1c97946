"""Grading the engine on sets of questions and answers, by the same path as the desk's own suggestions."""

from collections.abc import Callable, Sequence
from pathlib import Path

import orjson

from frontdesk.base.errors import Missing
from frontdesk.know.encoder import Encoder
from frontdesk.suggest.benchmark import Row, filled, rows, turns_of
from frontdesk.suggest.engine import Engine, Question, Ranked
from frontdesk.suggest.measures import (
    area_under_precision_coverage,
    auroc,
    coverage_at,
    hit_at,
    mean_reciprocal_rank,
)

Say = Callable[[str], None]
_DEPTH = 100
_HEAD = ("R@1", "R@3", "R@5", "MRR@10", "AUROC", "AUPC", "cov@P90")


def evaluate(sets: Sequence[Path], runs: Path | None, encoder: Encoder, say: Say) -> None:
    """Prints a line a set; with `runs`, writes what was ranked to <runs>/<set>.jsonl. Raises Missing."""
    for folder in sets:
        if not (folder / "kb.jsonl").is_file() or not (folder / "questions.jsonl").is_file():
            raise Missing(f"There is no set in {folder}: it needs kb.jsonl and questions.jsonl.")
    if runs is not None:
        runs.mkdir(parents=True, exist_ok=True)
    say(f"{'set':24s}" + "".join(f"{name:>9s}" for name in _HEAD))
    for folder in sets:
        questions = rows(folder / "questions.jsonl")
        ranked = rankings(folder, questions, encoder)
        if runs is not None:
            (runs / f"{folder.name}.jsonl").write_bytes(b"".join(map(_line, questions, ranked)))
        say(f"{folder.name:24s}" + "".join(f"{value:9.3f}" for value in _measured(questions, ranked)))


def rankings(folder: Path, questions: Sequence[Row], encoder: Encoder) -> list[list[Ranked]]:
    engine = filled(encoder, rows(folder / "kb.jsonl"), rows(folder / "conversations.jsonl"))
    asked = engine.embed_all([turns_of(row) for row in questions])
    return [_ranked(engine, row, one) for row, one in zip(questions, asked, strict=True)]


def _ranked(engine: Engine, row: Row, question: Question) -> list[Ranked]:
    return engine.rank(question, _DEPTH, row.get("candidates") or None)


def _line(row: Row, ranked: Sequence[Ranked]) -> bytes:
    confidence = ranked[0].confidence if ranked else 0.0
    written = {
        "id": row["id"],
        "ranked": [[one.passage_id, one.score] for one in ranked],
        "confidence": confidence,
    }
    return orjson.dumps(written) + b"\n"


def _measured(questions: Sequence[Row], ranked: Sequence[Sequence[Ranked]]) -> list[float]:
    places = [_place(row, found) for row, found in zip(questions, ranked, strict=True)]
    right = [place == 1 for place in places]
    sure = [found[0].confidence if found else 0.0 for found in ranked]
    answered = [place for place, row in zip(places, questions, strict=True) if row["in_scope"]]
    return [
        *(hit_at(answered, place) for place in (1, 3, 5)),
        mean_reciprocal_rank(answered),
        auroc(sure, right),
        area_under_precision_coverage(sure, right),
        coverage_at(sure, right, 0.9),
    ]


def _place(row: Row, ranked: Sequence[Ranked]) -> int:
    """From 1; 0 where it is not there."""
    return next((at for at, one in enumerate(ranked, 1) if one.passage_id in row["relevant"]), 0)
