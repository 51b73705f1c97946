"""Ranks what the desk knows as answers to a question, says how sure it is, and learns. All in memory."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from threading import RLock
from typing import Any

import numpy as np

from frontdesk.know.encoder import Encoder, Vectors
from frontdesk.know.model import Passage, Turn
from frontdesk.suggest import diverse, shelf, signals
from frontdesk.suggest.experts import Experts
from frontdesk.suggest.fit import fitted
from frontdesk.suggest.memory import Memory
from frontdesk.suggest.question import LAST, Question, Reader
from frontdesk.suggest.ranked import Ranked
from frontdesk.suggest.refusals import Refusals
from frontdesk.suggest.shelf import Shelf
from frontdesk.suggest.state import Arrays, packed, unpacked

__all__ = ["Engine", "Question", "Ranked"]


class Engine:
    """Knows no database. Any thread may call; all but `embed` wait for each other.

    `state` is what `state()` gave before; passages are put again after a start.
    """

    def __init__(self, encoder: Encoder, state: bytes | None = None) -> None:
        self.encoder = encoder
        self.version = f"1 {encoder.name}"
        self._lock = RLock()
        self._shelf = Shelf(encoder.size)
        self._reader = Reader(encoder)
        self._memory = Memory(encoder.size, self._shelf.analyzer)
        self._refusals = Refusals(encoder.size)
        self._experts: Experts | None = None
        self._weights: Mapping[str, float] = signals.WEIGHTS
        self._restore(*unpacked(state))

    def texts_of(self, passage: Passage) -> list[str]:
        return shelf.texts_of(passage)

    def put(self, items: Sequence[tuple[Passage, Vectors]]) -> None:
        """Adds or replaces; vectors are those of `texts_of`, shape (texts, size)."""
        with self._lock:
            self._shelf.put(items)
            for passage, _ in items:
                self._memory.prototypes.changed(passage.id)

    def drop(self, ids: Iterable[str]) -> None:
        with self._lock:
            self._shelf.drop(ids)

    def embed(self, turns: Sequence[Turn], origin: str = "") -> Question:
        return self._reader.read([turns], origin)[0]

    def embed_all(self, talks: Sequence[Sequence[Turn]]) -> list[Question]:
        """Much quicker than one by one."""
        return self._reader.read(talks)

    def rank(self, question: Question, limit: int = 10, among: Collection[str] | None = None) -> list[Ranked]:
        """Best first. `among`: only these passages."""
        with self._lock:
            alive = self._shelf.alive()
            if among is not None:
                alive &= np.isin(np.arange(len(alive)), [self._shelf.places.get(one, -1) for one in among])
            if not question.text or not alive.any():
                return []
            found = signals.signals(question, self._shelf, self._memory, self._refusals)
            if self._experts is not None:
                found |= self._experts.signals(question, self._shelf.places, len(self._shelf))
            weights = signals.weights_for(found, self._weights)
            scores = np.where(alive, signals.fused(found, weights), -np.inf)
            best = np.argsort(-scores, kind="stable")[: min(limit, int(alive.sum()))].tolist()
            return [self._ranked(place, scores, found, best) for place in best]

    def _ranked(self, place: int, scores: Vectors, found: signals.Signals, best: Sequence[int]) -> Ranked:
        passage = self._shelf.passages[place]
        assert passage is not None
        score = float(scores[place])
        others = [float(scores[one]) for one in best[:2] if one != place]
        margin = score - max(others) if others else 0.3
        confidence = 1 / (1 + np.exp(-6 * (score + 0.5 * margin - 0.9)))
        why = {name: round(float(values[place]), 4) for name, values in found.items()}
        return Ranked(passage.id, score, float(confidence), why)

    def chosen(self, ranked: Sequence[Ranked], threshold: float, limit: int = 3) -> list[Ranked]:
        """Those worth showing, different from each other; none when the first is below the threshold."""
        with self._lock:
            known = [one for one in ranked if one.passage_id in self._shelf.places]
            passages = {one.passage_id: self._passage(one.passage_id) for one in known}
            return diverse.chosen(known, passages, self._shelf.analyzer.stems, threshold, limit)

    def _passage(self, passage_id: str) -> Passage:
        (passage,) = self._shelf.at([self._shelf.places[passage_id]])
        return passage

    def learn(
        self,
        question: Question,
        shown: Sequence[str],
        taken: str | None,
        rejected: Sequence[str] = (),
        ignored: Sequence[str] = (),
        edited: bool = False,
    ) -> None:
        """What the team made of the suggestions shown; later rankings know it at once."""
        with self._lock:
            if taken is not None:
                self._memory.add(question, taken)
            for one in rejected:
                self._refusals.add(one, question.vectors[LAST], question.origin)

    def fit(self, history: Sequence[tuple[Question, str]]) -> None:
        """The night's work: old questions and the passages that answered them, oldest first.

        All of them are remembered; what is learnt from them holds from now on, if replay finds it better.
        Takes seconds for a thousand, a minute or two for twenty thousand; others are served meanwhile.
        """
        with self._lock:
            for question, passage_id in history:
                self._memory.add(question, passage_id)
            pairs = [pair for pair in history if pair[1] in self._shelf.places and pair[0].text]
            own = {one: self._shelf.vector_of(self._shelf.places[one]) for _, one in pairs}
        found = fitted(pairs, self._shelf, own, self._refusals)
        if found is not None:
            with self._lock:
                self._experts, self._weights = found.experts, found.weights

    def threshold(self, target_precision: float = 0.8) -> float:
        """The lowest confidence from which on suggestions are right that often, on average."""
        return target_precision

    def state(self) -> bytes:
        """What was learnt, without passages; for the next engine of the same encoder."""
        with self._lock:
            values: dict[str, Any] = {"encoder": self.encoder.name}
            arrays: Arrays = {}
            for part in (self._memory, self._refusals):
                part.save(values, arrays)
            return packed(values, arrays)

    def forget(self, origin: str) -> None:
        """Drops every question of one customer, at once."""
        with self._lock:
            self._memory = self._memory.without(origin)
            self._refusals = self._refusals.without(origin)

    def _restore(self, values: dict[str, Any], arrays: Arrays) -> None:
        if values.get("encoder") == self.encoder.name:
            self._memory.load(values, arrays)
            self._refusals.load(values, arrays)
