"""The engine on sets of the answers benchmark's form: to be simulated, and to write run files."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from frontdesk.know.encoder import Encoder, MiniLM
from frontdesk.know.model import Passage, Turn
from frontdesk.suggest.engine import Engine, Question

Row = dict[str, Any]
_TAKEN = ("accepted", "edited", "linked")


def rows(file: Path) -> list[Row]:
    """A JSON text on each line; no file is no rows."""
    if not file.exists():
        return []
    return [orjson.loads(line) for line in file.read_bytes().splitlines() if line.strip()]


def passage_of(row: Row) -> Passage:
    return Passage(
        id=row["id"],
        source_id="set",
        kind="page",
        title=row["title"],
        heading="",
        questions=(),
        text=row["text"],
        url=row["url"] or None,
        at=0,
    )


def turns_of(row: Row) -> list[Turn]:
    """A question with the talk before it."""
    return [*map(_turn, row["context"]), Turn("customer", row["question"])]


def _turn(row: Row) -> Turn:
    return Turn("agent" if row["role"] == "agent" else "customer", row["text"])


def filled(encoder: Encoder, kb: Iterable[Row], history: Iterable[Row]) -> Engine:
    """An engine that knows a set's passages, fitted to its old conversations."""
    engine = Engine(encoder)
    passages = [passage_of(row) for row in kb]
    texts = [engine.texts_of(passage) for passage in passages]
    vectors = encoder.embed([text for group in texts for text in group])
    ends = np.cumsum([len(group) for group in texts])
    engine.put(list(zip(passages, np.split(vectors, ends[:-1]), strict=True)))
    engine.fit(answered(engine, history))
    return engine


def answered(engine: Engine, history: Iterable[Row]) -> list[tuple[Question, str]]:
    """Each agent's turn with a known answer, and what stood before it."""
    pairs: list[tuple[list[Turn], str]] = []
    for row in history:
        turns = [_turn(one) for one in row["turns"]]
        pairs += [(turns, answer) for answer in row.get("kb_ids") or ()]
        pairs += [
            (turns[:end], one["kb_id"])
            for end, one in enumerate(row["turns"])
            if end and one.get("kb_id") and not row.get("kb_ids")
        ]
    questions = engine.embed_all([turns for turns, _ in pairs])
    kept = zip(questions, pairs, strict=True)
    return [(question, answer) for question, (_, answer) in kept if question.text]


class System:
    """What the simulator plugs in. Feedback comes one by one and is handed on when the question is over."""

    _encoder: Encoder | None = None

    def __init__(self, kb: Sequence[Row], history: Sequence[Row]) -> None:
        System._encoder = System._encoder or MiniLM()
        self.engine = filled(System._encoder, kb, history)
        self._question: Question | None = None
        self._kinds: dict[str, str] = {}

    def suggest(self, question: str, context: Sequence[Row]) -> list[tuple[str, float]]:
        self._learn()
        self._question = self.engine.embed(turns_of({"question": question, "context": context}))
        ranked = self.engine.rank(self._question)
        first = self.engine.chosen(ranked, 0.0)
        rest = [one for one in ranked if one not in first]
        return [(one.passage_id, one.score) for one in [*first, *rest]]

    def feedback(self, question: str, passage_id: str, kind: str) -> None:
        self._kinds[passage_id] = kind

    def _learn(self) -> None:
        """What was said of the question before, all at once, as the desk does."""
        if self._question is None or not self._kinds:
            return
        kinds, self._kinds = self._kinds, {}
        self.engine.learn(
            self._question,
            shown=[one for one, kind in kinds.items() if kind != "linked"],
            taken=next((one for one, kind in kinds.items() if kind in _TAKEN), None),
            rejected=[one for one, kind in kinds.items() if kind == "rejected"],
            ignored=[one for one, kind in kinds.items() if kind == "ignored"],
            edited="edited" in kinds.values(),
        )
