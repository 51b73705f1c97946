"""From a ranking to what is laid under a conversation, or shown to whoever tries a question."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from frontdesk.base.ids import new_id
from frontdesk.know.model import Passage, Turn, blanks_in
from frontdesk.suggest import compose
from frontdesk.suggest.engine import Engine, Ranked
from frontdesk.suggest.guard import sendable_by_one_click
from frontdesk.suggest.model import MOST, Origin, Suggestion, Tried, sure
from frontdesk.suggest.propose import Asked, Found

# Questions this near in meaning ask the same.
_ALIKE = 0.85
_FOR_A_DRAFT = 4

Passages = Mapping[str, Passage]
Best = list[tuple[Ranked, Passage]]


def find(
    engine: Engine,
    passages: Passages,
    asked: Asked,
    bar: float,
    most: int,
    unanswered: Sequence[tuple[str, bytes]],
) -> tuple[Found, Best]:
    """At most so many suggestions; and the best passages, for a draft: none when nothing is good enough."""
    question = engine.embed(asked.turns)
    ranked = [one for one in engine.rank(question) if one.passage_id in passages]
    chosen = engine.chosen(ranked, bar, most)
    made = tuple(_suggestion(asked.text, one, passages[one.passage_id]) for one in chosen)
    vector = np.asarray(question.vectors[0], np.float16)
    sources = tuple(passages[one.passage_id].source_id for one in chosen)
    confidence = ranked[0].confidence if ranked else 0.0
    alike = None if made else _like(vector, unanswered)
    found = Found(engine.version, confidence, vector.tobytes(), made, sources, alike)
    return found, [(one, passages[one.passage_id]) for one in ranked[:_FOR_A_DRAFT]] if made else []


def drafted(text: str, best: Best) -> Suggestion:
    """What a language model wrote; somebody reads it before it is sent."""
    confidence = best[0][0].confidence
    origins = tuple(_origin(passage) for _, passage in best)
    return Suggestion(new_id(), None, text, (), origins, round(confidence, 3), sure(confidence), False, True)


def tried(engine: Engine, passages: Passages, words: str, bar: float) -> list[Tried]:
    ranked = [
        one for one in engine.rank(engine.embed([Turn("customer", words)])) if one.passage_id in passages
    ]
    shown = {one.passage_id for one in engine.chosen(ranked, bar, MOST)}
    return [_tried(words, one, passages[one.passage_id], shown) for one in ranked]


def _tried(words: str, one: Ranked, known: Passage, shown: set[str]) -> Tried:
    there = compose.stems(f"{known.title} {known.heading} {known.text}")
    common = [word for word in re.findall(r"\w+", words.lower()) if compose.stems(word) & there]
    meaning = round(max(0.0, one.why.get("meaning", 0.0)), 3)
    is_shown = one.passage_id in shown
    return Tried(_suggestion(words, one, known), is_shown, list(dict.fromkeys(common)), meaning)


def _suggestion(asked: str, one: Ranked, known: Passage) -> Suggestion:
    text = compose.answer(asked, known)
    return Suggestion(
        id=new_id(),
        passage_id=known.id,
        text=text,
        blanks=tuple(blanks_in(text)),
        origins=(_origin(known),),
        confidence=round(one.confidence, 3),
        sure=sure(one.confidence),
        one_click=sendable_by_one_click(text, known.cleared, known.kind),
        drafted=False,
    )


def _origin(known: Passage) -> Origin:
    said = (known.agent_id, known.conversation_id, known.message_id)
    return Origin(known.kind, known.title, known.url, known.at, *said, known.source_id, known.id)


def _like(vector: Any, unanswered: Sequence[tuple[str, bytes]]) -> str | None:
    """The first of those that ask the same."""
    if not unanswered:
        return None
    there = np.stack([np.frombuffer(data, np.float16) for _, data in unanswered]).astype(np.float32)
    near = there @ vector.astype(np.float32)
    best = int(near.argmax())
    return unanswered[best][0] if near[best] >= _ALIKE else None
