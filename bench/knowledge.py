"""What a desk could know: texts with a language's rare and common words, and vectors in groups."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from bench.chats import TEXT
from bench.storage import Storage
from frontdesk.app import open_desk
from frontdesk.base.db import Tx
from frontdesk.base.settings import Settings
from frontdesk.know import encoder, passages, vectors
from frontdesk.know.encoder import Encoder, MiniLM
from frontdesk.know.model import Passage
from frontdesk.suggest.shelf import texts_of

Vectors = NDArray[np.float32]
Known = list[tuple[Passage, Vectors]]

ASKED = 12
_PORTION = 1000
_TOPICS = 400
_SPREAD = 0.8
_TEXT, _TITLE = 70, 4
_SOURCE = "site"
_ANSWER = "We send you a new brush at once, and you keep the grinder. It is with you in two or three days."
_COLUMNS = ("id", "kind", "name", "plan", "added_at", "is_on", "state", "round", "counts")


class Words:
    """Texts of English words, the n-th most frequent used in proportion to 1/n."""

    def __init__(self) -> None:
        known = Tokenizer.from_file(str(encoder.words_file())).get_vocab()
        whole = sorted((place, word) for word, place in known.items() if word.isalpha() and len(word) > 2)
        self._words = [word for _, word in whole]
        chances = 1 / np.arange(1, len(self._words) + 1)
        self._sums = np.cumsum(chances / chances.sum())
        self._dice = np.random.default_rng(7)

    def text(self, length: int) -> str:
        drawn = np.searchsorted(self._sums, self._dice.random(length))
        return " ".join(self._words[min(one, len(self._words) - 1)] for one in drawn)


def portions(words: Words, many: int, size: int) -> Iterator[Known]:
    """Vectors are made, in groups as real ones are: embedding so many texts would take an hour."""
    dice = np.random.default_rng(11)
    topics = dice.standard_normal((_TOPICS, size)).astype(np.float32)
    for start in range(0, many, _PORTION):
        made = [_passage(words, number) for number in range(start, min(start + _PORTION, many))]
        yield [(one, _vectors(dice, topics, len(texts_of(one)))) for one in made]


def _passage(words: Words, number: int) -> Passage:
    """Every fifth one answers a question, as half of a company's pages or its past answers do."""
    asks = (words.text(ASKED) + "?",) if number % 5 == 0 else ()
    title, text = words.text(_TITLE), words.text(_TEXT)
    url = f"https://shop.example/{number // 4}"
    return Passage(f"{number:026d}", _SOURCE, "page", title, "", asks, text, url, 0)


def _vectors(dice: np.random.Generator, topics: Vectors, count: int) -> Vectors:
    topic = topics[dice.integers(len(topics))]
    made = topic + _SPREAD * dice.standard_normal((count, len(topic))).astype(np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return np.asarray(made, np.float32)


def furnish(storage: Storage, many: int) -> None:
    """So many passages in a desk that is not running; one of them answers what the visitors write."""
    storage.fill("source", _COLUMNS, [(_SOURCE, "website", "The shop", "{}", 0, 1, "read", 1, "{}")])
    model = MiniLM()
    desk = open_desk(Settings(storage.data, database_url=storage.url))
    try:
        for portion in (*portions(Words(), many - 1, model.size), _answer(model)):
            desk.write_now(_keep, model.name, portion)
    finally:
        desk.close()


def _answer(model: Encoder) -> Known:
    one = Passage("9" * 26, _SOURCE, "answer", "", "", (TEXT,), _ANSWER, None, 0)
    return [(one, model.embed(texts_of(one)))]


def _keep(tx: Tx, name: str, portion: Known) -> None:
    passages.add(tx, [one for one, _ in portion])
    vectors.keep(tx, name, [(one.id, made) for one, made in portion])
