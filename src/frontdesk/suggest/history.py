"""The company's own history once more: each question sees only what was known before it.

Run twice: as the engine is before anybody judged it, and learning from each answer that was really given.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import replace as with_

import numpy as np
from sqlalchemy import select

from frontdesk.base.db import Reading, Row
from frontdesk.base.sql import Prepared
from frontdesk.know import vectors
from frontdesk.know.encoder import Encoder
from frontdesk.know.model import CONVERSATIONS, Passage, Turn
from frontdesk.know.vectors import Vectors
from frontdesk.suggest import compose
from frontdesk.suggest.engine import Engine, Question, Ranked
from frontdesk.suggest.model import MOST, Point, Quality, Report
from frontdesk.suggest.propose import asks
from frontdesk.suggest.sameness import in_common, says_the_same
from frontdesk.talk.tables import conversation, message

# Two answers of the team are one only when hardly a word differs.
_SAME_ANSWER = 1.5
_FEWEST_WORDS = 5
_MOST_PAIRS = 3_000
_POINTS = 60

C, M = conversation.c, message.c
_CLOSED = Prepared(
    select(M.conversation_id, M.by, M.text, M.at, M.id)
    .join(conversation, C.id == M.conversation_id)
    .where(C.closed == 1)
    .order_by(C.last_at, M.conversation_id, M.position)
)


@dataclass(frozen=True, slots=True)
class Pair:
    """What was asked, with the talk before it, and what was answered."""

    turns: tuple[Turn, ...]
    answer: str
    at: int
    conversation_id: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is known from the beginning: pages, documents and approved answers, with their vectors."""

    passages: list[tuple[Passage, Vectors]]
    pairs: list[Pair]


def known(view: Reading, encoder: Encoder) -> Known:
    ready = vectors.all_ready(view, encoder.name, encoder.size)
    return Known([item for item in ready if item[0].kind != "reply"], list(pairs(view.all(_CLOSED))))


def pairs(rows: Iterable[Row]) -> Iterator[Pair]:
    """Each first answer to a customer's question; small talk has nothing to suggest."""
    turns: list[Turn] = []
    talk = None
    for conversation_id, by, text, at, id in rows:
        if conversation_id != talk:
            talk, turns = conversation_id, []
        asked = bool(turns) and turns[-1].by == "customer" and asks(turns[-1].text)
        if by == "agent" and asked and len(text.split()) >= _FEWEST_WORDS:
            yield Pair(tuple(turns[-10:]), text, at, conversation_id, id)
        turns.append(Turn(by, text))


def report(
    known: Known, make: Callable[[], Engine], bar: float, at: int, tell: Callable[[int, int], None]
) -> Report:
    """`tell` hears of each question how many of how many are done."""
    engine = make()
    pairs = sorted(known.pairs, key=lambda one: one.at)[-_MOST_PAIRS:]
    if not pairs:
        return Report(at, engine.version, 0, 0, None, None)
    asked = engine.embed_all([one.turns for one in pairs])
    answers = engine.encoder.embed([one.answer for one in pairs])
    both = 2 * len(pairs)
    before = _Replay(make(), known, answers, learns=False).run(pairs, asked, lambda done: tell(done, both))
    now = _Replay(engine, known, answers, learns=True).run(
        pairs, asked, lambda done: tell(len(pairs) + done, both)
    )
    conversations = len({one.conversation_id for one in pairs})
    return Report(at, engine.version, conversations, len(pairs), quality(now, bar), quality(before, bar))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How sure the engine was of its first; whether that was right, and whether one of three was."""

    confidence: float
    first: bool
    three: bool


class _Replay:
    def __init__(self, engine: Engine, known: Known, answers: Vectors, *, learns: bool) -> None:
        self._engine = engine
        self._answers = answers
        self._learns = learns
        self._meanings: dict[str, Vectors] = {}
        self._replies: list[tuple[Passage, Vectors]] = []
        engine.put(known.passages)
        self._passages = {one.id: one for one, _ in known.passages}

    def run(
        self, pairs: Sequence[Pair], asked: Sequence[Question], tell: Callable[[int], None]
    ) -> list[Outcome]:
        found = []
        for number, (pair, question) in enumerate(zip(pairs, asked, strict=True)):
            found.append(self._one(pair, question, self._answers[number]))
            tell(number + 1)
        return found

    def _one(self, pair: Pair, question: Question, given: Vectors) -> Outcome:
        ranked = self._engine.rank(question)
        shown = self._engine.chosen(ranked, 0.0, MOST)
        right = [self._says_the_same(one, question, pair.answer, given) for one in shown]
        if self._learns:
            self._learn(question, shown, right)
        self._remember(pair, question, given)
        confidence = shown[0].confidence if shown else 0.0
        return Outcome(confidence, bool(right and right[0]), any(right))

    def _says_the_same(self, one: Ranked, question: Question, given: str, meaning: Vectors) -> bool:
        text = compose.answer(question.text, with_(self._passages[one.passage_id], url=None))
        if text not in self._meanings:
            self._meanings[text] = self._engine.encoder.embed([text])[0]
        return says_the_same(text, given, question.text, float(self._meanings[text] @ meaning))

    def _learn(self, question: Question, shown: Sequence[Ranked], right: Sequence[bool]) -> None:
        taken = next((one.passage_id for one, is_right in zip(shown, right, strict=True) if is_right), None)
        ignored = [one.passage_id for one in shown if one.passage_id != taken]
        ids = [one.passage_id for one in shown]
        self._engine.learn(question, shown=ids, taken=taken, rejected=[], ignored=ignored, edited=False)

    def _remember(self, pair: Pair, question: Question, given: Vectors) -> None:
        """The answer joins those that say the same, or is a new one."""
        at = self._nearest(pair.answer, given)
        if at is None:
            one = Passage(
                pair.message_id, CONVERSATIONS, "reply", "", "", (question.text,), pair.answer, None, pair.at
            )
            meaning = given
            self._replies.append((one, meaning))
        else:
            old, meaning = self._replies[at]
            one = with_(old, questions=(*old.questions, question.text)[-12:], votes=old.votes + 1)
            self._replies[at] = (one, meaning)
        self._passages[one.id] = one
        texts = self._engine.texts_of(one)
        self._engine.put([(one, self._engine.encoder.embed(texts))])

    def _nearest(self, text: str, meaning: Vectors) -> int | None:
        if not self._replies:
            return None
        near = np.stack([one for _, one in self._replies]) @ meaning
        best = int(near.argmax())
        same = in_common(self._replies[best][0].text, text) + float(near[best]) >= _SAME_ANSWER
        return best if same else None


def quality(outcomes: Sequence[Outcome], bar: float) -> Quality:
    count = len(outcomes)
    return Quality(
        first=sum(one.first for one in outcomes) / count,
        three=sum(one.three for one in outcomes) / count,
        silent=sum(one.confidence < bar for one in outcomes) / count,
        curve=tuple(curve(outcomes)),
    )


def curve(outcomes: Sequence[Outcome]) -> Iterator[Point]:
    """What would have been shown, and right, with the bar at each confidence that occurred."""
    ordered = sorted(outcomes, key=lambda one: -one.confidence)
    right, step = 0, max(1, len(ordered) // _POINTS)
    for number, one in enumerate(ordered, 1):
        right += one.first
        is_last = number == len(ordered) or ordered[number].confidence != one.confidence
        if is_last and (number % step == 0 or number == len(ordered)):
            yield Point(number / len(ordered), right / number, one.confidence)
