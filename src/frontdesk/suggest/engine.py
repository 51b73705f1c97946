"""Ranks what the desk knows as answers to a question, says how sure it is, and learns. All in memory."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from threading import RLock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frontdesk.know.encoder import Encoder, Vectors
from frontdesk.know.model import Passage, Turn
from frontdesk.suggest import confidence, diverse, experts, shelf, signals
from frontdesk.suggest.experts import Experts
from frontdesk.suggest.fit import fitted
from frontdesk.suggest.memory import FORMS, Memory
from frontdesk.suggest.question import LAST, Question, Reader
from frontdesk.suggest.ranked import Ranked
from frontdesk.suggest.refusals import Refusals
from frontdesk.suggest.rewordings import Rewordings
from frontdesk.suggest.shelf import Shelf
from frontdesk.suggest.signals import Heard
from frontdesk.suggest.state import Arrays, packed, unpacked
from frontdesk.suggest.trust import Trust
from frontdesk.suggest.verdicts import Verdicts

__all__ = ["Engine", "Question", "Ranked"]

_JUDGED = 10


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
        self._rewordings = Rewordings(encoder.size)
        self._verdicts = Verdicts()
        self._trust = Trust()
        self._shown: Counter[str] = Counter()
        self._experts: Experts | None = None
        self._weights: Mapping[str, float] = signals.WEIGHTS
        self._restore(*unpacked(state))

    def texts_of(self, passage: Passage) -> list[str]:
        """What of a passage is to be embedded for `put`."""
        return shelf.texts_of(passage)

    def put(self, items: Sequence[tuple[Passage, Vectors]]) -> None:
        """Adds or replaces; vectors are those of `texts_of`, shape (texts, size)."""
        with self._lock:
            self._shelf.put(items)
            for passage, _ in items:
                self._memory.prototypes.changed(passage.id)

    def drop(self, ids: Iterable[str]) -> None:
        """Ids that are not there are passed over."""
        with self._lock:
            gone = list(ids)
            self._shelf.drop(gone)
            for one in gone:
                self._memory.prototypes.changed(one)

    def embed(self, turns: Sequence[Turn], origin: str = "") -> Question:
        """What the talk asks at its end: the step that takes long. `origin`: whose it is, for `forget`."""
        return self._reader.read([turns], origin)[0]

    def embed_all(self, talks: Sequence[Sequence[Turn]]) -> list[Question]:
        """Much quicker than one by one."""
        return self._reader.read(talks)

    def rank(self, question: Question, limit: int = 10, among: Collection[str] | None = None) -> list[Ranked]:
        """Best first; nothing for a question without words. `among`: only these passages."""
        with self._lock:
            best, scores, found = self._scored(question, limit, among)
            if not best:
                return []
            rows = self._features(question, best, scores, found, len(best))
            sure = self._verdicts.now.of(rows)
            return [self._ranked(*one, scores, found) for one in zip(best, sure, strict=True)]

    def _scored(
        self, question: Question, limit: int, among: Collection[str] | None
    ) -> tuple[list[int], Vectors, dict[str, Vectors]]:
        """(places, best first; the score of every place; all signals)."""
        alive = self._shelf.alive()
        if among is not None:
            alive &= np.isin(np.arange(len(alive)), [self._shelf.places.get(one, -1) for one in among])
        if not question.text or not alive.any():
            return [], np.zeros(0, np.float32), {}
        found = self._trust.choice(self._heard(question))
        scores = self._summed(question, found, alive)
        count = min(limit, int(alive.sum()))
        some = np.argpartition(-scores, count - 1)[:count] if count < len(scores) else np.arange(len(scores))
        some.sort()
        return some[np.argsort(-scores[some], kind="stable")][:count].tolist(), scores, found

    def _heard(self, question: Question) -> Heard:
        heard = signals.signals(question, self._shelf, self._memory, self._refusals)
        if self._experts is not None:
            said = self._experts.signals(question, self._shelf.places, len(self._shelf))
            heard.learnt.update(said)
            heard.learnt.update(experts.silenced(heard.learnt, self._weights, self._shelf.alive()))
        return heard

    def _summed(self, question: Question, found: dict[str, Vectors], alive: NDArray[np.bool_]) -> Vectors:
        """The score of every place; the heads' weights only where they speak."""
        weights = self._weights if "expert" in found else signals.WEIGHTS
        scores = signals.fused(found, signals.weights_for(found, weights))
        scores -= self._rewordings.outdone(question, self._shelf, scores)
        scores[~alive] = -np.inf
        return scores

    def _features(
        self,
        question: Question,
        best: Sequence[int],
        scores: Vectors,
        found: Mapping[str, Vectors],
        judged: int,
    ) -> confidence.Numbers:
        subjects = self._shelf.subjects.weight
        return confidence.features(question.text, best, scores, found, subjects, judged)

    def _ranked(self, place: int, sure: float, scores: Vectors, found: Mapping[str, Vectors]) -> Ranked:
        passage = self._shelf.passages[place]
        assert passage is not None
        why = {name: round(float(values[place]), 4) for name, values in found.items()}
        return Ranked(passage.id, float(scores[place]), float(sure), why)

    def chosen(self, ranked: Sequence[Ranked], threshold: float, limit: int = 3) -> list[Ranked]:
        """Those worth showing, different from each other; none when the first is below the threshold."""
        with self._lock:
            places = self._shelf.places
            known = [one for one in ranked if one.passage_id in places]
            passages = {one.passage_id: self._shelf.at([places[one.passage_id]])[0] for one in known}
            tried = diverse.curious(known, self._shown, limit - 1)
            return diverse.chosen(tried, passages, self._shelf.analyzer.stems, threshold, limit)

    def learn(
        self,
        question: Question,
        shown: Sequence[str],
        taken: str | None,
        rejected: Sequence[str] = (),
        ignored: Sequence[str] = (),
        edited: bool = False,
    ) -> None:
        """What the team made of the suggestions shown; later rankings know it at once.

        Taken: remembered as an answer to this question, and its page moves towards such questions. Rejected:
        not shown again for such questions. Ignored: says little by itself, and counts for confidence alone.
        """
        with self._lock:
            self._shown.update(shown)
            self._judge(question, taken, rejected, ignored)
            self._compare(question, taken, {*rejected, *ignored})
            if taken is not None:
                self._memory.add(question, taken)
                if edited:
                    self._rewordings.add(taken, question.vectors[[LAST]], question.origin)
            for one in rejected:
                self._refusals.add(one, question.vectors[FORMS], question.origin)

    def _compare(self, question: Question, taken: str | None, passed: Collection[str]) -> None:
        """Which ranking would have served this question best, as things stand? `passed`: not taken."""
        alive = self._shelf.alive()
        if not question.text or not alive.any() or (taken is not None and taken not in self._shelf.places):
            return
        heard = self._heard(question)
        rankings = (heard.alone, heard.memory, heard.learnt)
        firsts = self._shelf.at([int(self._summed(question, one, alive).argmax()) for one in rankings])
        alone, memory, learnt = (one.id == taken for one in firsts)
        if taken is not None:
            self._trust.compare((alone, memory, learnt))
        elif firsts[0].id in passed:
            self._trust.judge(False)

    def _judge(
        self, question: Question, taken: str | None, rejected: Collection[str], ignored: Collection[str]
    ) -> None:
        """One more example for the confidence: was the passage right that ranks first, as things stand?

        None where nobody said anything of that passage.
        """
        best, scores, found = self._scored(question, _JUDGED, None)
        first = self._shelf.at(best[:1])[0].id if best else ""
        if not best or not (taken or first in {*rejected, *ignored}):
            return
        rows = self._features(question, best, scores, found, 1)
        sure_of_it = taken is not None or first in rejected
        right = float(first == taken) if sure_of_it else self._verdicts.ignored(rows[0])
        self._verdicts.add(rows, np.array([right]))

    def calibrate(self, verdicts: Sequence[tuple[Question, str, bool]]) -> None:
        """Confidence from judged suggestions: of each question the passage that came first, and was it right.

        Only for judgements that `learn` was not told of.
        """
        with self._lock:
            for question, passage_id, right in verdicts:
                best, scores, found = self._scored(question, _JUDGED, None)
                if best and self._shelf.at(best[:1])[0].id == passage_id:
                    rows = self._features(question, best, scores, found, 1)
                    self._verdicts.add(rows, np.array([float(right)]))

    def threshold(self, target_precision: float = 0.8) -> float:
        """The lowest confidence from which on suggestions are right that often, on average.

        By the desk's verdicts; before there are some, by its replayed history; else by a guess.
        """
        with self._lock:
            return self._verdicts.threshold(target_precision)

    def fit(self, history: Sequence[tuple[Question, str]]) -> None:
        """The night's work: old questions and the passages that answered them, oldest first.

        All of them are remembered; what is learnt from them holds from now on, if replay finds it better.
        Takes seconds for a thousand, a minute or two for twenty thousand; others are served meanwhile.
        """
        with self._lock:
            for question, passage_id in history:
                self._memory.add(question, passage_id)
            pairs = [pair for pair in history if pair[1] in self._shelf.places and pair[0].text]
            known = {one for _, one in pairs}
            own = {one: self._shelf.vector_of(self._shelf.places[one]) for one in known}
        found = fitted(pairs, self._shelf, own, self._refusals, self._lock)
        if found is not None:
            with self._lock:
                self._experts, self._weights = found.experts, found.weights
                self._verdicts.replay(found.rows, found.right)
                self._trust.replay(found.hits)

    def forget(self, origin: str) -> None:
        """Drops every question of one customer, at once; the heads forget them with the next `fit`."""
        with self._lock:
            self._memory = self._memory.without(origin)
            self._refusals = self._refusals.without(origin)
            self._rewordings = self._rewordings.without(origin)

    def state(self) -> bytes:
        """What was learnt, without passages; for the next engine of the same encoder."""
        with self._lock:
            values: dict[str, Any] = {"encoder": self.encoder.name, "weights": dict(self._weights)}
            values["shown"] = dict(self._shown)
            arrays: Arrays = {}
            for part in (*self._parts(), self._experts):
                if part is not None:
                    part.save(values, arrays)
            return packed(values, arrays)

    def _parts(self) -> tuple[Memory, Refusals, Rewordings, Verdicts, Trust]:
        return self._memory, self._refusals, self._rewordings, self._verdicts, self._trust

    def _restore(self, values: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
        if values.get("encoder") != self.encoder.name:
            return
        for part in self._parts():
            part.load(values, arrays)
        self._weights = values["weights"]
        self._shown = Counter(values["shown"])
        self._experts = experts.loaded(values, arrays)
