"""From a passage to an answer: the sentences that answer, in their order, with the page's address."""

import re
from collections.abc import Sequence
from itertools import pairwise
from math import log

from frontdesk.know.model import Passage

_SHORT = 60
_LONGEST = 75
_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=[\"'“‘(]?[A-ZÅÄÖÜÉÀ0-9])|\n+")
_WORD = re.compile(r"[^\W\d_]{2,}|\d+")
# Endings that differ between a question and its answer; a whole stemmer would not find more here.
_ENDING = re.compile(r"(ies|ing|edly|ed|es|s|en|er|ar|or|na|n|t|d)$")
# Words of this length and less say little about what is asked.
_SMALL = 3


def answer(question: str, passage: Passage) -> str:
    """The text to suggest. Approved and past answers stand as they were written."""
    if passage.kind in ("answer", "reply"):
        return passage.text
    words = best_part(question, passage)
    return f"{words}\n\n{passage.url}" if passage.url else words


def best_part(question: str, passage: Passage) -> str:
    """The whole passage when it is short; else the run of sentences that has most of what is asked."""
    text = passage.text.strip()
    if len(text.split()) <= _SHORT:
        return text
    sentences = [part.strip() for part in _SENTENCE.split(text) if part and part.strip()]
    start, end = _best_run(_worth(question, passage, sentences), [len(one.split()) for one in sentences])
    return _joined(text, sentences[start:end])


def _worth(question: str, passage: Passage, sentences: Sequence[str]) -> list[float]:
    """Of each sentence: the rarer a word of the question is in the passage, the more it says."""
    asked = stems(question)
    said = [stems(one) for one in sentences]
    weight = {
        word: log(1 + len(said) / (1 + sum(word in one for one in said))) + 0.3
        for word in asked
        if any(word in one for one in said)
    }
    own = [sum(weight.get(word, 0.0) for word in one) for one in said]
    # What follows a sentence that answers mostly belongs to it; what a heading names is everywhere.
    followed = [own[0], *(here + 0.35 * before for before, here in pairwise(own))]
    return followed if any(followed) else [1.0 / (1 + place) for place in range(len(sentences))]


def _best_run(worth: Sequence[float], length: Sequence[int]) -> tuple[int, int]:
    best, found = (0.0, 0), (0, 1)
    for start in range(len(worth)):
        words, total = 0, 0.0
        for end in range(start, len(worth)):
            words += length[end]
            if words > _LONGEST and end > start:
                break
            total += worth[end]
            # Each further sentence must bring something of its own.
            score = total - 0.25 * (end - start)
            if (score, -start) > best:
                best, found = (score, -start), (start, end + 1)
    return found


def _joined(text: str, run: Sequence[str]) -> str:
    """As they stood: list items keep their lines."""
    begin = text.index(run[0])
    end = text.index(run[-1], begin) + len(run[-1])
    return text[begin:end]


def stems(text: str) -> set[str]:
    found = (word.lower() for word in _WORD.findall(text))
    return {_ENDING.sub("", word) or word for word in found if len(word) > _SMALL or word.isdigit()}
