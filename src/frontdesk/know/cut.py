"""From blocks to passages: what can be found, and sent, by itself. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from frontdesk.know.blocks import Block, mark_of

MOST = 80
_ENOUGH, _MOST_WORDS, _TOO_FEW = 40, 160, 12
_LONGEST_ITEM = 400
_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=\S)")


class Piece(NamedTuple):
    """What becomes a passage."""

    heading: str
    questions: tuple[str, ...]
    text: str


def cut(blocks: Sequence[Block], common: Collection[str] = (), most: int = MOST) -> list[Piece]:
    """40 to 160 words each where the text allows it, cut at headings, paragraphs, items, never within an
    item. An answer stays by itself. `common` are marks of what many pages of the site say: left out.
    """
    kept = [one for one in blocks if mark_of(one) not in common]
    pieces: list[Piece] = []
    for (heading, questions), group in groupby(kept, key=lambda one: (one.heading, one.questions)):
        pieces += [Piece(heading, questions, text) for text in _filled(list(group))]
    return _joined(pieces)[:most]


def _filled(blocks: list[Block]) -> Iterator[str]:
    """Blocks of one heading, put together until there is enough."""
    parts: list[str] = []
    size = 0
    for text in _bounded(blocks):
        words = len(text.split())
        # What announces a list stays with its first item.
        opens = bool(parts) and parts[-1].endswith(":") and size < _ENOUGH
        if parts and size + words > _MOST_WORDS and not opens:
            yield "\n".join(parts)
            parts, size = [], 0
        parts.append(text)
        size += words
    if parts:
        yield "\n".join(parts)


def _bounded(blocks: Iterable[Block]) -> Iterator[str]:
    """Their texts; one that is too long for any passage is cut at its sentences."""
    for one in blocks:
        most = _MOST_WORDS if one.kind in ("text", "answer") else _LONGEST_ITEM
        if len(one.text.split()) <= most:
            yield one.text
        else:
            yield from _sentences(one.text, most)


def _sentences(text: str, most: int) -> Iterator[str]:
    parts: list[str] = []
    size = 0
    for sentence in _SENTENCE.split(text):
        words = sentence.split()
        if parts and size + len(words) > most:
            yield " ".join(parts)
            parts, size = [], 0
        parts.append(sentence if len(words) <= most else " ".join(words[:most]))
        size += len(words)
    if parts:
        yield " ".join(parts)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """A few words under a heading of their own go with what follows under the same."""
    found: list[Piece] = []
    for one in pieces:
        last = found[-1] if found else None
        if last is not None and _are_one(last, one):
            told = one.text if last.heading == one.heading else f"{_last(one.heading)}: {one.text}"
            found[-1] = Piece(last.heading, (), f"{last.text}\n{told}")
        else:
            found.append(one)
    return [one for one in found if len(one.text.split()) > 2 or one.questions]


def _are_one(last: Piece, one: Piece) -> bool:
    few, more = len(last.text.split()), len(one.text.split())
    if last.questions or one.questions or few >= _TOO_FEW or few + more > _MOST_WORDS:
        return False
    return last.heading == one.heading or one.heading.startswith(last.heading)


def _last(heading: str) -> str:
    return heading.rpartition(" › ")[2]
