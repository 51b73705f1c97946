"""An encoder without a model: a text is the sum of its words. And passages to rank with it."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from frontdesk.know.model import Kind, Passage, Turn
from frontdesk.suggest.engine import Engine, Question

Vectors = NDArray[np.float32]


class Bags:
    name = "bags"
    size = 1024

    def __init__(self) -> None:
        self.read: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.read += texts
        return (
            np.stack([_sum(text, self.size) for text in texts])
            if texts
            else np.zeros((0, self.size), np.float32)
        )


def _sum(text: str, size: int) -> Vectors:
    total = np.full(size, 1e-3, np.float32)
    for word in text.lower().replace("?", " ").replace(".", " ").split():
        total += np.random.default_rng(crc32(word.encode())).standard_normal(size).astype(np.float32)
    return np.asarray(total / np.linalg.norm(total), np.float32)


def passage(
    id: str,
    text: str,
    title: str = "",
    questions: tuple[str, ...] = (),
    kind: Kind = "page",
    url: str | None = None,
) -> Passage:
    return Passage(id, "site", kind, title, "", questions, text, url, 0)


def put(engine: Engine, *passages: Passage) -> None:
    engine.put([(one, engine.encoder.embed(engine.texts_of(one))) for one in passages])


def asked(engine: Engine, text: str, origin: str = "") -> Question:
    return engine.embed([Turn("customer", text)], origin)


def order(engine: Engine, text: str) -> list[str]:
    return [one.passage_id for one in engine.rank(asked(engine, text))]


SHOP = (
    passage("delivery", "Parcels arrive after three working days", "Delivery"),
    passage("returns", "Send things back within thirty days", "Returns"),
    passage("hours", "We open at ten and close at six", "Opening hours"),
    passage("cleaning", "Brush the grinder and never use water", "Cleaning a grinder"),
)


def shop(state: bytes | None = None) -> Engine:
    engine = Engine(Bags(), state)
    put(engine, *SHOP)
    return engine
